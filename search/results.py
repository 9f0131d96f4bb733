"""Results: of an engine (`SearchResults`), and of a search as a user sees it (`Answer`)."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

from search.calendar import Interval
from search.document import Document
from search.query.diagnostics import Diagnostic
from search.query.tree import MatchMode
from search.request import DATE, FacetListing, Filter, Question

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


@dataclass(frozen=True, slots=True)
class Highlight:
    """A fragment of a field's text, and the character ranges in it that matched."""

    field: str
    text: str
    ranges: tuple[CharRange, ...] = ()

    @property
    def html(self) -> str:
        """The text escaped, with `<mark>` around the ranges and no other tag."""
        return self.render(escape, lambda text: f"<mark>{escape(text)}</mark>")

    def render(self, plain: Callable[[str], str], matched: Callable[[str], str]) -> str:
        """The text, with `matched` applied to what lies in a range and `plain` to the rest."""
        parts: list[str] = []
        last = 0
        for start, end in self.ranges:
            parts += plain(self.text[last:start]), matched(self.text[start:end])
            last = end
        return "".join(parts) + plain(self.text[last:])


@dataclass(frozen=True, slots=True)
class Expansion:
    """A name or a word in the query, and its other forms or spellings that were searched with it."""

    source: str
    to: tuple[str, ...]


InterpretationKind = Literal["date", "direction", "title"]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a part of a query may mean, offered as filters. Documents that fit it come before all others.

    `text` is that part. `question` is the search with `filters` in its place, which find only documents that
    fit it, and `count` is their number.
    """

    kind: InterpretationKind
    text: str
    filters: tuple[Filter, ...]
    question: Question
    count: int


@dataclass(frozen=True, slots=True)
class UnderstoodQuery:
    """How a query was read. `relaxed`: no document has all of its words, so those with any were found."""

    text: str
    understood: str
    match: MatchMode
    relaxed: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    expanded: tuple[Expansion, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A matching document, its score and the fragments that matched."""

    document: Document
    score: float
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterCount:
    """A filter, and the number of documents that would match without it."""

    filter: Filter
    count_without: int


OfferKind = Literal[
    "words",
    "any",
    "included",
    "anywhere",
    "wider",
    "undated",
    "overlap",
    "any-date",
    "unfiltered",
    "spellings",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """An alternative to a search that found nothing or little, and the number of documents that it finds.

    `words`: phrases as words; `any`: any of the words; `included`: without the exclusion `what`;
    `anywhere`: with `what` in any field;
    `wider`: the month, year or decade `what` that the date lies in; `undated`: the undated too;
    `overlap`: dates that only touch; `any-date`, `unfiltered`: without those filters; `spellings`: every bare
    word in similar spellings.
    """

    kind: OfferKind
    what: str
    question: Question
    count: int


@dataclass(frozen=True, slots=True)
class ZeroExplanation:
    """Why nothing matched: the documents of each term alone, and those without each of the filters.

    `together` is the number of documents that the whole query finds without any filter.
    """

    terms: tuple[TermCount, ...]
    filters: tuple[FilterCount, ...]
    together: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class MoreHits:
    """What a search goes on with where few documents have all the words: those with some of them.

    `hits` are the best of the `total`, those with most words first. `question` asks for all documents with
    all or some of the words, in the same order.
    """

    total: int
    hits: tuple[DocumentHit, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that a page or the JSON API shows of a search.

    `suggestion` is a likelier spelling that finds more; `similar_spellings`, where few documents were found,
    the same search in similar spellings of every bare word, if that finds more; `more` is not counted in the
    total.
    """

    question: Question
    query: UnderstoodQuery
    hits: tuple[DocumentHit, ...]
    total: int
    facets: tuple[Facet | DateFacet, ...]
    index: IndexInfo
    took_ms: float
    suggestion: str | None = None
    explain_zero: ZeroExplanation | None = None
    similar_spellings: Offer | None = None
    more: MoreHits | None = None

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.total // self.question.per_page)

    @property
    def prefers_interpretations(self) -> bool:
        """Whether documents that fit the interpretations of the query come first."""
        return self.question.order == "relevance" and not self.query.relaxed


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """A page of a facet's values, counted over the documents that match the question of the listing."""

    listing: FacetListing
    query: UnderstoodQuery
    facet: Facet | DateFacet
    index: IndexInfo

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.facet.total // self.listing.per_page)
