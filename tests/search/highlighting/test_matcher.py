"""The matches of a query's terms in a text.

1. Stems, exact words, prefixes and phrases match as written; nothing under a NOT does.
2. The ranges are those that a look at every token finds.
3. A match has the bits of the query words that it matches."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlighting.matcher import match_ranges, matches
from search.highlighting.query_terms import query_terms
from search.query.parser import parse
from search.query.tree import AnyOf, Exact, Or, Phrase, Query, Term
from search.schema import Schema

SCHEMA = Schema()


def marked(text: str, query: str, field: str = "body") -> list[str]:
    terms = query_terms(parse(query, SCHEMA).query, field)
    return [text[start:end] for start, end in match_ranges(text, terms, SCHEMA.analyzer)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("negotiate", ["Negotiations", "negotiating"]),
        ("=negotiating", ["negotiating"]),
        ('"line of demarcation"', ["line of demarcation"]),
        ('"demarcation line"~2', ["line", "demarcation"]),
        ("vaskov", ["Vas'kov's"]),
        ("negotiating -demarcation", ["Negotiations", "negotiating"]),
        ("title:negotiating", []),
        ("demarcation OR absent", ["demarcation", "Demarcation"]),
        ("date:1951", []),
    ],
)
def test_1_words_as_written(query: str, expected: list[str]) -> None:
    text = "Negotiations on the line of demarcation. Vas'kov's way of negotiating. Demarcation!"
    assert marked(text, query) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("שלום", "אמר: שָׁלוֹם לְכֻלָּם.", ["שָׁלוֹם"]),
        ("רמטכ״ל", 'הודעת רמטכ"ל על ה"ארץ".', ['רמטכ"ל']),
        ("احمد", "كَتَبَ أَحْمَدُ إلى القاهرة", ["أَحْمَدُ"]),
        ('"الى القاهره"', "كَتَبَ أَحْمَدُ إلى القاهرة.", ["إلى القاهرة"]),
        ("كتاب", "گزارش کـتاب ایران", ["کـتاب"]),
        ("ガス", "東京ｶﾞｽ会社と大阪ガス", ["ｶﾞｽ", "ガス"]),
        ("정전", "그 정전 협정", ["정전"]),
        ("สันติภาพ", "เพื่อสันติภาพโลก", ["สันติภาพ"]),
        ("tokyo", "Ｔｏｋｙｏ (Tokyo¹)", ["Ｔｏｋｙｏ", "Tokyo"]),
        ("ударение", "Уда́рение и ударе́ние", ["Уда́рение", "ударе́ние"]),
        ("armée", "Le récit de l'armée; l’Armée d’Orient", ["l'armée", "l’Armée"]),
        ("l'armée", "Une armée", ["armée"]),
        ('"quai d\'orsay"', "au Quai d’Orsay.", ["Quai d’Orsay"]),
        ('"UN Command"', "the U.N. Command, the UN Command", ["U.N. Command", "UN Command"]),
        ("1930s", "in the 1930’s and 1930s, not 1930", ["1930’s", "1930s"]),
    ],
)
def test_1_marks_are_those_of_the_text_as_written(query: str, text: str, expected: list[str]) -> None:
    for before in ("", "In the beginning was another sentence, long enough to be scanned. " * 5):
        assert marked(before + text, query) == expected


def test_1_any_of_several_words() -> None:
    words = tuple(Exact(word, SCHEMA.analyzer.stem(word)) for word in ("talks", "talked"))
    text = "Talks talked talking"
    spans = match_ranges(text, query_terms(AnyOf(words, "talk*"), "body"), SCHEMA.analyzer)
    assert [text[start:end] for start, end in spans] == ["Talks", "talked"]


ODD = st.text(
    st.sampled_from(
        "aAbBsS  .,'’-01éÉßİıﬁŉǅŒöӦйЁёДσςΣ北京한カ\u0301\u0308\u00ad\u200d\u200b\n\t_𝐀🙂\u0e33\u093f\x00"
        '"“”אב״׳\u05b8كةأ\u064eـ٣น\u0e31¹ｶﾞＡ\u1112\u1161\u11ab\u3099'
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)

LETTERS = st.sampled_from(
    [
        "war",
        "d'Orsay",
        "Orsay",
        "1930's",
        "U.N.",
        "Молотов",
        "молотов",
        "שָׁלוֹם",
        'צה"ל',
        "Wars",
        "WAR'S",
        "u.s.",
        "ﬁres",
        "fires",
        "İstanbul",
        "Straße",
        "strasse",
    ]
)

SPACES = st.sampled_from([" ", "", ". ", "\n", "’"])

TEXTS = st.lists(st.tuples(LETTERS | ODD, SPACES).map("".join), max_size=12).map("".join)


@given(TEXTS, st.data())
def test_2_what_a_look_at_every_token_finds(text: str, data: st.DataObject) -> None:
    known = SCHEMA.analyzer.pairs(text) or [("war", "war")]
    pair = st.sampled_from(known)
    leaves = data.draw(
        st.lists(
            st.builds(lambda one: Term(one[1], one[0]), pair)
            | st.builds(lambda one: Exact(*one), pair)
            | st.builds(lambda some: AnyOf(tuple(Exact(*one) for one in some), "any"), st.lists(pair))
            | st.builds(phrase, st.integers(0, len(known)), st.integers(1, 4), st.just(known))
            | st.builds(near, st.lists(pair, min_size=2, max_size=3), st.integers(1, 4), st.booleans()),
            min_size=1,
            max_size=4,
        )
    )
    query = Or(tuple(leaves))
    assert list(match_ranges(text, query_terms(query, "body"), SCHEMA.analyzer)) == plainly(text, leaves)


def phrase(start: int, length: int, known: list[tuple[str, str]]) -> Phrase:
    return near(known[start : start + length] or known[:1], 0)


def near(pairs: list[tuple[str, str]], distance: int, ordered: bool = False) -> Phrase:
    words, stems = zip(*pairs, strict=True)
    return Phrase(words, stems, distance, ordered=ordered)


def plainly(text: str, leaves: Sequence[Query]) -> list[tuple[int, int]]:
    """The definition of the ranges, token by token."""
    tokens = list(SCHEMA.analyzer.tokens(text))
    rows: set[tuple[int, int]] = set()
    for leaf in leaves:
        for place, token in enumerate(tokens):
            match leaf:
                case Term(stem) if token.stem == stem:
                    rows.add((place, place))
                case Exact(word) if token.word == word:
                    rows.add((place, place))
                case AnyOf(alternatives) if token.word in {item.word for item in alternatives}:
                    rows.add((place, place))
                case Phrase(words, distance=0) if (
                    tuple(t.word for t in tokens[place : place + len(words)]) == words
                ):
                    rows.add((place, place + len(words) - 1))
                case Phrase(words, distance=far, ordered=ordered) if far:
                    for (one, left), (two, right) in combinations(enumerate(tokens), 2):
                        orders = {(left.word, right.word)}
                        orders |= set() if ordered else {(right.word, left.word)}
                        found = orders & set(pairwise(words))
                        if two - one <= far and found:
                            rows |= {(one, one), (two, two)}
    marks: list[tuple[int, int]] = []
    for first, last in sorted(rows):
        start, end = tokens[first].start, tokens[last].end
        if marks and start < marks[-1][1]:
            marks[-1] = marks[-1][0], max(end, marks[-1][1])
        else:
            marks.append((start, end))
    return marks


def test_3_matches_have_the_bits_of_their_words() -> None:
    text = "Talks on an armistice; the armistice talks. Peace talks?"
    found = matches(
        text, query_terms(parse('talks "armistice talks" peac*', SCHEMA).query, "body"), SCHEMA.analyzer
    )
    assert [(text[a:b], bits) for a, b, bits in found] == [
        ("Talks", 1),
        ("armistice talks", 1 | 2 | 4),
        ("talks", 1),
    ]
