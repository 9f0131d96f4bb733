"""Scanning a text finds the same matches as tokenizing it.

1. Whatever the text, and whatever the query.
2. Ordinary documents can be scanned; a text with too many candidates is tokenized.
3. Every English word begins with a prefix of its stem.
"""

import gzip
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.metadata.labels import Labels
from index.runs.read_results import ReadDocument
from index.runs.reading import read
from index.sources.files import walk
from index.sources.read_task import ReadTask
from search.highlighting.matcher import by_scanning, by_tokenizing, matches
from search.highlighting.query_terms import FieldQueryTerms, query_terms
from search.highlighting.scanner import TooManyCandidates, stem_prefixes
from search.highlighting.spans import Match
from search.query.parser import parse
from search.query.tree import And, Exact, Phrase, Query, Term
from search.schema import Schema

SCHEMA = Schema()
ANALYZER = SCHEMA.analyzer
ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("OPIS_DATA", ""), "frus", "docs.jsonl.gz")

PLAIN = [
    "war",
    "War",
    "WAR'S",
    "wars",
    "warring",
    "the",
    "of",
    "ability",
    "able",
    "dying",
    "die",
    "skies",
    "sky",
]
QUOTED = [
    "O'Neill",
    "O’Neill's",
    "T'ang",
    "Vas'kov",
    "Vas`kovs",
    "Peace’s's",
    "don't",
    "'s",
    "‘x",
    "a'b'c",
    "d'Orsay",
    "L’ability",
    "dell'war",
    "T'ang",
    "'",
]
INITIALS = [
    "U.S.",
    "u.s",
    "U.S.S.R.",
    "U. S. S. R.",
    "U.\nS.",
    "U.S.War",
    "V. M.",
    "V. U.S",
    "i.e.",
    "A.B.",
    "w.a",
    "U.N.War",
    "S.'s",
]
NUMBERS = [
    "1950's",
    "1950’S",
    "50's",
    "52's",
    "50,000",
    "1,950",
    "1950",
    "a1,950",
    "1950s",
    "38th",
    "38TH",
    "2nd",
    "abc123",
    "12abc",
    "1,9501",
]
BEYOND = [
    "𝒜",
    "𝒜.",
    "café",
    "CAFÉ",
    "Señor",
    "senor",
    "İ",
    "ﬁre",
    "fire",
    "ß",
    "½",
    "war¹",
    "²",
    "ＷＡＲ",
    "北京",
    "カ",
    "ｶﾞ",
    "한",
    'צה"ל',
    "“לא”",
    "שָׁלוֹם",
    "كَتَبَ",
    "٣٨",
    "สัน",
    "Молотов",
    "\u0301",
    "\u00ad",
    "\ud800",
]
GAPS = [
    " ",
    " ",
    "",
    "\n",
    "\t",
    "\n\n",
    "\xa0",
    "\u2028",
    " - ",
    "---",
    "_",
    "—",
    "“",
    "”",
    "…",
    '"',
    "’",
    ", ",
    ". ",
    ";",
]

PIECES = st.sampled_from([*PLAIN, *QUOTED, *INITIALS, *NUMBERS, *BEYOND, "a", "A.", "s", "y" * 64, "x" * 70])
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(GAPS)).map("".join), max_size=40).map("".join)


def leaves(pairs: list[tuple[str, str]]) -> st.SearchStrategy[Query]:
    """Leaves of the words of a text."""

    def row(start: int, length: int) -> Phrase:
        words, stems = zip(*(pairs[start : start + length] or pairs[:1]), strict=True)
        return Phrase(words, stems)

    pair = st.sampled_from(pairs)
    rows = st.builds(row, st.integers(0, len(pairs)), st.integers(1, 4))
    return pair.map(lambda one: Term(one[1], one[0])) | pair.map(lambda one: Exact(*one)) | rows


def found(text: str, terms: FieldQueryTerms) -> list[Match]:
    """The matches by scanning alone."""
    assert terms.scan_patterns
    return by_scanning(text, terms, terms.scan_patterns, ANALYZER)


