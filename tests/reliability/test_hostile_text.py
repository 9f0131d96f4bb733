"""No text makes a highlight or a page hang. The bounds tell a hang from work; they are no benchmark."""

import pytest

from search.highlighting.fragmenter import fragments
from search.highlighting.highlighter import Highlighter, document_matches
from search.highlighting.matcher import matches
from search.highlighting.query_terms import query_terms
from search.query.parser import parse
from search.schema import Schema
from tests.archive import document
from tests.in_time import in_processor_time

SCHEMA = Schema()


@pytest.mark.parametrize(
    ("query", "piece"),
    [
        ("的", "毛泽东的"),
        ("aa", "aa "),
        ('"aa bb"~5', "aa bb "),
        ('"aa aa aa"', "aa "),
        ("aa", "aa. "),
        ("aa", "aa\n\n"),
        ("a", "a'"),
        ("aa", "aa …"),
        ("aa bb", "aa" + " " * 50),
    ],
)
def test_passages_of_long_texts(query: str, piece: str) -> None:
    long = document("a", piece * (300_000 // len(piece)), title="t")
    parsed = parse(query, SCHEMA).query
    with in_processor_time(5):
        assert Highlighter(parsed, SCHEMA).highlights(long)
        document_matches(long, parsed, SCHEMA)


def test_as_many_matches_as_words() -> None:
    text = "aa " * 100_000
    found = matches(text, query_terms(parse("aa", SCHEMA).query, "body"), SCHEMA.analyzer)
    with in_processor_time(5):
        assert len(fragments("body", text, found, 3)) == 3
