"""Catalogue records in XML, one after the other: a document a record, in the memory of one record."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.catalogue import dublin_core, mods
from index.formats.catalogue.marc import DataField, MarcRecord
from index.formats.catalogue.marc import document as marc_document
from index.formats.format import ReadContext
from index.formats.support.stream import drop, events, name_of
from index.formats.support.tree import text_of
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOOKED_AT = 60  # elements by which a family is recognised
_MOST_ELEMENTS = 200_000  # in one record, which is held whole
_MARC = frozenset({"leader", "controlfield", "datafield"})
_WRAPPERS = frozenset(
    {"dc", "metadata", "record", "records", "qualifieddc", "simpledc", "collection", "list", "items"}
)
_Read = Callable[[SourceFile, int, "_Element", str], Extracted]


def is_catalogue(file: SourceFile) -> bool:
    """Whether an XML file consists of records that are read here. Raises ReadError and OSError."""
    return bool(_family(file))


def read(file: SourceFile, context: ReadContext) -> Iterator[Extracted | BadRecord]:
    """The records of a file, in order; deleted ones of a harvest are left out.

    Raises ReadError behind the last whole record if the file is broken or cut short.
    """
    family = _family(file)
    number = elements = inside = 0
    for event, element in events(file, context.remarks):
        name = name_of(element)
        if event == "start":
            inside += _is_record(element, name, family)
            elements += 1
            if elements > _MOST_ELEMENTS:
                raise ReadError(f"A record of it has more than {_MOST_ELEMENTS:,} elements.")
            continue
        if name == "error" and family == "oai-pmh":
            raise ReadError(
                f"It is a harvest that failed: {text_of(element).strip() or element.get('code')}."
            )
        if name == "resumptiontoken" and (element.text or "").strip():
            context.remarks.append("It is one answer of a harvest; the list goes on in another.")
        if not inside:
            drop(element)
        elif _is_record(element, name, family):
            inside -= 1
            if not inside:
                number += 1
                if document := _document(file, number, element, family):
                    yield document
                elements = 0
                drop(element)


def _family(file: SourceFile) -> str:
    """Of which family of records a file is: marc, mods, oai-pmh or dc; "" for any other XML."""
    root = ""
    for count, (event, element) in enumerate(events(file)):
        name = name_of(element)
        root = root or name
        if root == "oai-pmh":
            return root
        if event == "start" and root in {"mods", "modscollection"}:
            return "mods"
        if name in _MARC and root in {"collection", "record", "records", "marc"}:
            return "marc"
        if root in _WRAPPERS and dublin_core.is_term(element):
            return "dc"
        if root not in _WRAPPERS | {"marc"} or count > 2 * _LOOKED_AT:
            return ""
    return ""


def _is_record(element: "_Element", name: str, family: str) -> bool:
    match family:
        case "marc" | "oai-pmh":
            return name == "record"
        case "mods":
            return name == "mods"
    return name in _WRAPPERS and any(dublin_core.is_term(child) for child in element)


def _document(
    file: SourceFile, number: int, element: "_Element", family: str
) -> Extracted | BadRecord | None:
    if family == "oai-pmh":
        return _harvested(file, number, element)
    return _READ[family](file, number, element, "")


def _harvested(file: SourceFile, number: int, element: "_Element") -> Extracted | BadRecord | None:
    """A record of an OAI-PMH answer (https://www.openarchives.org/OAI/openarchivesprotocol.html)."""
    header = next(element.iterchildren("{*}header"), None)
    if header is not None and header.get("status") == "deleted":
        return None
    own_id = (
        ""
        if header is None
        else next((text_of(one).strip() for one in header.iterchildren("{*}identifier")), "")
    )
    inside = next(
        (one for part in element.iterchildren("{*}metadata") for one in part.iterchildren("{*}*")), None
    )
    if inside is None:
        return BadRecord(number, "The record has no metadata.")
    name = name_of(inside)
    family = {"record": "marc", "mods": "mods"}.get(
        name, "dc" if any(map(dublin_core.is_term, inside)) else ""
    )
    if family == "marc" and not any(name_of(child) in _MARC for child in inside):
        family = "dc" if any(map(dublin_core.is_term, inside)) else ""
    if not family:
        return BadRecord(
            number, f"The record's metadata is in {name!r}, which is not read: harvest oai_dc instead."
        )
    return _READ[family](file, number, inside, own_id)


def _marc(file: SourceFile, number: int, element: "_Element", own_id: str) -> Extracted:
    leader, control, data = "", list[tuple[str, str]](), list[DataField]()
    for child in element:
        match name_of(child):
            case "leader":
                leader = child.text or ""
            case "controlfield":
                control.append(((child.get("tag") or "").zfill(3), child.text or ""))
            case "datafield":
                pairs = ((one.get("code") or "", text_of(one)) for one in child if name_of(one) == "subfield")
                data.append(DataField((child.get("tag") or "").zfill(3), tuple(pairs)))
    return marc_document(file, number, MarcRecord(leader, tuple(control), tuple(data)), own_id)


_READ: Mapping[str, _Read] = {"marc": _marc, "mods": mods.document, "dc": dublin_core.document}