@pytest.mark.slow
@given(TEXTS, TEXTS, st.data())
@settings(max_examples=500)
def test_1_scanning_is_tokenizing(text: str, other: str, data: st.DataObject) -> None:
    pairs = ANALYZER.pairs(text) + ANALYZER.pairs(other) or [("war", "war")]
    terms = query_terms(And(tuple(data.draw(st.lists(leaves(pairs), min_size=1, max_size=12)))), "body")
    expected = by_tokenizing(text, terms, ANALYZER)
    with suppress(TooManyCandidates):
        assert found(text, terms) == expected
    assert matches(text, terms, ANALYZER) == expected


@pytest.mark.parametrize("text", ["war " * 1000, "war." * 1000, "é" * 1000, "war" + "-" * 1000 + "peace"])
def test_2_too_many_candidates(text: str) -> None:
    for query in ("war", '"war peace"', '"war"~3 "peace war"~2'):
        terms = query_terms(parse(query, SCHEMA).query, "body")
        assert matches(text, terms, ANALYZER) == by_tokenizing(text, terms, ANALYZER)


@pytest.mark.parametrize("language", ["german", "french", "russian"])
def test_2_other_languages_are_tokenized(language: str) -> None:
    schema = Schema(language=language)
    text = "Der Krieg, la paix, les négociations: négociait-on? Kriege und Gräben, l'armistice, война. " * 10
    for query in ("kriege", "négocier", "armistice войны", '"la paix"'):
        terms = query_terms(parse(query, schema).query, "body")
        assert matches(text, terms, schema.analyzer) == by_tokenizing(text, terms, schema.analyzer)


@cache
def seeds() -> list[str]:
    items = [item for file in walk(str(ROOT / "seeds")) for item in read(ReadTask(file), Labels())]
    return [item.document.body for item in items if isinstance(item, ReadDocument)]


@cache
def real() -> list[str]:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["body"] for line in islice(lines, 0, 2000, 10)]


SOURCES = [
    seeds,
    pytest.param(
        real, marks=pytest.mark.skipif(not REAL.is_file(), reason="OPIS_DATA names no folder with frus/")
    ),
]
QUERIES = [
    "armistice talks",
    "=talks negotiating 1951",
    '"united states" vyshinsky U.S.S.R.',
    '"the minister" O\'Neill ability',
    '"secretary of state" "of the government"',
    "38th 50,000 café sky",
    "ussr us",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("source", SOURCES)
def test_2_documents_can_be_scanned(source: Callable[[], list[str]], query: str) -> None:
    texts = source()
    terms = query_terms(parse(query, SCHEMA).query, "body")
    refused = 0
    for text in texts:
        try:
            assert found(text, terms) == by_tokenizing(text, terms, ANALYZER)
        except TooManyCandidates:
            refused += 1
    assert refused <= len(texts) // 10


ENDINGS = """
    s ss ies ied us sses ed eed edly eedly ing ingly y ly bly al ally ability abilities ible ibility
    able ably ation ator ational ization ize izer alize alism ality ous ously ousness ive iveness ivity
    ful fully fulness less lessly ent ently ence ency ance ancy ment ement ic ical icate icity ative
    ness ism ion ate er e l ogy logy li th st
"""
ROOTS = st.text("aeiouybdlnstz", max_size=5)


@pytest.mark.slow
@given(ROOTS, st.lists(st.sampled_from(ENDINGS.split()), max_size=3).map("".join))
@example("", "skies")
@example("d", "ying")
@example("l", "ying")
@example("", "early")
@example("38", "th")
@settings(max_examples=2000)
def test_3_words_begin_like_their_stems(root: str, ending: str) -> None:
    for word, stem in ANALYZER.pairs(root + ending):
        assert word.startswith(stem_prefixes(stem))
        assert all(stem_prefixes(stem))


@pytest.mark.parametrize("source", SOURCES)
def test_3_in_documents(source: Callable[[], list[str]]) -> None:
    words = {
        pair for text in source() for pair in ANALYZER.pairs(text) if pair[0].isascii() and "." not in pair[0]
    }
    assert [word for word, stem in words if not word.startswith(stem_prefixes(stem))] == []
