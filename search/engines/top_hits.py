"""In which order do documents come? By score, date or title, ties by id: the whole list or its beginning.

What words standing side by side add to scores is costly to find out, so for the beginning of a list
it is worked out only for documents that it could lift there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from typing import Protocol

from search.calendar import DayRange
from search.request import Sort

Scores = Mapping[int, float]
Key = tuple[object, ...]


class Sortable(Protocol):
    """The documents' values that orders go by; see `Columns`."""

    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def titles(self) -> Sequence[str]: ...
    @property
    def days(self) -> Sequence[DayRange | None]: ...
    def places(self, sort: Sort) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class ProximityBonus:
    """A deferred component of the score: what adjacent query words add, computed per document on demand.

    `scores` maps the documents that it raises to what they gain, at most `upper_bound`, which lets top-k
    skip documents that it cannot lift into the page (cf. WAND: Broder et al., 2003).
    """

    upper_bound: float
    scores: Callable[[Sequence[int]], Scores]


NO_PROXIMITY_BONUS = ProximityBonus(0.0, lambda _: {})


def ordered(
    docs: Sequence[int], scores: Scores, sort: Sort, columns: Sortable, proximity: ProximityBonus, count: int
) -> list[tuple[int, float]]:
    """The first `count` documents in the order asked for, each with its score."""
    if sort == "relevance":
        docs = _within_reach(docs, scores, proximity.upper_bound, count)
        full = _added(docs, scores, proximity)
        ranked = sorted(docs, key=lambda doc: (-full[doc], columns.ids[doc]))[:count]
    else:
        place = columns.places(sort).__getitem__
        ranked = sorted(docs, key=place) if count >= len(docs) else nsmallest(count, docs, place)
        full = _added(ranked, scores, proximity)
    return [(doc, full[doc]) for doc in ranked]


def places(sort: Sort, columns: Sortable) -> list[int]:
    """The place of each document, by number, among all of them; undated ones last in both orders of date."""
    ids, titles, days = columns.ids, columns.titles, columns.days

    def by_date(doc: int) -> Key:
        when = days[doc]
        return (when is None, when.earliest if when else 0, ids[doc])

    def by_date_descending(doc: int) -> Key:
        when = days[doc]
        return (when is None, -when.latest if when else 0, ids[doc])

    keys: dict[str, Callable[[int], Key]] = {
        "title": lambda doc: (titles[doc], ids[doc]),
        "date": by_date,
        "-date": by_date_descending,
    }
    found = [0] * len(ids)
    for place, doc in enumerate(sorted(range(len(ids)), key=keys[sort])):
        found[doc] = place
    return found


def _within_reach(docs: Sequence[int], scores: Scores, most: float, count: int) -> Sequence[int]:
    """The documents that can be among the first `count`, if each score may grow by `most`."""
    if count >= len(docs):
        return docs
    if not count:
        return []
    least = nlargest(count, map(scores.__getitem__, docs))[-1] - most
    return [doc for doc in docs if scores[doc] >= least]


def _added(docs: Sequence[int], scores: Scores, proximity: ProximityBonus) -> Scores:
    bonus = proximity.scores(docs)
    return {doc: scores[doc] + bonus.get(doc, 0.0) for doc in docs}
