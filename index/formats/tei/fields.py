"""What TEI markup states about a document: heading, dateline, correspondents, source, header."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.extracted import Values
from index.formats.support import properties
from index.formats.support.elements import names
from index.formats.support.stream import language_of, name_of
from index.formats.tei.text import line_of, lines_of
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.names import display_name

if TYPE_CHECKING:
    from lxml.etree import _Element

Fields = dict[str, Values]

_NAMES = names("tei", "names")
_SENDER = names("tei", "sender")
_RECIPIENT = names("tei", "recipient")
_DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?")
_TIME_END = re.compile(r"\bm\.$")
_STATED_YEAR = re.compile(r"-?\d{4}")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_ENCLOSING = names("tei", "enclosing")
_SOURCE = re.compile(r"^\W*source\s*:\s*", re.IGNORECASE)
_AFTER_STOP = re.compile(r"(?<=\.)\s+")
_MAIN_TITLES = ("complete", "main", "full", "volume", None)


def found(element: "_Element", *wanted: str) -> Iterator["_Element"]:
    """The elements of these names that belong to the document itself, not to what it encloses."""
    for name in wanted:
        for one in element.iter(f"{{*}}{name}"):
            if not any(name_of(above) in _ENCLOSING for above in _between(one, element)):
                yield one


def head_of(element: "_Element") -> "_Element | None":
    """The heading of a document: its own first, or that of the only part it begins with."""
    for child in element:
        if name_of(child) == "head":
            return child
        if name_of(child) in {"body", "div", "div1", "front", "group"}:
            return head_of(child)
        if name_of(child) in {"p", "opener", "list", "table"}:
            return None
    return None


def fields_of(element: "_Element", head: "_Element | None", labels: Labels) -> Fields:
    """What the markup of a document states."""
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
    """Who signs a document, as its first signature has it; an office behind the name is left out."""
    for signed in found(element, "signed"):
        name = next((line_of(one) for one in found(signed, "persName", "name")), "")
        lines = lines_of(signed)
        return name or re.split(r",\s|\s\(", lines[0])[0].strip(" []") if lines else ""
    return ""


def collection_of(header: "_Element") -> str:
    """The title of the volume or collection that a header describes."""
    titles = [title for stmt in header.iter("{*}titleStmt") for title in stmt if name_of(title) == "title"]
    for kind in _MAIN_TITLES:
        for title in titles:
            if title.get("type") == kind and (text := line_of(title)):
                return text
    return next(filter(None, map(line_of, titles)), "")


def header_fields(header: "_Element") -> Fields:
    """What the header of a text states about it, where the text is one document."""
    actions = list(header.iter("{*}correspAction"))
    sent = [action for action in actions if action.get("type") in _SENDER]
    received = [action for action in actions if action.get("type") in _RECIPIENT]
    dates = [date for action in sent for date in action.iter("{*}date")]
    dates = dates or [date for part in header.iter("{*}creation", "{*}origDate") for date in _dates_in(part)]
    languages = [one for usage in header.iter("{*}langUsage") for one in usage.iter("{*}language")]
    places = (line_of(place) for action in sent for place in action.iter("{*}placeName", "{*}settlement"))
    return {
        "title": collection_of(header),
        "authors": _people(sent) or _people_in(header.iter("{*}titleStmt"), "author"),
        "recipients": _people(received),
        "subjects": tuple(dict.fromkeys(filter(None, map(line_of, header.iter("{*}term"))))),
        "summary": "\n\n".join(line for part in header.iter("{*}abstract") for line in lines_of(part)),
        "language": _language(languages[0]) if len(languages) == 1 else "",
        "place": next(filter(None, places), ""),
        **_date(dates, " ".join(map(line_of, dates[:1]))),
    }


def _between(element: "_Element", top: "_Element") -> Iterator["_Element"]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _sums_up(note: "_Element") -> bool:
    return note.get("type") == "summary" or name_of(note) == "abstract"


def _named(places: Iterable["_Element"], roles: frozenset[str]) -> tuple[str, ...]:
    """The names to which the markup gives one of these roles."""
    marked = (
        one
        for place in places
        for one in place.iter("{*}*")
        if name_of(one) in _NAMES and {one.get("type"), one.get("role")} & roles
    )
    return tuple(dict.fromkeys(filter(None, (display_name(line_of(one)) for one in marked))))


def _people(actions: Iterable["_Element"]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for action in actions
            for one in action
            if name_of(one) in {"persname", "orgname", "name", "rs"} and (name := display_name(line_of(one)))
        )
    )


def _people_in(places: Iterable["_Element"], name: str) -> tuple[str, ...]:
    people = (display_name(line_of(one)) for place in places for one in place.iter(f"{{*}}{name}"))
    return tuple(dict.fromkeys(filter(None, people)))


def _byline(element: "_Element") -> tuple[str, ...]:
    return _people_in([element], "docAuthor")


def _language(language: "_Element") -> str:
    return line_of(language) or properties.language(language.get("ident"))


def _when_and_where(element: "_Element", labels: Labels) -> Fields:
    """Date and place of the first dateline; else the days for which an edition lists the document."""
    dateline = next(found(element, "dateline"), None)
    if dateline is not None:
        place = next(filter(None, map(line_of, dateline.iter("{*}placeName"))), "")
        written = line_of(dateline)
        for name in dateline.iter("{*}placeName"):
            written = written.replace(line_of(name), " ", 1)
        if date := _date(_dates_in(dateline), _without_edges(written)):
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
    if not (_DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return {}
    return {"date": first if first == last else f"{first}/{last}"}


def _dates_in(element: "_Element") -> list["_Element"]:
    return list(element.iter("{*}date", "{*}origDate"))


def _date(dates: Iterable["_Element"], written: str) -> Fields:
    """From the first to the last day that dates state in their attributes."""
    dates = list(dates)
    ends = [end for date in dates if (end := _ends(date))]
    if not ends or _contradicts(ends, written):
        marked = " ".join(map(line_of, dates))  # less than the whole line, if that is not understood
        date = parse_date(written)
        words = written if date and date.understood else marked or written
        return {"date": words} if any(map(str.isdigit, words)) else {}
    first, last = min(end[0] for end in ends), max(end[1] for end in ends)
    return {"date": first if first == last else f"{first}/{last}", "date_written": written}


def _contradicts(ends: list[tuple[str, str]], written: str) -> bool:
    """Whether the years that are written are not those of the attributes, give or take a calendar."""
    years = {int(year) for year in _YEAR.findall(written)}
    stated = {int(match[0]) for end in ends for day in end if (match := _STATED_YEAR.match(day))}
    return bool(years and stated) and all(abs(year - other) > 1 for year in years for other in stated)


def _ends(date: "_Element") -> tuple[str, str] | None:
    """The first and last day of a date, as EDTF."""
    doubt = "?" if date.get("cert") in {"low", "medium", "unknown"} else ""
    doubt = doubt or ("~" if date.get("precision") in {"low", "medium"} else "")

    def day(*names: str) -> str:
        match = next(filter(None, (_DAY.match(date.get(name) or "") for name in names)), None)
        return f"{match[0]}{doubt}" if match else ""

    if when := day("when", "when-iso", "value"):
        return when, when
    first, last = day("from", "notBefore", "from-iso"), day("to", "notAfter", "to-iso")
    return (first or "..", last or "..") if first or last else None


def _town(place: str, labels: Labels) -> str:
    """A place without the office that stands before it: `Department of State, Washington`."""
    parts = [part.strip(" .[]()") for part in place.strip(" ,.[]()").split(",")]
    offices = {word.casefold() for word in labels.words("offices", "words")}
    towns = list(parts)
    while towns and {word.casefold() for word in towns[0].split()} & offices:
        del towns[0]
    return ", ".join(filter(None, towns or parts))


def _source(text: str, labels: Labels) -> Fields:
    """What a source note states: `Source: Archive, file. Secret; Priority. Drafted by …`."""
    text = _SOURCE.sub("", text)
    if not text:
        return {}
    pieces = _AFTER_STOP.split(text)
    for at, piece in enumerate(pieces):
        marking = piece.rstrip(". ")
        if labels.is_classification(re.split(r"[;,]", marking)[0]):
            return {"reference": " ".join(pieces[:at]).rstrip(". "), "classification": marking}
    return {"reference": text.rstrip(". ")}
