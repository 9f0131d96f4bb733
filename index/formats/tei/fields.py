"""The fields that the markup of a TEI document states: heading, dateline, correspondents, source."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.extracted import Values
from index.formats.support import properties
from index.formats.support.elements import names
from index.formats.support.stream import language_of, name_of
from index.formats.tei.days import DAY, date_fields, dates_in
from index.formats.tei.people import people_in
from index.formats.tei.text import lines_of
from index.formats.tei.walk import line_of
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.names import display_name

if TYPE_CHECKING:
    from lxml.etree import _Element

Fields = dict[str, Values]

_NAMES = names("tei", "names")
_SENDER = names("tei", "sender")
_RECIPIENT = names("tei", "recipient")
_TIME_END = re.compile(r"\bm\.$")
_ENCLOSING = names("tei", "enclosing")
_SOURCE = re.compile(r"^\W*source\s*:\s*", re.IGNORECASE)
_AFTER_STOP = re.compile(r"(?<=\.)\s+")


def found(element: "_Element", *wanted: str) -> Iterator["_Element"]:
    """The elements of these names in a document, except those inside an attachment or quotation."""
    for name in wanted:
        for one in element.iter(f"{{*}}{name}"):
            if not any(name_of(above) in _ENCLOSING for above in _between(one, element)):
                yield one


def head_of(element: "_Element") -> "_Element | None":
    """The first heading of a document, or of the division or body that it begins with."""
    for child in element:
        if name_of(child) == "head":
            return child
        if name_of(child) in {"body", "div", "div1", "front", "group"}:
            return head_of(child)
        if name_of(child) in {"p", "opener", "list", "table"}:
            return None
    return None


def fields_of(element: "_Element", head: "_Element | None", labels: Labels) -> Fields:
    """The fields that the markup of a document states."""
    sources = [line_of(note) for note in found(element, "note") if note.get("type") == "source"]
    summary = [
        line for note in found(element, "note", "abstract") if _sums_up(note) for line in lines_of(note)
    ]
    correspondence: list[_Element] = [] if head is None else [head]
    return {
        "title": line_of(head),
        "authors": _named(correspondence, _SENDER) or _byline(element),
        "recipients": _named(correspondence, _RECIPIENT),
        "summary": "\n\n".join(summary),
        "language": properties.language(language_of(element)),
        **_when_and_where(element, labels),
        **_source("; ".join(sources), labels),
    }


def signed_of(element: "_Element") -> str:
    """The name in the first signature of a document, without the office after it."""
    for signed in found(element, "signed"):
        name = next((line_of(one) for one in found(signed, "persName", "name")), "")
        lines = lines_of(signed)
        return name or re.split(r",\s|\s\(", lines[0])[0].strip(" []") if lines else ""
    return ""


def _between(element: "_Element", top: "_Element") -> Iterator["_Element"]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _sums_up(note: "_Element") -> bool:
    return note.get("type") == "summary" or name_of(note) == "abstract"


def _named(places: Iterable["_Element"], roles: frozenset[str]) -> tuple[str, ...]:
    """The names that are marked up with one of these roles."""
    marked = (
        one
        for place in places
        for one in place.iter("{*}*")
        if name_of(one) in _NAMES and {one.get("type"), one.get("role")} & roles
    )
    return tuple(dict.fromkeys(filter(None, (display_name(line_of(one)) for one in marked))))


def _byline(element: "_Element") -> tuple[str, ...]:
    return people_in([element], "docAuthor")


def _when_and_where(element: "_Element", labels: Labels) -> Fields:
    """Date and place of the first dateline; else the dates in the edition's attributes."""
    dateline = next(found(element, "dateline"), None)
    if dateline is not None:
        place = next(filter(None, map(line_of, dateline.iter("{*}placeName"))), "")
        written = line_of(dateline)
        for name in dateline.iter("{*}placeName"):
            written = written.replace(line_of(name), " ", 1)
        if date := date_fields(dates_in(dateline), _without_edges(written)):
            return {"place": _town(place, labels), **date}
        if (parsed := parse_date(written)) and parsed.understood:
            return {"place": _town(place, labels), "date": parsed.text}
        return {"place": _town(place, labels), **_listed(element)}
    return _listed(element)


def _without_edges(written: str) -> str:
    text = " ".join(written.split()).strip(" ,;—–[]()")
    return text if _TIME_END.search(text) else text.strip(" .[]()")


def _listed(element: "_Element") -> Fields:
    bounds = {str(name).rpartition("}")[2]: str(value)[:10] for name, value in element.attrib.items()}
    first, last = bounds.get("doc-dateTime-min", ""), bounds.get("doc-dateTime-max", "")
    if not (DAY.fullmatch(first) and DAY.fullmatch(last)):
        return {}
    return {"date": first if first == last else f"{first}/{last}"}


def _town(place: str, labels: Labels) -> str:
    """A place without the office before it: `Washington` of `Department of State, Washington`."""
    parts = [part.strip(" .[]()") for part in place.strip(" ,.[]()").split(",")]
    offices = {word.casefold() for word in labels.words("offices", "words")}
    towns = list(parts)
    while towns and {word.casefold() for word in towns[0].split()} & offices:
        del towns[0]
    return ", ".join(filter(None, towns or parts))


def _source(text: str, labels: Labels) -> Fields:
    """Reference and classification of a note `Source: Archive, file. Secret; Priority. Drafted by …`."""
    text = _SOURCE.sub("", text)
    if not text:
        return {}
    pieces = _AFTER_STOP.split(text)
    for at, piece in enumerate(pieces):
        marking = piece.rstrip(". ")
        if labels.is_classification(re.split(r"[;,]", marking)[0]):
            return {"reference": " ".join(pieces[:at]).rstrip(". "), "classification": marking}
    return {"reference": text.rstrip(". ")}
