"""The receipt of a search: all that its result rests on, also where nothing was found.

Equal searches of one generation of an index have equal receipts, but for the time.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

import search
from search.answer import Answer, DateCertainty, UnderstoodQuery
from search.calendar import timestamp
from search.query.diagnostics import Diagnostic
from search.request import DateMatch, Filter, Sort, Undated
from search.results import TermCount


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
    diagnostics: Sequence[Diagnostic]
    expanded: Sequence[ReceiptExpansion]
    interpretations: Sequence[ReceiptInterpretation]
    terms: Sequence[TermCount]


class ReceiptDates(msgspec.Struct, frozen=True):
    """How filters on dates are applied, and to how many documents; no counts without such a filter.

    `match`: a document's date must overlap the dates, or lie within them. `undated`: what becomes of
    documents without a date.
    """

    match: DateMatch
    undated: Undated
    counts: DateCertainty | None


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
    filters: Sequence[Filter]
    dates: ReceiptDates
    order: Sort
    total: int
    index: ReceiptIndex
    program: ReceiptProgram
    links: ReceiptLinks


def receipt(
    answer: Answer, dates: DateCertainty | None, *, archive: str, searched: datetime, links: ReceiptLinks
) -> Receipt:
    """The receipt of an answer; `dates` are the counts of its question, from the same commit.

    `searched` is a time with a time zone.
    """
    question, index = answer.question, answer.index
    return Receipt(
        searched=timestamp(searched.timestamp()),
        archive=archive,
        query=_query(answer.query, answer),
        filters=question.filters,
        dates=ReceiptDates(
            question.date_match, question.undated or ("exclude" if dates else "include"), dates
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
        query.diagnostics,
        [ReceiptExpansion(item.source, item.to) for item in query.expanded],
        [
            ReceiptInterpretation(item.kind, item.text, item.count, answer.prefers_interpretations)
            for item in query.interpretations
        ],
        terms,
    )
