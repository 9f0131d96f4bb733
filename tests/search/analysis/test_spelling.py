"""Spellings that are the same word, and those that are not.

1. Case, accents, points, vowel signs, apostrophes, width and composition make no difference; й stays й.
2. Other words stay apart.
3. A word is folded to letters without marks.
"""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.folding import fold

ENGLISH = Analyzer("english")


WRITTEN = (
    *(
        "armée",
        "Über",
        "Ảnh",
        "Ἀθῆναι",
        "Йод",
        "ёлка",
        "їжак",
        "ガス会社",
        "정전협정",
        "毛泽东",
        "豈",
        "हिन्दी",
    ),
    *("שָׁלוֹם", "كَتَبَ", "أُمّة", "کتاب‌های", "ܫܠܳܡܳܐ", "สันติภาพ", "ສັນຕິພາບ", "សន្តិភាព", "ငြိမ်းချမ်း", "አማርኛ", "ދިވެހި"),
    *("Ｕ", "ｶﾞｿﾘﾝ", "３８", "n̈g̃", "1930’s", " ", ". "),
)


@given(
    st.text(st.characters(codec="utf-8", categories=["Ll", "Lu"], max_codepoint=0x24F))
    | st.lists(st.sampled_from(WRITTEN)).map("".join)
)
def test_1_composition_makes_no_difference(text: str) -> None:
    pairs = ENGLISH.pairs(unicodedata.normalize("NFC", text))
    assert ENGLISH.pairs(unicodedata.normalize("NFD", text)) == pairs
    for word in text.split():
        assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize(
    "spellings",
    [
        "שָׁלוֹם שלום",
        'צה״ל צה"ל צה”ל צהל',
        "ג׳נרל ג'נרל ג’נרל גנרל",
        "كَتَبَ كتب كـتـب ﻛﺘﺐ",
        "أحمد احمد أَحْمَد",
        "إلى الى الي",
        "آسيا اسيا",
        "القاهرة القاهره",
        "ٱلرَّحْمَٰنِ الرحمن",
        "کتاب كتاب",
        "ایران ايران",
        "ہندوستان هندوستان",
        "١٩٥٣ ۱۹۵۳ १९५३ １９５３ 1953",
        "ܫܠܳܡܳܐ ܫܠܡܐ",
        "Уда́рение Ударение УДАРЕНИЕ ударѐние",
        "Хрущёв Хрущев Хрущёв",
        "ガス会社 ｶﾞｽ会社 ガス会社",
        "정전협정 정전협정",
        "Ｔｏｋｙｏ tokyo",
        "U.S. u.s. US U. S.",
        "U.N. UN",
        "P.L. PL",
        "N.A.T.O. NATO N. A. T. O.",
        "С.С.С.Р. СССР",
        "1930's 1930’s 1930s",
        "'30's 30’s 30s",
        "l'armée l’armée L'Armée armée ARMÉE",
        "d'Égypte qu'Égypte jusqu'Égypte Égypte",
        "dell'esercito l'esercito all’esercito un'esercito esercito",
        "sant'Agostino Agostino",
        "d'Orsay Orsay",
        "l'homme homme",
        "l'œuvre oeuvre",
        "cent'anni anni",
        "д’Эстен д'Эстен Эстен",
        "ייִדיש יידיש ײדיש",
        "น้ำ น้ํา",
        "ນ້ຳ ນ້ໍາ",
        "garrison¹ garrison²³ garrison",
    ],
)
def test_1_spellings_meet(spellings: str) -> None:
    first, *others = re.split(r"(?<!\.) | (?![A-Z]\.)", spellings)
    for other in others:
        assert ENGLISH.pairs(other) == ENGLISH.pairs(first)
        assert ENGLISH.index_terms(other) == ENGLISH.index_terms(first)


@pytest.mark.parametrize(
    "words",
    [
        "O'Connor Connor",
        "Vas'kov kov",
        "aujourd'hui hui",
        "presqu'île ile",
        "T'ang ang",
        "N'Djamena Djamena",
        "йод иод",
        "їжак іжак",
        "ћ ќ",
        "हिन्दी हनद",
        "ދިވެހި ދވހ",
        "52's 52s",
        "CO₂ CO",
    ],
)
def test_2_other_words_stay_apart(words: str) -> None:
    one, other = words.split()
    assert ENGLISH.pairs(one) != ENGLISH.pairs(other)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÉCOLE", "ecole"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Æther", "aether"),
        ("œuvre", "oeuvre"),
        ("ﬁle", "file"),
        ("Vas’kov", "vaskov"),
        ("Vasʹkov", "vaskov"),
        ("Ἀθῆναι", "αθηναι"),
        ("Йод", "йод"),
        ("Ёлка", "елка"),
        ("İstanbul", "istanbul"),
        ("𝒜𝒷", "ab"),
    ],
)
def test_3_folding(written: str, folded: str) -> None:
    assert fold(written) == folded
