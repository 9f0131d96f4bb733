"""Do words stand together? Over the sorted places of each word."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

Places = Sequence[int]


def fits(places: Sequence[Places], distance: int) -> bool:
    """Whether words of these places stand in a row (`distance` 0), or each pair so near in either order."""
    if not distance:
        return next(in_a_row(places), None) is not None
    return all(any(is_near(place, other, distance) for place in one) for one, other in pairwise(places))


def in_a_row(places: Sequence[Places]) -> Iterator[int]:
    """The places at which the first of words begins that stand in a row."""
    following = [set(other) for other in places[1:]]
    for place in places[0]:
        if all(place + step in others for step, others in enumerate(following, 1)):
            yield place


def is_near(place: int, others: Places, distance: int) -> bool:
    """Whether one of the other places, but not this one, is at most `distance` away."""
    at = bisect_left(others, place - distance)
    while at < len(others) and others[at] <= place + distance:
        if others[at] != place:
            return True
        at += 1
    return False
