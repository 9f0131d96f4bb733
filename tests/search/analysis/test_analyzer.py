"""One analysis for documents, queries and highlights.

1. A token's offsets are those of its word in the text.
2. `pairs` and `tokens` give the same tokens.
3. Every word is one token; letters of scripts without spaces are one token each.
4. Any text is tokenized, in time linear in its length.
5. Indexing (`index_terms`, with its cache of chunks) gives the same tokens as `tokens`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer, stop_words
from search.analysis.folding import MAX_WORD
from search.errors import SettingsError
from tests.in_time import in_processor_time

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
def test_3_words(text: str, words: list[str]) -> None:
    assert [word for word, _ in ENGLISH.pairs(text)] == words


def test_3_stems_by_script() -> None:
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
def test_4_no_text_takes_long(text: str, words: int) -> None:
    with in_processor_time(10):
        pairs = ENGLISH.pairs(text)
    assert len(pairs) == words


def test_stop_words_are_few_and_never_nouns() -> None:
    assert {"the", "of", "would", "is"} <= stop_words("english")
    assert stop_words("english").isdisjoint({"states", "will", "can", "well", "works"})
    assert stop_words("tamil") == stop_words("klingon") == frozenset()


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


@pytest.mark.parametrize("text", ["ـ’s", "ـ'S", "ـــ ـ", "ʼ’ʼ", "ʼS ʼs", "ʹ’s’S", "׳’ʼ"])
def test_5_words_of_nothing_but_signs(text: str) -> None:
    for analyzer in (ENGLISH, GERMAN):
        tokens = list(analyzer.tokens(text))
        assert analyzer.index_terms(text)[0] == " ".join(token.word for token in tokens)
        assert analyzer.index_terms(text)[1] == " ".join(str(token.stem) for token in tokens)


TEXTS = st.lists(st.sampled_from(PHRASES) | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize("language", ["english", "german"])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_5_cached_chunks_give_the_same_terms(language: str, texts: list[str]) -> None:
    analyzer = ENGLISH if language == "english" else GERMAN
    for text in texts:
        tokens = list(analyzer.tokens(text))
        words, stems = analyzer.index_terms(text)
        assert words == " ".join(token.word for token in tokens)
        assert stems == " ".join(str(token.stem) for token in tokens)
