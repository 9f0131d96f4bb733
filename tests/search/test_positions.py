"""Phrases and near phrases agree with their definitions over all positions."""

from collections.abc import Sequence
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from search.positions import matches_phrase, near_positions, phrase_positions

POSITIONS = st.lists(st.integers(0, 30), unique=True, max_size=8).map(sorted)


def is_near(one: int, other: int, before: int, after: int) -> bool:
    return one != other and one - before <= other <= one + after


@given(st.lists(POSITIONS, min_size=1, max_size=4))
def test_words_in_a_row(words: Sequence[Sequence[int]]) -> None:
    rows = [row for row in product(*words) if all(after == before + 1 for before, after in pairwise(row))]
    assert list(phrase_positions(words)) == [row[0] for row in rows]
    assert matches_phrase(words, 0) == bool(rows)


@given(POSITIONS, POSITIONS, st.integers(0, 5), st.integers(0, 5))
def test_words_near_each_other(ones: list[int], others: list[int], before: int, after: int) -> None:
    expected = [one for one in ones if any(is_near(one, other, before, after) for other in others)]
    assert list(near_positions(ones, others, before, after)) == expected


@given(st.lists(POSITIONS, min_size=2, max_size=4), st.integers(1, 5), st.booleans())
def test_near_phrases(words: Sequence[Sequence[int]], distance: int, ordered: bool) -> None:
    before = 0 if ordered else distance
    expected = all(
        any(is_near(one, other, before, distance) for one, other in product(*pair))
        for pair in pairwise(words)
    )
    assert matches_phrase(words, distance, ordered=ordered) == expected
