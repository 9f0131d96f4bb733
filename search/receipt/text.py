"""The receipt of a search as text: labelled lines for a footnote, an appendix or the foot of a page."""

from collections.abc import Iterator
from datetime import datetime

from search.one_line import one_line
from search.receipt.receipt import Receipt, ReceiptDates, ReceiptQuery
from search.request import Sort
from search.schema import Schema
from search.wording.counts import plural
from search.wording.dates import day_text
from search.wording.filters import filter_text
from search.wording.zero_results import quoted_term

_ORDERS: dict[Sort, str] = {
    "relevance": "by relevance",
    "-date": "newest first",
    "date": "oldest first",
    "title": "by title",
    "-indexed": "recently added first",
}
_UNDATED = {"include": "included", "exclude": "left out", "only": "the only ones searched"}


def receipt_lines(receipt: Receipt, schema: Schema) -> list[tuple[str, str]]:
    """The receipt as lines of a label and a text; labels may repeat. Each text is one line."""
    return [(label, one_line(text)) for label, text in _lines(receipt, schema)]


def receipt_text(receipt: Receipt, schema: Schema) -> str:
    """The receipt as lines of text, each `Label: text`, with a newline at the end."""
    return "".join(f"{label}: {text}\n" for label, text in receipt_lines(receipt, schema))


def _lines(receipt: Receipt, schema: Schema) -> Iterator[tuple[str, str]]:
    query, index = receipt.query, receipt.index
    searched = datetime.fromisoformat(receipt.searched)
    yield "Search", f"{receipt.archive}, {day_text(searched.toordinal())}, {searched:%H:%M:%S} UTC"
    if query.text.strip():
        yield "Typed", query.text
        yield from _query(query)
    else:
        yield "Typed", "nothing: all documents"
    for item in receipt.filters:
        yield "Filter", filter_text(item, schema)
    yield from _dates(receipt.dates)
    yield "Order", _ORDERS[receipt.order]
    yield "Found", f"{receipt.total:,} of {plural(index.documents, 'document')}{_certainty(receipt)}"
    for term in query.terms if len(query.terms) > 1 else ():
        yield "By itself", f"{term.term}: {plural(term.count, 'document')}"
    yield "Index", f"generation {index.generation}, updated {index.updated}, engine {index.engine}"
    yield "Program", f"{receipt.program.name} {receipt.program.version}"
    yield "Address", receipt.links.html


def _query(query: ReceiptQuery) -> Iterator[tuple[str, str]]:
    yield "Understood", query.understood or "no word to search for"
    if query.relaxed:
        yield "Words", "no document has all of them; those with some of them were found"
    else:
        yield (
            "Words",
            {
                "all": "all had to match",
                "any": "any of them had to match",
                "most": "any of them had to match; documents with most of them first",
            }[query.match],
        )
    for expansion in query.expanded:
        yield (
            "Also searched",
            f"{', '.join(map(quoted_term, expansion.to))} for {quoted_term(expansion.source)}",
        )
    if not query.expand:
        yield "Also searched", "nothing: no other names or spellings"
    for found in query.interpretations:
        fit = f"{plural(found.count, 'document')} {'fits' if found.count == 1 else 'fit'} it"
        order = "came first" if found.first else "were not put first"
        yield (
            "Recognised",
            f"{quoted_term(found.text)} as a {found.kind}; {fit} and {order}, none was left out",
        )
    for diagnostic in query.diagnostics:
        yield "Note", diagnostic.message


def _dates(dates: ReceiptDates) -> Iterator[tuple[str, str]]:
    if dates.counts:
        verb = "overlap" if dates.match == "overlap" else "lie wholly within"
        yield "Dates", f"a document's date had to {verb} these"
    if dates.counts or dates.undated != "include":
        count = f"; {plural(dates.counts.undated, 'document')} that fit otherwise" if dates.counts else ""
        yield "Undated", f"{_UNDATED[dates.undated]}{count}"


def _certainty(receipt: Receipt) -> str:
    counts = receipt.dates.counts
    if counts is None or not receipt.total or receipt.dates.undated == "only":
        return ""
    if receipt.dates.match == "within":
        return f", certainly of these dates; {counts.possible:,} more that overlap them were left out"
    parts = [f"{counts.certain:,} certainly of these dates", f"{counts.possible:,} possibly"]
    if receipt.dates.undated == "include":
        parts.append(f"{counts.undated:,} undated")
    return f": {', '.join(parts)}"
