"""The results of an engine: hits, their exact number, and facets."""

from dataclasses import dataclass

from search.calendar import Interval
from search.request import DATE

CharRange = tuple[int, int]
"""The characters `start` to `end` of a text, `end` excluded."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """A commit of an index; `generation` identifies it, `updated` is its time (RFC 3339, UTC).

    `stale`: the index was written under another schema; it can be searched, but not written to.
    """

    generation: str
    documents: int
    engine: str
    updated: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching document, by id, and its score; `DocumentHit` has the document itself."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and the number of documents with it, as if nothing were selected in that facet.

    In the date facet, `count` is the number of documents that lie wholly in the bucket, `possible` of
    those that only overlap it.
    """

    value: str
    count: int
    possible: int = 0
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field over a result set.

    `distinct` counts all values with documents, requested or not; `missing` the documents without one.
    `total` counts the values that can be paged through: those that match the request's `prefixes`, and
    the pinned ones whatever their count. In alphabetical order, `initials` holds pairs of an initial and
    its number of values, without the pinned ones, which come before all others.
    """

    field: str
    values: tuple[FacetValue, ...]
    distinct: int
    missing: int
    total: int = 0
    initials: tuple[tuple[str, int], ...] = ()

    def __repr__(self) -> str:
        """The numbers: the values may be thousands."""
        return f"<Facet {self.field}: {len(self.values):,} of {self.total:,} values>"


@dataclass(frozen=True, slots=True)
class DateFacet:
    """The dates of a result set in buckets of one `interval`, in the order of time.

    `missing` counts the undated documents, `total` the buckets on all pages. `coarsest` is the interval
    that would divide all dates of the result set. `spanning` counts the documents whose date covers all
    the days of the request: they are excluded from every bucket's `possible`.
    """

    values: tuple[FacetValue, ...]
    missing: int
    interval: Interval
    coarsest: Interval
    total: int = 0
    spanning: int = 0

    def __repr__(self) -> str:
        """The numbers: the values may be hundreds."""
        return f"<DateFacet by {self.interval}: {len(self.values):,} of {self.total:,} values>"

    @property
    def field(self) -> str:
        """The name of the date facet."""
        return DATE


@dataclass(frozen=True, slots=True)
class SearchResults:
    """An engine's answer: the hits of one page, the exact total, and each requested facet.

    `index` is the commit that was searched.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet | DateFacet, ...]
    index: IndexInfo


@dataclass(frozen=True, slots=True)
class TermCount:
    """A term and its document frequency."""

    term: str
    count: int
