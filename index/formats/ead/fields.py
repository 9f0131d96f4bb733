"""The fields of one unit of a finding aid: title, dates, containers, creators, subjects, notes."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.extracted import Passage, Values
from index.formats.ead.text import is_component, line_of, passages_of
from index.formats.support import properties
from index.formats.support.elements import names
from index.formats.support.stream import name_of
from index.metadata.names import display_name

if TYPE_CHECKING:
    from lxml.etree import _Element

Fields = dict[str, Values]

_SUBJECTS = names("ead", "subjects")
_CREATORS = names("ead", "creators")
_NOT_TEXT = names("ead", "not_text")
_GROUPS = names("ead", "groups")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)")
_HREF = "{http://www.w3.org/1999/xlink}href"
_OBJECTS = ("dao", "daogrp", "daoset")
_NO_END = "9999"


def did_of(unit: "_Element") -> "_Element | None":
    """The `did` of a unit, which identifies it."""
    return next((child for child in unit if name_of(child) == "did"), None)


def title_of(unit: "_Element") -> str:
    """The title of a unit without the dates inside it; the dates, if there is nothing else."""
    did = did_of(unit)
    if did is None:
        return ""
    for title in _named(did, "unittitle"):
        dates = [line_of(date) for date in title.iter("{*}unitdate")]
        text = line_of(title)
        for date in dates:
            text = text.replace(date, "", 1)
        if text.strip(" ,;:") or dates:
            return text.strip(" ,;:") or "; ".join(dates)
    return "; ".join(_lines(did, "unitdate", "unitdatestructured", "dateset"))


def fields_of(unit: "_Element") -> Fields:
    """The fields that a unit states itself; those of the units around it are not inherited here."""
    did = did_of(unit)
    if did is None:
        return {}
    languages = [one for part in _named(did, "langmaterial") for one in part.iter("{*}language")]
    return {
        "title": title_of(unit),
        "authors": _people(_named(did, "origination")),
        "subjects": _subjects(unit),
        "summary": "\n\n".join(_lines(did, "abstract")),
        "language": "; ".join(dict.fromkeys(filter(None, map(_language, languages)))),
        "type": (unit.get("otherlevel") if unit.get("level") == "otherlevel" else unit.get("level")) or "",
        "citation": " ".join(_texts(unit, "prefercite")),
        "source_url": next(_addresses(unit), ""),
        **_date(did),
    }


def extra_of(unit: "_Element") -> dict[str, str]:
    """What a unit states besides its fields."""
    did = did_of(unit)
    found = {
        "container": containers_of(unit),
        "extent": "; ".join(_lines(did, "physdesc", "physdescstructured")),
        "rights": "\n".join(_texts(unit, "userestrict")),
    }
    return {name: text for name, text in found.items() if text}


def containers_of(unit: "_Element") -> str:
    """The containers of a unit: `Box 1, Folder 3`."""
    named = (
        " ".join(filter(None, ((one.get("type") or one.get("localtype") or "").capitalize(), line_of(one))))
        for one in _named(did_of(unit), "container")
    )
    return ", ".join(dict.fromkeys(filter(None, named)))


def unit_id(unit: "_Element") -> str:
    """The call number of a unit."""
    return next(_lines(did_of(unit), "unitid"), "")


def repository_of(unit: "_Element") -> str:
    """The name of the repository that holds a unit."""
    return next(_lines(did_of(unit), "repository"), "")


def body_of(unit: "_Element") -> Iterator[Passage]:
    """The notes of a unit, those on scope and content first; descriptions of digital objects last."""
    notes = [note for note in _notes(unit) if name_of(note) not in _NOT_TEXT]
    for note in sorted(notes, key=_rank):
        yield from passages_of(note)
    for note in _named(did_of(unit), "note", "didnote", "materialspec", *_OBJECTS):
        yield from passages_of(note)


def _rank(note: "_Element") -> int:
    return (name_of(note) != "scopecontent") + (name_of(note) in _OBJECTS)


def _notes(unit: "_Element") -> Iterator["_Element"]:
    for child in unit:
        if name_of(child) in _GROUPS:
            yield from _notes(child)
        elif name_of(child) and not is_component(child):
            yield child


def _texts(unit: "_Element", name: str) -> Iterator[str]:
    for note in _notes(unit):
        if name_of(note) == name:
            yield from (passage.text for passage in passages_of(note) if passage.kind != "heading")


def _named(did: "_Element | None", *wanted: str) -> list["_Element"]:
    return [] if did is None else [child for child in did if name_of(child) in wanted]


def _lines(did: "_Element | None", *wanted: str) -> Iterator[str]:
    return filter(None, map(line_of, _named(did, *wanted)))


def _people(places: Iterable["_Element"]) -> tuple[str, ...]:
    people = (
        line_of(one)
        for place in places
        for one in ([child for child in place if name_of(child) in _CREATORS] or [place])
    )
    return tuple(dict.fromkeys(filter(None, map(display_name, people))))


def _subjects(unit: "_Element") -> tuple[str, ...]:
    terms = (
        display_name(line_of(term))
        for note in _notes(unit)
        if name_of(note) == "controlaccess"
        for term in note.iter("{*}*")
        if name_of(term) in _SUBJECTS
    )
    return tuple(dict.fromkeys(filter(None, terms)))


def _language(language: "_Element") -> str:
    return line_of(language).strip(" .,;") or properties.language(language.get("langcode"))


def _addresses(unit: "_Element") -> Iterator[str]:
    """Web addresses of digital objects."""
    for place in (*_notes(unit), *_named(did_of(unit), *_OBJECTS)):
        if name_of(place) in _OBJECTS:
            for one in place.iter("{*}*"):
                address = one.get(_HREF) or one.get("href") or one.get("xlink:href") or ""  # undeclared
                if address.startswith(("http://", "https://")):
                    yield address


def _date(did: "_Element") -> Fields:
    """The first date of a unit; a bulk date only if there is no other."""
    dates = [*did.iter("{*}unitdate", "{*}unitdatestructured")]
    dates.sort(key=lambda date: (date.get("type") or date.get("unitdatetype") or "") == "bulk")
    for date in dates:
        written = line_of(date)
        if normal := _normal(date):
            return {"date": normal, "date_written": written}
        if written:
            return {"date": written}
    return {}


def _normal(date: "_Element") -> str:
    """The normalized form of a date as EDTF; an end in the year 9999 is open."""
    normal = date.get("normal") or date.get("standarddate") or ""
    if not normal:
        days = [
            one.get("standarddate") or "" for one in date.iter("{*}fromdate", "{*}todate", "{*}datesingle")
        ]
        normal = "/".join(filter(None, days))
    ends = [_BASIC.sub(r"\1-\2-\3", end.strip()) for end in normal.split("/")]
    if len(ends) == 2 and (ends[1].startswith(_NO_END) or not ends[1]):
        ends[1] = ".."
    return ends[0] if len(set(ends)) == 1 else "/".join(ends)
