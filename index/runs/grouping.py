"""Which files are one document? The pages of a volume, each of which is a file.

Files are grouped before they are compared with the manifest. A group has one entry there: its key covers the
contents of all members, so that a page that changes, comes or goes is a change of its document. Readers get
the members in reading order (`ReadContext.members`). A page is grouped by a file that lists it (METS), else
with the other pages of its kind in its folder. One that stands alone, or has metadata of its own beside
it, is a document of its own.

Whatever else belongs together, such as a scan and its transcript, is one more rule here that gives a
FileGroup: the file by whose name the document is known, and its members.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.extracted import ReadError
from index.formats import FORMATS, format_of
from index.sources.files import SourceFile
from index.sources.sidecar import Sidecar

_SUFFIXES = {".xml", *(suffix for form in FORMATS if form.pages or form.lists for suffix in form.suffixes)}
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FileGroup:
    """A file, its sidecar, and the `members` that are one document with it, in reading order."""

    file: SourceFile
    sidecar: Sidecar
    members: tuple[SourceFile, ...] = ()


def grouped(files: Iterable[tuple[SourceFile, Sidecar]], *, folder: bool = True) -> Iterator[FileGroup]:
    """Every file in one group, those that stand alone first; nothing is grouped outside of a `folder`."""
    pages: dict[Path, tuple[SourceFile, Sidecar, str]] = {}
    lists: list[tuple[SourceFile, Sidecar]] = []
    for file, sidecar in files:
        form = format_of(file) if folder and _may_belong(file, sidecar) else None
        if form and form.lists and not sidecar.withheld_by:
            lists.append((file, sidecar))
        elif form and form.pages and sidecar == Sidecar():
            pages[file.path] = file, sidecar, form.pages
        else:
            yield FileGroup(file, sidecar)
    for file, sidecar in lists:
        yield _listed(file, sidecar, pages)
    yield from _by_folder(pages.values())


def natural_key(name: str) -> list[tuple[int, str]]:
    """A key by which names are sorted as people do: `page 2` before `page 10`."""
    parts = _DIGITS.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _may_belong(file: SourceFile, sidecar: Sidecar) -> bool:
    return file.suffix in _SUFFIXES and not (file.error or file.skip or sidecar.withheld_by)


def _listed(
    file: SourceFile, sidecar: Sidecar, pages: dict[Path, tuple[SourceFile, Sidecar, str]]
) -> FileGroup:
    """A file with the pages that it lists and that nothing listed before."""
    form = format_of(file)
    try:
        wanted = list(form.lists(file)) if form and form.lists else []
    except (ReadError, OSError) as error:  # its pages are read without it
        return FileGroup(replace(file, error=error), sidecar)
    except Exception as error:  # whatever a stranger's file makes of a reader ends no run
        broken = ReadError(f"It could not be understood ({type(error).__name__}: {error}).")
        return FileGroup(replace(file, error=broken), sidecar)
    by_name: defaultdict[str, list[Path]] = defaultdict(list)
    for path in pages:
        if path.is_relative_to(file.path.parent):
            by_name[path.name].append(path)
    members: dict[SourceFile, None] = {}
    for path in wanted:
        alike = by_name.get(path.name, [])
        found = path if path in pages else alike[0] if len(alike) == 1 else None
        if found and found in pages:
            members[pages.pop(found)[0]] = None
    return FileGroup(file, sidecar, tuple(members))


def _by_folder(pages: Iterable[tuple[SourceFile, Sidecar, str]]) -> Iterator[FileGroup]:
    """The pages of each folder, known by its name; it is opened by the first of them."""
    folders: defaultdict[tuple[Path, str], list[SourceFile]] = defaultdict(list)
    for page, _, kind in pages:
        folders[page.path.parent, kind].append(page)
    for (_, kind), members in folders.items():
        members.sort(key=lambda page: natural_key(page.name))
        if len(members) == 1:
            yield FileGroup(members[0], Sidecar())
            continue
        above, slash, _ = members[0].name.rpartition("/")
        yield FileGroup(replace(members[0], name=f"{above}{slash}{kind}"), Sidecar(), tuple(members))
