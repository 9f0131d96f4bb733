"""One analysis for documents, queries and highlights.

1. A token's offsets are those of its word in the text.
2. `pairs` and `tokens` give the same tokens.
3. Case, accents, points, vowel signs, apostrophes, width and composition make no difference; й stays й.
4. Every word is one token; letters of scripts without spaces are one token each.
5. Any text is tokenized, in time linear in its length.
6. Indexing (`index_terms`, with its cache of chunks) gives the same tokens as `tokens`.
7. Words for which the English stemmer is not called are their own stems; every language has a stemmer.
8. The cases of a Russian name meet, and a name is no noun.
"""

import gzip
import json
import os
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import nltk.data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer, stop_words
from search.analysis.folding import MAX_WORD, fold
from search.analysis.stemmer import LANGUAGES, SnowballStemmer
from search.errors import SettingsError
from tests.in_time import in_processor_time

REAL = Path(os.environ.get("OPIS_DATA", ""), "frus", "docs.jsonl.gz")
ENGLISH = Analyzer("english")
GERMAN = Analyzer("german")


@given(st.text())
def test_1_and_2_places_are_those_of_the_text(text: str) -> None:
    tokens = list(ENGLISH.tokens(text))
    assert ENGLISH.pairs(text) == [(token.word, token.stem) for token in tokens]
    last = 0
    for token in tokens:
        assert last <= token.start < token.end <= len(text)
        assert ENGLISH.pairs(text[token.start : token.end]) == [(token.word, token.stem)]
        assert token.word
        assert token.stem
        assert len(token.word) <= MAX_WORD
        last = token.end


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
def test_3_composition_makes_no_difference(text: str) -> None:
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
def test_3_spellings_meet(spellings: str) -> None:
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
def test_3_other_words_stay_apart(words: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("02091-C-71", ["02091", "c", "71"]),
        ("Clark's letter, the allies' reply", ["clark", "letter", "the", "allies", "reply"]),
        ("don't rock’n’roll", ["dont", "rocknroll"]),
        ("foo_bar", ["foo", "bar"]),
        ("毛泽东 said", ["毛", "泽", "东", "said"]),
        ("हिन्दी", ["हिन्दी"]),
        ("สันติภาพ ๒๔๗๕", ["สั", "น", "ติ", "ภ", "า", "พ", "2475"]),
        ("ｶﾞｿﾘﾝ", ["ガ", "ソ", "リ", "ン"]),
        ("정전", ["정", "전"]),
        ('רמטכ"לי ה"הארץ" וב"ידע"', ["רמטכלי", "ה", "הארץ", "וב", "ידע"]),
        ("U.S.A., U.S. and U. S.", ["usa", "us", "and", "us"]),
        ("V.M. Molotov, V. M. Molotov's", ["vm", "molotov", "v", "m", "molotov"]),
        ("В.М.Молотов, P.L.480", ["вм", "молотов", "pl", "480"]),
        ("J. R. R. Tolkien, С.С.С.Р.", ["jrr", "tolkien", "ссср"]),
        ("И. В. Сталин", ["и", "в", "сталин"]),
        ("i.e. U.N.'s, e. g. the U.S. I know", ["ie", "un", "eg", "the", "us", "i", "know"]),
        ("plan A. I think; Ph.D.; A.1", ["plan", "a", "i", "think", "ph", "d", "a", "1"]),
        ("50,000 men, 1,000,000", ["50000", "men", "1000000"]),
        ("1951,100 and 1,0000 and 1,000th", ["1951", "100", "and", "1", "0000", "and", "1", "000th"]),
        ("co\u00adoperate", ["cooperate"]),
        ("…—!", []),
    ],
)
def test_4_words(text: str, words: list[str]) -> None:
    assert [word for word, _ in ENGLISH.pairs(text)] == words


