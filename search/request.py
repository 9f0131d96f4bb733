"""Requests: a search as a user asks for it (`Question`), and as an engine executes it (`SearchRequest`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from search.calendar import ALL_TIME, DayRange
from search.query.tree import MatchAll, MatchMode, Query

Sort = Literal["relevance", "date", "-date", "title", "-indexed"]
FilterOp = Literal["is", "not", "missing", "from", "to"]
DateMatch = Literal["overlap", "within"]
Undated = Literal["include", "exclude", "only"]
DateInterval = Literal["auto", "decade", "year", "month", "day"]
FacetOrder = Literal["count", "value"]

DATE = "date"
"""The name of the date facet, the only one without a text field in the schema."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as a user sees it: `author is Kuznetsov`, `date from 1951`, `author missing`."""

    field: str
    op: FilterOp
    value: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A search as a user asks it; defaults as in the JSON API.

    `match` None: all words, relaxed to some of them where nothing matches. `sort` None: by relevance with
    text, else newest first. `undated` None: left out as soon as a date filter is set. `facet_limits` are
    the limits of single facets, in place of `facet_limit`. `fields` are the keys of a hit to return, empty
    for all. `zoom`: the date facet divides the one date that is selected, as pages show it, instead of all
    dates.
    """

    text: str = ""
    match: MatchMode | None = None
    filters: tuple[Filter, ...] = ()
    date_match: DateMatch = "overlap"
    undated: Undated | None = None
    facets: tuple[str, ...] = ("author", "date")
    facet_limit: int = 10
    facet_limits: tuple[tuple[str, int], ...] = ()
    date_interval: DateInterval = "auto"
    expand: bool = True
    sort: Sort | None = None
    page: int = 1
    per_page: int = 10
    highlight: bool = True
    fields: tuple[str, ...] = ()
    zoom: bool = False

    @property
    def default_order(self) -> Sort:
        """The sort order unless another is asked for."""
        return "relevance" if self.text.strip() else "-date"

    @property
    def order(self) -> Sort:
        """The sort order in force."""
        return self.sort or self.default_order

    def limit_of(self, facet: str) -> int:
        """The number of values that are counted of a facet."""
        return dict(self.facet_limits).get(facet, self.facet_limit)

    def adding(self, item: Filter) -> "Question":
        """With a filter added, and without one that says the opposite of the same value; its first page."""
        contrary = (item.field, {"is": "not", "not": "is"}.get(item.op), item.value)
        kept = tuple(f for f in self.filters if (f.field, f.op, f.value) != contrary)
        return replace(self, filters=kept if item in kept else (*kept, item), page=1)

    def removing(self, item: Filter) -> "Question":
        """Without a filter; its first page."""
        return replace(self, filters=tuple(f for f in self.filters if f != item), page=1)

    @property
    def whole(self) -> "Question":
        """The question without what concerns its pages and what they show: what is found, in its order."""
        return Question(
            self.text,
            self.match,
            self.filters,
            self.date_match,
            self.undated,
            expand=self.expand,
            sort=None if self.sort == self.default_order else self.sort,
        )


Count = Callable[[Question], int]
"""The number of documents that a question finds."""


@dataclass(frozen=True, slots=True)
class FacetListing:
    """A page of all values of one facet, or of those that match `prefix`, over the matches of a question.

    What the question says of hits, facets and sorting is ignored.
    """

    field: str
    question: Question = Question()
    prefix: str = ""
    order: FacetOrder = "count"
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """Documents with one of `values` (or with none at all, if `missing`), and with none of `excluded`.

    Without values and not `missing`, it only excludes.
    """

    field: str
    values: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    missing: bool = False

    def accepts(self, values: Sequence[str]) -> bool:
        """Whether a document with these values of the field passes."""
        if not self.excluded.isdisjoint(values):
            return False
        if not self.values and not self.missing:
            return True
        return not self.values.isdisjoint(values) or (self.missing and not values)


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents whose date overlaps one of `ranges` (or lies `within` one), or undated if `missing`.

    The filter of the date facet has the `field` "date", so that the facet's counts can ignore it; one
    from the two bounds of a form has none.
    """

    ranges: tuple[DayRange, ...]
    within: bool = False
    missing: bool = False
    field: str = ""

    def accepts(self, days: DayRange | None) -> bool:
        """Whether a document of this date passes."""
        if days is None:
            return self.missing
        if self.within:
            return any(wanted.contains(days) for wanted in self.ranges)
        return any(wanted.overlaps(days) for wanted in self.ranges)


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """A page of a field's values: `limit` of them from `offset` on, after those that are `pinned`.

    `order` is the most frequent first, or alphabetical. `prefixes`: only values in which each of these
    begins a word (see `search.analysis.collation.matches_prefixes`); pinned values are always included.
    """

    field: str
    limit: int = 10
    pinned: tuple[str, ...] = ()
    offset: int = 0
    order: FacetOrder = "count"
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateFacetRequest:
    """All buckets of the dates, or of those `within` some days, in the order of time.

    `interval` is the length of a bucket; `pinned` values are always included.
    """

    interval: DateInterval = "auto"
    pinned: tuple[str, ...] = ()
    within: DayRange = ALL_TIME

    @property
    def field(self) -> str:
        """The name of the date facet."""
        return DATE


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as an engine executes it. The query has no Prefix and no Fuzzy: they have been expanded."""

    query: Query = field(default_factory=MatchAll)
    filters: tuple[FieldFilter | DateFilter, ...] = ()
    facets: tuple[FacetRequest | DateFacetRequest, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
