"""Do words stand in a row, or near each other? Computed from the sorted positions of each word in a text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

Positions = Sequence[int]
"""The positions of one word, in rising order."""


def matches_phrase(words: Sequence[Positions], distance: int, *, ordered: bool = False) -> bool:
    """Whether a text with these positions of the words of a phrase matches it.

    `distance` 0: the words stand in a row; else each pair of consecutive words stands at most that many
    positions apart, in either order, or with `ordered` the second after the first.
    """
    if not distance:
        return next(phrase_positions(words), None) is not None
    before = 0 if ordered else distance
    pairs = {(id(one), id(other)): (one, other) for one, other in pairwise(words)}  # words may be repeated
    return all(any(True for _ in near_positions(*pair, before, distance)) for pair in pairs.values())


def phrase_positions(words: Sequence[Positions]) -> Iterator[int]:
    """The positions of the first word at which all the words stand in a row."""
    as_sets = {id(other): set(other) for other in words[1:]}
    following = [as_sets[id(other)] for other in words[1:]]
    for position in words[0]:
        if all(position + step in others for step, others in enumerate(following, 1)):
            yield position


def near_positions(positions: Positions, others: Positions, before: int, after: int) -> Iterator[int]:
    """Those of the positions that have one of the others near: at most `before` in front, or `after` behind.

    The same position does not count.
    """
    at, end = 0, len(others)
    for position in positions:
        at = bisect_left(others, position - before, at)
        other = at + 1 if at < end and others[at] == position else at
        if other < end and others[other] <= position + after:
            yield position