def test_4_stems_by_script() -> None:
    assert [stem for _, stem in ENGLISH.pairs("negotiations negotiating переговорах Переговоры")] == [
        "negoti",
        "negoti",
        "переговор",
        "переговор",
    ]
    assert [stem for _, stem in ENGLISH.pairs("U.S.S.R. USSR С.С.С.Р. 38th 38")] == [
        "ussr",
        "ussr",
        "ссср",
        "38",
        "38",
    ]
    assert [stem for _, stem in Analyzer("german").pairs("Verhandlungen Verhandlung")] == ["verhandl"] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 1_000_000, 1),
        ("a'" * 500_000, 1),
        ("e\u0301" * 300_000, 1),
        ("'" * 1_000_000, 0),
        ("毛" * 300_000, 300_000),
        ("a." * 400_000, 1),
        ("a. " * 300_000, 1),
        ("1," * 400_000, 400_000),
        ("1,000" * 200_000, 200_001),
    ],
)
def test_5_no_text_takes_long(text: str, words: int) -> None:
    with in_processor_time(10):
        pairs = ENGLISH.pairs(text)
    assert len(pairs) == words


def test_stop_words_are_few_and_never_nouns() -> None:
    assert {"the", "of", "would", "is"} <= stop_words("english")
    assert stop_words("english").isdisjoint({"states", "will", "can", "well", "works"})
    assert stop_words("arabic") == frozenset()


def test_no_corpus_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("NLTK data was asked for")

    monkeypatch.setattr(nltk.data, "find", refuse)
    monkeypatch.setattr(nltk.data, "load", refuse)
    assert Analyzer("finnish").pairs("neuvottelut")


def test_an_unknown_language_is_an_error_that_names_the_known() -> None:
    with pytest.raises(SettingsError, match="english"):
        Analyzer("klingon")


