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
        return bool(phrase_positions(words))
    before = 0 if ordered else distance
    pairs = {(id(one), id(other)): (one, other) for one, other in pairwise(words)}  # words may be repeated
    return all(any(True for _ in near_positions(*pair, before, distance)) for pair in pairs.values())


def phrase_positions(words: Sequence[Positions]) -> Positions:
    """The positions of the first word at which all the words stand in a row."""
    as_sets = {id(other): set(other) for other in words[1:]}
    found = words[0]
    for step, other in enumerate(words[1:], 1):
        following = as_sets[id(other)]
        found = [position for position in found if position + step in following]
        if not found:
            break
    return found


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
