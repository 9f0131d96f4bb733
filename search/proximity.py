"""Do words stand together? Over the sorted places of each word."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

Places = Sequence[int]


def fits(places: Sequence[Places], distance: int) -> bool:
    """Whether words of these places stand in a row (`distance` 0), or each pair so near in either order."""
    if not distance:
        return next(in_a_row(places), None) is not None
    pairs = {frozenset(map(id, pair)): pair for pair in pairwise(places)}  # a phrase may repeat its words
    return all(next(near(one, other, distance), None) is not None for one, other in pairs.values())


def in_a_row(places: Sequence[Places]) -> Iterator[int]:
    """The places at which the first of words begins that stand in a row."""
    as_sets = {id(other): set(other) for other in places[1:]}
    following = [as_sets[id(other)] for other in places[1:]]
    for place in places[0]:
        if all(place + step in others for step, others in enumerate(following, 1)):
            yield place


def near(places: Places, others: Places, distance: int) -> Iterator[int]:
    """Those of the places that have another one, not themselves, at most `distance` away."""
    at, end = 0, len(others)
    for place in places:
        at = bisect_left(others, place - distance, at)
        other = at + 1 if at < end and others[at] == place else at
        if other < end and others[other] <= place + distance:
            yield place