PHRASES = (
    *("U.S.", "U. S.", "U. S. S. R.", "H. S. S.", "V. M.", "A.", "B", "e", "i.e.", "Ж.", "Ж. Д. И.", "38th"),
    *("50,000", "1,000's", "1'000", "'", "’s", "'s", "S", "don’t", "“so”", "‘no’", "—", "–", "…", "...", "-"),
    *(". ", ", ", "; ", " ", "\n", "\n\n", "\t", "\x01", "\x1c", "\u00a0", "\u2028", "0", ",", ".", "_"),
    *(
        "l'",
        "D’",
        "dell'",
        "t'",
        "qu'",
        "1930's",
        "30’s",
        "U.N.",
        "v.m",
        "garrison",
        "¹",
        "²³",
        "₂",
        "ёж",
        "Ё",
    ),
    *(
        "צה״ל",
        'צה"ל',
        "“לא”",
        '"',
        "א",
        "שָׁלוֹם",
        "׳",
        "كَتَبَ",
        "أ",
        "ـ",
        "ة",
        "ک",
        "٣٨",
        "ܫܠܳ",
        "สัน",
        "ติ",
        "ำ",
        "ကြ",
    ),
    *(
        "정",
        "\u1112",
        "\u1161",
        "\u11ab",
        "か",
        "\u3099",
        "ｶﾞ",
        "ﾟ",
        "Ｕ",
        "．",
        "हिन्",
        "ދި",
        "Молотов",
        "\ufeff",
    ),
    *("é", "É", "мир", "毛泽", "\u0301", "\u00ad", "ß", "İ", "\ud800", "𝒜", "½", "The", "talks", "x" * 70),
)
TEXTS = st.lists(st.sampled_from(PHRASES) | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize("language", ["english", "german"])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_6_cached_chunks_give_the_same_terms(language: str, texts: list[str]) -> None:
    analyzer = ENGLISH if language == "english" else GERMAN
    for text in texts:
        tokens = list(analyzer.tokens(text))
        words, stems = analyzer.index_terms(text)
        assert words == " ".join(token.word for token in tokens)
        assert stems == " ".join(token.stem for token in tokens)


SNOWBALL = SnowballStemmer("english")
SUFFIXES = """
    s es ies ied us sses ed eed edly eedly ing ingly y ly li al ally ability abilities ible ibility
    able ably e l ation ator ational ization ize izer alize alism ality ous ously ousness ive
    iveness ivity ful fully fulness less lessly ent ently ence ency ance ancy ment ement ic ical
    icate icity ative ness ism ist ogy ogist ogists logy logi ion ate er
"""


def own_stem(word: str) -> str:
    """The stem of an English word by the stemmer alone."""
    return re.sub("^([0-9]+)(st|nd|rd|th)$", r"\1", SNOWBALL.stem(word))


@given(st.text("abcdeghilmnoprstuvy0123456789", min_size=1, max_size=12))
def test_7_words_without_an_ending_are_their_own_stem(word: str) -> None:
    assert ENGLISH.stem(word) == own_stem(word)


@given(
    st.text("abcdeghilmnoprstuvy", min_size=1, max_size=5),
    st.lists(st.sampled_from(SUFFIXES.split()), min_size=1, max_size=3),
)
@settings(max_examples=500)
def test_7_words_with_suffixes(root: str, suffixes: list[str]) -> None:
    word = root + "".join(suffixes)
    assert ENGLISH.stem(word) == own_stem(word)


@pytest.mark.skipif(not REAL.is_file(), reason="OPIS_DATA names no folder with frus/")
def test_7_the_words_of_many_documents() -> None:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        bodies = [json.loads(line)["body"].lower() for line in islice(lines, 0, None, 20)]
    words = {word for body in bodies for word in re.findall("[a-z0-9]+", body)}
    assert len(words) > 30_000
    assert [word for word in words if ENGLISH.stem(word) != own_stem(word)] == []


def test_7_words_that_are_not_one() -> None:
    apart = [("evening", "even"), ("added", "ad"), ("organization", "organic"), ("news", "new")]
    assert [pair for pair in apart if ENGLISH.stem(pair[0]) == ENGLISH.stem(pair[1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_7_every_language_stems(language: str) -> None:
    pairs = Analyzer(language).pairs("Négociations au 38e parallèle, 停戦 and перемирие")
    assert [word for word, _ in pairs][:2] == ["negociations", "au"]
    assert all(stem for _, stem in pairs)


def test_7_threads_stem_alike() -> None:
    words = [f"{root}{suffix}" for root in ("negoti", "armist", "plan") for suffix in SUFFIXES.split()] * 50
    expected = [SNOWBALL.stem(word) for word in words]
    with ThreadPoolExecutor(8) as threads:
        assert all(
            found == expected for found in threads.map(lambda _: list(map(SNOWBALL.stem, words)), range(16))
        )


@pytest.mark.parametrize(
    "forms",
    [
        "Молотов Молотова Молотову Молотовым Молотове МОЛОТОВ Молото́в",
        "Кузнецов Кузнецова Кузнецову Кузнецовым Кузнецове",
        "Хрущёв Хрущева Хрущёву Хрущевым Хрущёве",
        "Матвеев Матвеева Матвееву Матвеевым Матвееве",
        "Киев Киева Киеву Киевом Киеве",
        "Димитров Димитрова Димитрову",
        "Микоян Микояна Микояну Микояном Микояне МИКОЯН",
        "Иран Ирана Ирану Ираном Иране",
        "Светлана Светланы Светлане Светлану Светланой",
        "Булганин Булганина Булганину Булганине",
        "Вышинский Вышинского Вышинскому Вышинским",
        "файл файла файлов файлами",
        "стол столы столов столам",
        "Штаты Штатов Штатам штатов",
        "министр Министры Министров министров",
    ],
)
def test_8_cases_of_russian_nouns_and_names_meet(forms: str) -> None:
    assert len({stem for _, stem in ENGLISH.pairs(forms)}) == 1
    assert len(set(ENGLISH.index_terms(forms)[1].split())) == 1


@pytest.mark.parametrize(
    "pair", ["Молотов молот", "Кузнецов кузнец", "Молотова молота", "Волков волки", "Романов роман"]
)
def test_8_a_name_is_no_noun(pair: str) -> None:
    (_, name), (_, noun) = ENGLISH.pairs(pair)
    assert name != noun


@given(st.text("абвгдежзиклмнопрстуфхч", min_size=2, max_size=8), st.sampled_from(["ов", "ев", "ёв"]))
def test_8_names_keep_their_ending_in_every_case(root: str, ending: str) -> None:
    name = (root + ending).capitalize()
    word = fold(name)
    stems = {stem for _, stem in ENGLISH.pairs(f"{name} {name}а {name}у {name}ым {name}е")}
    assert stems == {word} or is_noun(word)


def is_noun(word: str) -> bool:
    return ENGLISH.pairs(word.capitalize())[0][1] != word
