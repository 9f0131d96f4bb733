"""METS: which files are the pages of a document, and what is it? https://www.loc.gov/standards/mets/"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.extracted import Extracted, ReadError
from index.formats.catalogue import dublin_core, mods
from index.formats.support.stream import drop, events, name_of
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PAGES = 50_000

_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT_WHOLE = frozenset({"mods", "dc"})


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file that METS names: its address, and the number of its page."""

    address: str
    label: str = ""

    def path_from(self, folder: str) -> str:
        """Its path, if its address is one below or beside a folder; else its name alone."""
        parts = urlsplit(self.address)
        if parts.scheme not in {"", "file"}:
            return PurePosixPath(unquote(parts.path)).name
        return os.path.normpath(os.path.join(folder, unquote(parts.netloc + parts.path)))


def listed_files(file: SourceFile) -> list[ListedFile]:
    """The files that METS names, in the order of its physical structure, then of its list of files.

    Raises ReadError if it cannot be read, OSError if it cannot be opened.
    """
    addresses: dict[str, str] = {}
    ordered: dict[str, str] = {}  # id of a file -> label of its page
    labels: list[str] = []
    physical = False
    current = ""
    for event, element in events(file):
        name = name_of(element)
        if event == "start":
            match name:
                case "file":
                    current = element.get("ID") or ""
                case "flocat" if current:
                    addresses.setdefault(current, element.get(_HREF) or element.get("xlink:href") or "")
                case "structmap":
                    physical = (element.get("TYPE") or "").lower() == "physical"
                case "div":
                    labels.append(element.get("ORDERLABEL") or element.get("ORDER") or "")
                case "fptr" | "area" if (own := element.get("FILEID")) and (physical or own not in ordered):
                    ordered.setdefault(own, labels[-1] if labels and physical else "")
        else:
            if name == "div":
                labels.pop()
            drop(element)
        if len(addresses) > MAX_PAGES * 8:
            raise ReadError(f"It names more than {MAX_PAGES * 8:,} files.")
    named = [ListedFile(addresses[own], label) for own, label in ordered.items() if own in addresses]
    return named + [ListedFile(address) for own, address in addresses.items() if own not in ordered]


def paths(file: SourceFile) -> list[Path]:
    """The paths of the files that METS names, in order; those on other computers by their names alone."""
    folder = str(file.path.parent)
    return [Path(one.path_from(folder)) for one in listed_files(file)]


def description(file: SourceFile) -> Extracted:
    """What METS says of the document by MODS or Dublin Core; titles of its parts are kept beside it."""
    found: list[Extracted] = list(_descriptions(file))
    if not found:
        return Extracted(header=False)
    first = next((one for one in found if one.fields.get("title")), found[0])
    others = (str(one.fields.get("title", "")) for one in found if one is not first)
    parts = "; ".join(dict.fromkeys(filter(None, others)))
    extra: Mapping[str, str] = {**first.extra, **({"parts": parts} if parts else {})}
    fields = {name: value for name, value in first.fields.items() if name != "id"}
    return Extracted(first.passages, fields, extra, header=False)


def _descriptions(file: SourceFile) -> Iterator[Extracted]:
    kept: _Element | None = None
    inside = False
    for event, element in events(file):
        name = name_of(element)
        if name == "dmdsec":
            inside = event == "start"
        if event == "start":
            if kept is None and inside and name in {*_KEPT_WHOLE, "xmldata"}:
                kept = element
        elif kept is None or kept is element:
            if kept is element:
                yield from _described(file, element)
            kept = None
            drop(element)


def _described(file: SourceFile, element: "_Element") -> Iterator[Extracted]:
    """The records that stand in a section; those of Dublin Core may stand there without one around them."""
    for one in element.iter("{*}mods"):
        yield mods.document(file, 0, one)
        return
    dc = [one for one in element.iter("{*}*") if any(map(dublin_core.is_term, one))]
    if dc:
        yield dublin_core.document(file, 0, dc[0])
