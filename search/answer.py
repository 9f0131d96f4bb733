"""The answer: everything that a user sees of a search."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as attribute
from html import escape
from typing import Literal

from search.document import Document
from search.query.diagnostics import Diagnostic
from search.query.tree import MatchMode
from search.request import FacetListing, Filter, Question
from search.results import CharRange, DateFacet, Facet, IndexInfo, TermCount


@dataclass(frozen=True, slots=True)
class Highlight:
    """A fragment of a field's text, and the character ranges in it that matched.

    `words` are the words of the query that these ranges match: bits, the same in all fragments of an answer.
    """

    field: str
    text: str
    ranges: tuple[CharRange, ...] = ()
    words: int = attribute(default=0, compare=False, repr=False)

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
    """A matching document, its score, the fragments that matched, and how many `matches` its body has."""

    document: Document
    score: float
    highlights: tuple[Highlight, ...] = ()
    matches: int = 0

    def __repr__(self) -> str:
        """The document and its score."""
        return f"<DocumentHit {self.score:.2f} {self.document!r}>"

    @property
    def title(self) -> Highlight:
        """The title as lists show it (`Document.short_title`), with the ranges that matched."""
        whole, shown = self.document.title, self.document.short_title
        ranges = next((h.ranges for h in self.highlights if h.field == "title" and h.text == whole), ())
        kept = len(shown) if shown == whole else len(shown) - 1  # of what is cut, the last is "…"
        return Highlight("title", shown, tuple(found for found in ranges if found[1] <= kept))


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

    `together` is the number of documents that the whole query finds without any filter. `phrases` are those
    in no field that nothing matches, each with its words that are in no document.
    """

    terms: tuple[TermCount, ...]
    filters: tuple[FilterCount, ...]
    together: int = 0
    offers: tuple[Offer, ...] = ()
    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()


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

    `suggestion` is a likelier spelling that finds more, `suggestion_count` documents; `similar_spellings`,
    where few documents were found, the same search in similar spellings of every bare word, if that finds
    more; `more` is not counted in the total.
    """

    question: Question
    query: UnderstoodQuery
    hits: tuple[DocumentHit, ...]
    total: int
    facets: tuple[Facet | DateFacet, ...]
    index: IndexInfo
    took_ms: float
    suggestion: str | None = None
    suggestion_count: int = 0
    explain_zero: ZeroExplanation | None = None
    similar_spellings: Offer | None = None
    more: MoreHits | None = None

    def __repr__(self) -> str:
        """What was asked, and how much was found."""
        asked = self.question
        found = f"{self.total:,} document{'' if self.total == 1 else 's'}"
        return f"<Answer to {asked.text[:80]!r}: {found}, page {asked.page} of {self.pages:,}>"

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.total // self.question.per_page)

    @property
    def prefers_interpretations(self) -> bool:
        """Whether documents that fit the interpretations of the query come first."""
        return self.question.order == "relevance" and not self.query.relaxed


@dataclass(frozen=True, slots=True)
class DateCertainty:
    """How the dates of the documents that match all else of a question meet its filters on dates.

    `certain` lie wholly within the dates asked for, `possible` only overlap them, `undated` have no date.
    """

    certain: int
    possible: int
    undated: int


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
