"""The receipt of a search: all that its result rests on, also where nothing was found.

Equal searches of one generation of an index have equal receipts, but for the time.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import msgspec

import search
from search.answer import Answer, DateCounts, UnderstoodQuery
from search.request import DateMatch, FilterOp, Sort, Undated


class ReceiptDiagnostic(msgspec.Struct, frozen=True):
    """Something in the query that may have been meant otherwise, at a character offset."""

    code: str
    message: str
    position: int


class ReceiptExpansion(msgspec.Struct, frozen=True, rename={"source": "from"}):
    """A name or word of the query, and the other names and spellings that were searched with it."""

    source: str
    to: Sequence[str]


class ReceiptInterpretation(msgspec.Struct, frozen=True):
    """What a part of the query was recognised as. It changes the order alone: it filters nothing.

    `count` documents fit it; `first` tells whether they came before all others.
    """

    kind: str
    text: str
    count: int
    first: bool


class ReceiptTerm(msgspec.Struct, frozen=True):
    """A part of the query, and the number of documents in the archive that it finds by itself."""

    term: str
    count: int


class ReceiptQuery(msgspec.Struct, frozen=True):
    """How the query was read. `relaxed`: no document has all its words, and those with some were found.

    `terms` is empty unless the query was relaxed or found nothing. `expand`: whether other names and
    spellings were looked for, and dates and directions recognised.
    """

    text: str
    understood: str
    match: str
    relaxed: bool
    expand: bool
    diagnostics: Sequence[ReceiptDiagnostic]
    expanded: Sequence[ReceiptExpansion]
    interpretations: Sequence[ReceiptInterpretation]
    terms: Sequence[ReceiptTerm]


class ReceiptFilter(msgspec.Struct, frozen=True):
    """A filter on a field."""

    field: str
    op: FilterOp
    value: str


class ReceiptDateCounts(msgspec.Struct, frozen=True):
    """Documents that match all else: `certain` of the dates, `possible`, and `undated` (see `DateCounts`)."""

    certain: int
    possible: int
    undated: int


class ReceiptDates(msgspec.Struct, frozen=True):
    """How filters on dates are applied, and to how many documents; no counts without such a filter.

    `match`: a document's date must overlap the dates, or lie within them. `undated`: what becomes of
    documents without a date.
    """

    match: DateMatch
    undated: Undated
    counts: ReceiptDateCounts | None


class ReceiptIndex(msgspec.Struct, frozen=True):
    """The state of the index that was searched, and the time of its last update (RFC 3339, UTC)."""

    generation: str
    documents: int
    engine: str
    updated: str


class ReceiptProgram(msgspec.Struct, frozen=True):
    """The program that searched."""

    name: str
    version: str


class ReceiptLinks(msgspec.Struct, frozen=True):
    """The addresses of the search as a page and as JSON, and of its receipt."""

    html: str
    json: str
    receipt: str


class Receipt(msgspec.Struct, frozen=True):
    """One search: what was asked of which archive when (RFC 3339, UTC), and `total`, the documents found."""

    searched: str
    archive: str
    query: ReceiptQuery
    filters: Sequence[ReceiptFilter]
    dates: ReceiptDates
    order: Sort
    total: int
    index: ReceiptIndex
    program: ReceiptProgram
    links: ReceiptLinks


def receipt(
    answer: Answer, dates: DateCounts | None, *, archive: str, searched: datetime, links: ReceiptLinks
) -> Receipt:
    """The receipt of an answer; `dates` are the counts of its question, from the same commit.

    `searched` is a time with a time zone.
    """
    question, index = answer.question, answer.index
    return Receipt(
        searched=f"{searched.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        archive=archive,
        query=_query(answer.query, answer),
        filters=[ReceiptFilter(item.field, item.op, item.value) for item in question.filters],
        dates=ReceiptDates(
            question.date_match,
            question.undated or ("exclude" if dates else "include"),
            ReceiptDateCounts(dates.certain, dates.possible, dates.undated) if dates else None,
        ),
        order=question.order,
        total=answer.total,
        index=ReceiptIndex(index.generation, index.documents, index.engine, index.updated),
        program=ReceiptProgram("Opis", search.__version__),
        links=links,
    )


def _query(query: UnderstoodQuery, answer: Answer) -> ReceiptQuery:
    terms = answer.explain_zero.terms if answer.explain_zero else ()
    return ReceiptQuery(
        query.text,
        query.understood,
        query.match,
        query.relaxed,
        answer.question.expand,
        [ReceiptDiagnostic(**asdict(item)) for item in query.diagnostics],
        [ReceiptExpansion(item.source, item.to) for item in query.expanded],
        [
            ReceiptInterpretation(item.kind, item.text, item.count, answer.prefers_interpretations)
            for item in query.interpretations
        ],
        [ReceiptTerm(item.term, item.count) for item in terms],
    )
