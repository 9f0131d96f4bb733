"""The order of hits: by score, date, title or time of indexing, ties by id; all of them or the first ones."""

from collections.abc import Callable, Mapping, Sequence
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
    @property
    def indexed(self) -> Sequence[int]: ...
    def ordinals(self, sort: Sort) -> Sequence[int]: ...


def top_hits(
    docs: Sequence[int], scores: Scores, sort: Sort, columns: Sortable, count: int
) -> list[tuple[int, float]]:
    """The first `count` documents in a sort order, each with its score."""
    if sort == "relevance":
        docs = _competitive(docs, scores, count)
        ranked = sorted(docs, key=lambda doc: (-scores[doc], columns.ids[doc]))[:count]
    else:
        ordinal = columns.ordinals(sort).__getitem__
        ranked = sorted(docs, key=ordinal) if count >= len(docs) else nsmallest(count, docs, ordinal)
    return [(doc, scores[doc]) for doc in ranked]


def ordinals(sort: Sort, columns: Sortable) -> list[int]:
    """Each document's position among all of them in a sort order.

    Undated ones are last in both orders of date, as are those of unknown time in that of indexing.
    """
    ids, titles, days, indexed = columns.ids, columns.titles, columns.days, columns.indexed

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
        "-indexed": lambda doc: (-indexed[doc], ids[doc]),
    }
    found = [0] * len(ids)
    for ordinal, doc in enumerate(sorted(range(len(ids)), key=keys[sort])):
        found[doc] = ordinal
    return found


def _competitive(docs: Sequence[int], scores: Scores, count: int) -> Sequence[int]:
    """The documents that can be among the first `count`: those that score as much as the last of them."""
    if count >= len(docs):
        return docs
    if not count:
        return []
    least = nlargest(count, map(scores.__getitem__, docs))[-1]
    return [doc for doc in docs if scores[doc] >= least]
