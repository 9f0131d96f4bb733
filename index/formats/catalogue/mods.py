"""MODS: a record as a document. https://www.loc.gov/standards/mods/userguide/"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.extracted import Extracted
from index.formats.catalogue.mapping import distinct, mapped, person, record, stated_date
from index.formats.support import properties
from index.formats.support.stream import name_of
from index.formats.support.tree import text_of
from index.record_fields import table
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOUBTS = {"approximate": "~", "questionable": "?", "inferred": ""}
_NAME_PARTS = ("termsOfAddress", "given", "", "family")


def document(file: SourceFile, number: int, mods: "_Element", own_id: str = "") -> Extracted:
    """The document that a record is."""
    fields, extra = mapped("mods", lambda place: values(mods, place))
    titles = [_title(one) for one in _found(mods, "titleInfo")]
    fields["title"] = next(filter(None, titles), "")
    fields["collection"] = next(_hosts(mods), "")
    people = _people(mods)
    fields |= {name: people.get(name, ()) for name in ("authors", "recipients")}
    fields["subjects"] = distinct(map(_subject, _found(mods, "subject")))
    fields["language"] = "; ".join(_languages(mods))
    places = table("mods")["fields"]["date"]
    fields["date"], others = stated_date(date for place in places for date in _dates(mods, place))
    extra["contributors"] = "; ".join(people.get("", ()))
    extra["other titles"] = "; ".join(distinct(title for title in titles if title != fields["title"]))
    extra["other dates"] = "; ".join(others)
    extra |= _unmapped(mods)
    return record(file, number, fields, extra, own_id)


def values(element: "_Element", place: str) -> Sequence[str]:
    """The texts at a path below an element."""
    return distinct(map(_text, _found(element, place)))


def _found(element: "_Element", place: str) -> list["_Element"]:
    return element.findall("/".join(f"{{*}}{step}" for step in place.split("/")))


def _text(element: "_Element") -> str:
    return " ".join(part for part in element.itertext() if isinstance(part, str))


def _title(info: "_Element") -> str:
    parts = {name_of(child): text_of(child).strip() for child in info if name_of(child)}
    title = f"{parts.get('nonsort', '')} {parts.get('title', '')}".strip().rstrip(" :")
    title = ": ".join(filter(None, [title, parts.get("subtitle")]))
    return " ".join(". ".join(filter(None, [title, parts.get("partnumber"), parts.get("partname")])).split())


def _hosts(mods: "_Element") -> Iterator[str]:
    """The titles of what holds the item, and of its series."""
    for kind in ("host", "series"):
        for info in _found(mods, f"relatedItem[@type='{kind}']/titleInfo"):
            if title := _title(info):
                yield title


def _people(mods: "_Element") -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in _found(mods, "name"):
        roles = [text_of(role) for role in _found(one, "role/roleTerm")]
        found.setdefault(person(roles), []).append(_name(one))
    return {field: distinct(names) for field, names in found.items()}


def _name(name: "_Element") -> str:
    """A name, whose parts stand in any order; dates of a life are none of them."""
    parts: dict[str, str] = {}
    for part in _found(name, "namePart"):
        kind = part.get("type") or ""
        parts[kind] = " ".join(filter(None, [parts.get(kind), text_of(part).strip()]))
    whole = " ".join(filter(None, (parts.get(kind, "") for kind in _NAME_PARTS)))
    return whole or next(iter(values(name, "displayForm")), "")


def _subject(subject: "_Element") -> str:
    parts = (
        _name(part)
        if name_of(part) == "name"
        else _title(part)
        if name_of(part) == "titleinfo"
        else _text(part)
        for part in subject
        if name_of(part) and name_of(part) not in {"cartographics", "geographiccode"}
    )
    return " -- ".join(distinct(parts))


def _languages(mods: "_Element") -> tuple[str, ...]:
    terms = [(term.get("type"), text_of(term).strip()) for term in _found(mods, "language/languageTerm")]
    spoken = [text for kind, text in terms if kind == "text"] or [text for _, text in terms]
    return distinct(map(properties.language, spoken))


def _dates(mods: "_Element", place: str) -> Iterator[str]:
    """The dates at a place as EDTF; two of them may be the ends of one."""
    ends: dict[str, str] = {}
    for date in _found(mods, place):
        text = text_of(date).strip()
        doubt = _DOUBTS.get(date.get("qualifier") or "", "") if text.replace("-", "").isdigit() else ""
        point = date.get("point") or ""
        if text and point in {"start", "end"}:
            ends.setdefault(point, f"{text}{doubt}")
        elif text:
            yield f"{text}{doubt}"
    if "start" in ends:
        yield f"{ends['start']}/{ends.get('end', '..')}"


def _unmapped(mods: "_Element") -> dict[str, str]:
    """The elements that have no place among ours, under their names."""
    mapping = table("mods")
    places: Iterable[str] = [
        *(place for kind in ("fields", "extra") for some in mapping[kind].values() for place in some),
        *mapping["fields"]["date"],
    ]
    known = {one for place in places for one in _found(mods, place)}
    ignored = set(mapping["ignored"].lower().split())
    found: dict[str, list[str]] = {}
    for child in mods:
        name = name_of(child)
        if not name or name in ignored or child in known:
            continue
        leaves = [
            one
            for one in child.iter("{*}*")
            if one not in known and not len(one) and (one.text or "").strip()
        ]
        for leaf in leaves:
            found.setdefault(name if leaf is child else f"{name} {name_of(leaf)}", []).append(leaf.text or "")
    return {label: "; ".join(distinct(texts)) for label, texts in found.items()}
