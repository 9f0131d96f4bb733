"""The order of hits: by score, date or title, ties by id; all of them or the first ones.

What adjacent words add to a score is costly to find out, so for the first hits it is computed only for
documents that it could lift among them.
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
    """The columns that sort orders read, by document number; see `Columns`."""

    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def titles(self) -> Sequence[str]: ...
    @property
    def days(self) -> Sequence[DayRange | None]: ...
    def ordinals(self, sort: Sort) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class ProximityBonus:
    """A deferred component of the score: what adjacent query words add, computed on demand.

    `scores` maps the documents that it raises to what they gain, at most `upper_bound`, which lets top-k
    skip documents that it cannot lift among the first (cf. WAND: Broder et al., CIKM 2003).
    """

    upper_bound: float
    scores: Callable[[Sequence[int]], Scores]


NO_PROXIMITY_BONUS = ProximityBonus(0.0, lambda _: {})


def top_hits(
    docs: Sequence[int], scores: Scores, sort: Sort, columns: Sortable, proximity: ProximityBonus, count: int
) -> list[tuple[int, float]]:
    """The first `count` documents in a sort order, each with its score."""
    if sort == "relevance":
        docs = _competitive(docs, scores, proximity.upper_bound, count)
        total = _with_bonus(docs, scores, proximity)
        ranked = sorted(docs, key=lambda doc: (-total[doc], columns.ids[doc]))[:count]
    else:
        ordinal = columns.ordinals(sort).__getitem__
        ranked = sorted(docs, key=ordinal) if count >= len(docs) else nsmallest(count, docs, ordinal)
        total = _with_bonus(ranked, scores, proximity)
    return [(doc, total[doc]) for doc in ranked]


def ordinals(sort: Sort, columns: Sortable) -> list[int]:
    """Each document's position among all of them in a sort order; undated ones last in both date orders."""
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
    for ordinal, doc in enumerate(sorted(range(len(ids)), key=keys[sort])):
        found[doc] = ordinal
    return found


def _competitive(docs: Sequence[int], scores: Scores, upper_bound: float, count: int) -> Sequence[int]:
    """The documents that can be among the first `count`, if each score may grow by `upper_bound`."""
    if count >= len(docs):
        return docs
    if not count:
        return []
    least = nlargest(count, map(scores.__getitem__, docs))[-1] - upper_bound
    return [doc for doc in docs if scores[doc] >= least]


def _with_bonus(docs: Sequence[int], scores: Scores, proximity: ProximityBonus) -> Scores:
    bonus = proximity.scores(docs)
    return {doc: scores[doc] + bonus.get(doc, 0.0) for doc in docs}
