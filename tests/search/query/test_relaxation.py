"""Trees that ask for some of a query's words.

1. Bare words are optional, all else is required; a word that is typed twice is one word that counts twice.
2. A relaxed query asks for as many of its words as it is told, whatever stands around them.
"""

import pytest

from search.query.parser import parse
from search.query.relaxation import at_least, between, optional_words
from search.query.tree import AtLeast, Boost, MatchAll, Query, Term
from search.schema import Schema

SCHEMA = Schema()


def relaxed(text: str) -> Query:
    query = parse(text, SCHEMA).relaxed
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("text", "words", "two"),
    [
        ("war peace treaty", 3, "(2 of war, peace, treaty)"),
        ('war peace treaty "line of"', 3, '((2 of war, peace, treaty) AND "line of")'),
        ("war +peace treaty talks -line", 3, "((2 of war, treaty, talks) AND peace AND NOT line)"),
        ("author:kim war peace talks", 3, "((2 of war, peace, talks) AND author:kim)"),
    ],
)
def test_1_only_bare_words_are_optional(text: str, words: int, two: str) -> None:
    assert optional_words(relaxed(text)) == words
    assert str(at_least(relaxed(text), 2)) == two


def test_1_a_word_typed_twice_is_one() -> None:
    query = relaxed("war peace wars")
    assert isinstance(query, AtLeast)
    assert [leaf.count for leaf in query.children if isinstance(leaf, Term)] == [2, 1]
    assert parse("war wars", SCHEMA).relaxed is None


def test_2_whatever_is_preferred() -> None:
    query = Boost(relaxed("war peace +treaty"), MatchAll(), 1.0)
    assert optional_words(query) == 2
    assert str(at_least(query, 2)) == "((2 of war, peace) AND treaty)"


def test_2_so_many_and_no_more() -> None:
    assert str(between(relaxed("war peace treaty"), 1, 3)) == (
        "((war OR peace OR treaty) AND NOT (3 of war, peace, treaty))"
    )


def test_2_a_query_without_optional_words_stays() -> None:
    query = parse("war AND peace", SCHEMA).query
    assert optional_words(query) == 0
    assert at_least(query, 2) == query
