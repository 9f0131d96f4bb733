"""The receipt of a search as text: labelled lines for a footnote, an appendix or the foot of a page."""

from collections.abc import Iterator
from datetime import datetime

from search.messages import Message, gettext, ngettext
from search.one_line import one_line
from search.receipt.receipt import Receipt, ReceiptDates, ReceiptInterpretation, ReceiptQuery
from search.request import Sort, Undated
from search.schema import Schema
from search.wording.dates import day_text
from search.wording.filters import filter_text
from search.wording.zero_results import quoted_term

_ORDERS: dict[Sort, Message] = {
    "relevance": Message("by relevance"),
    "-date": Message("newest first"),
    "date": Message("oldest first"),
    "title": Message("by title"),
    "-indexed": Message("recently added first"),
}
_UNDATED: dict[Undated, Message] = {
    # Translators: what became of the undated documents.
    "include": Message("included"),
    "exclude": Message("left out"),
    "only": Message("the only ones searched"),
}
_MATCH: dict[str, Message] = {
    "all": Message("all had to match"),
    "any": Message("any of them had to match"),
    "most": Message("any of them had to match; documents with most of them first"),
}

_KINDS = {
    # Translators: what a part of a query is recognised as.
    "date": Message("date"),
    "direction": Message("direction"),
    "title": Message("title"),
}


def receipt_lines(receipt: Receipt, schema: Schema) -> list[tuple[str, str]]:
    """The receipt as lines of a label and a text; labels may repeat. Each text is one line."""
    return [(label, one_line(text)) for label, text in _lines(receipt, schema)]


def receipt_text(receipt: Receipt, schema: Schema) -> str:
    """The receipt as lines of text, each `Label: text`, with a newline at the end."""
    return "".join(f"{label}: {text}\n" for label, text in receipt_lines(receipt, schema))


def _lines(receipt: Receipt, schema: Schema) -> Iterator[tuple[str, str]]:
    query, index = receipt.query, receipt.index
    searched = datetime.fromisoformat(receipt.searched)
    day = day_text(searched.toordinal())
    yield gettext("Search"), f"{receipt.archive}, {day}, {searched:%H:%M:%S} UTC"
    if query.text.strip():
        # Translators: the query as it was typed.
        yield gettext("Typed"), query.text
        yield from _query(query)
    else:
        yield gettext("Typed"), gettext("nothing: all documents")
    for item in receipt.filters:
        yield gettext("Filter"), filter_text(item, schema)
    yield from _dates(receipt.dates)
    yield gettext("Order"), gettext(_ORDERS[receipt.order])
    yield gettext("Found"), _found(receipt)
    for term in query.terms if len(query.terms) > 1 else ():
        # Translators: how many documents have a part of the query.
        yield gettext("By itself"), f"{term.term}: {_documents(term.count)}"
    yield (
        gettext("Index"),
        gettext(
            "generation %(generation)s, updated %(updated)s, engine %(engine)s",
            generation=index.generation,
            updated=index.updated,
            engine=index.engine,
        ),
    )
    yield gettext("Program"), f"{receipt.program.name} {receipt.program.version}"
    yield gettext("Address"), receipt.links.html


def _query(query: ReceiptQuery) -> Iterator[tuple[str, str]]:
    # Translators: how the query was understood.
    yield gettext("Understood"), query.understood or gettext("no word to search for")
    if query.relaxed:
        yield gettext("Words"), gettext("no document has all of them; those with some of them were found")
    else:
        yield gettext("Words"), gettext(_MATCH[query.match])
    for expansion in query.expanded:
        others = ", ".join(map(quoted_term, expansion.to))
        yield (
            gettext("Also searched"),
            gettext("%(others)s for %(word)s", others=others, word=quoted_term(expansion.source)),
        )
    if not query.expand:
        yield gettext("Also searched"), gettext("nothing: no other names or spellings")
    for found in query.interpretations:
        yield gettext("Recognised"), _recognised(found)
    for diagnostic in query.diagnostics:
        yield gettext("Note"), gettext(diagnostic.sentence)


def _recognised(found: ReceiptInterpretation) -> str:
    text, kind = quoted_term(found.text), _KINDS[found.kind]
    if found.first:
        return ngettext(
            "%(text)s as a %(kind)s; %(num)s document fits it and came first, none was left out",
            "%(text)s as a %(kind)s; %(num)s documents fit it and came first, none was left out",
            found.count,
            text=text,
            kind=kind,
        )
    return ngettext(
        "%(text)s as a %(kind)s; %(num)s document fits it and was not put first, none was left out",
        "%(text)s as a %(kind)s; %(num)s documents fit it and were not put first, none was left out",
        found.count,
        text=text,
        kind=kind,
    )


def _dates(dates: ReceiptDates) -> Iterator[tuple[str, str]]:
    if dates.counts and dates.match == "overlap":
        yield gettext("Dates"), gettext("a document's date had to overlap these")
    elif dates.counts:
        yield gettext("Dates"), gettext("a document's date had to lie wholly within these")
    undated = gettext(_UNDATED[dates.undated])
    if dates.counts:
        others = ngettext(
            "%(num)s document that fit otherwise",
            "%(num)s documents that fit otherwise",
            dates.counts.undated,
        )
        yield gettext("Undated"), f"{undated}; {others}"
    elif dates.undated != "include":
        yield gettext("Undated"), undated


def _found(receipt: Receipt) -> str:
    found = ngettext(
        "%(found)s of %(num)s document",
        "%(found)s of %(num)s documents",
        receipt.index.documents,
        found=receipt.total,
    )
    counts = receipt.dates.counts
    if counts is None or not receipt.total or receipt.dates.undated == "only":
        return found
    if receipt.dates.match == "within":
        return gettext(
            "%(found)s, certainly of these dates; %(possible)s more that overlap them were left out",
            found=found,
            possible=counts.possible,
        )
    parts = [
        gettext("%(number)s certainly of these dates", number=counts.certain),
        gettext("%(number)s possibly", number=counts.possible),
    ]
    if receipt.dates.undated == "include":
        parts.append(gettext("%(number)s undated", number=counts.undated))
    return f"{found}: {', '.join(parts)}"


def _documents(count: int) -> str:
    return ngettext("%(num)s document", "%(num)s documents", count)
