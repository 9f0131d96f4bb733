"""METS: which files are the pages of a document, and what is it? https://www.loc.gov/standards/mets/"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.extracted import Extracted, ReadError
from index.formats.catalogue import dublin_core, mods
from index.formats.support.stream import drop, events, name_of
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FILES = 400_000

_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT_WHOLE = frozenset({"mods", "dc"})


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file that METS names: its address, the group it is in, its page by number from 1 and by label.

    The number is 0 where no physical structure says which page it is of.
    """

    address: str
    group: str = ""
    page: int = 0
    label: str = ""

    def path_from(self, folder: str) -> str:
        """Its path, if its address is one below or beside a folder; else its name alone, "" without one."""
        try:
            parts = urlsplit(self.address)
        except ValueError:  # brackets that hold no address of a computer
            return ""
        if parts.scheme not in {"", "file"}:
            return PurePosixPath(unquote(parts.path)).name
        return os.path.normpath(os.path.join(folder, unquote(parts.netloc + parts.path)))


def listed_files(file: SourceFile) -> list[ListedFile]:
    """The files that METS names, in the order of its physical structure, then of its list of files.

    Raises ReadError if it cannot be read, OSError if it cannot be opened.
    """
    found: dict[str, ListedFile] = {}
    ordered: dict[str, ListedFile] = {}  # as the physical structure has them
    groups: list[str] = []
    labels: list[str] = []
    physical = False
    current = ""
    pages = 0
    for event, element in events(file):
        name = name_of(element)
        if event == "end":
            if name == "div":
                labels.pop()
            elif name == "filegrp":
                groups.pop()
            drop(element)
            continue
        match name:
            case "filegrp":
                groups.append(element.get("USE") or element.get("ID") or "")
            case "file":
                current = element.get("ID") or ""
            case "flocat" if current and current not in found:
                address = element.get(_HREF) or element.get("xlink:href") or ""
                found[current] = ListedFile(address, groups[-1] if groups else "")
            case "structmap":
                physical = (element.get("TYPE") or "").lower() == "physical"
            case "div":
                pages += 1
                labels.append(element.get("ORDERLABEL") or element.get("ORDER") or "")
            case "fptr" | "area" if physical and (own := element.get("FILEID") or "") in found:
                label = labels[-1] if labels else ""
                ordered.setdefault(own, replace(found[own], page=pages, label=label))
        if len(found) > MAX_FILES:
            raise ReadError(f"It names more than {MAX_FILES:,} files.")
    return [*ordered.values(), *(one for own, one in found.items() if own not in ordered)]


def one_text_a_page(listed: Sequence[ListedFile]) -> list[ListedFile]:
    """Of several texts of a page, the one in the group that has most pages, then in the first such group."""
    counts = Counter(one.group for one in listed)
    best: dict[int, ListedFile] = {}
    for one in listed:
        known = best.get(one.page)
        if known is None or counts[one.group] > counts[known.group]:
            best[one.page] = one
    return [one for one in listed if not one.page or best[one.page] is one]


def paths(file: SourceFile) -> list[Path]:
    """The paths of the files that METS names, in order; those on other computers by their names alone."""
    folder = str(file.path.parent)
    return [Path(one.path_from(folder)) for one in listed_files(file)]


def label(file: SourceFile) -> str:
    """The label of the document: that of the METS file, or of the outermost division; "" if there is none."""
    for event, element in events(file):
        name = name_of(element)
        if event == "start" and name in {"mets", "div"}:
            if found := " ".join((element.get("LABEL") or "").split()):
                return found
            if name == "div":
                break
    return ""


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
