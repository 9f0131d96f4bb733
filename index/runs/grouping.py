"""Which files are one document? The pages of a volume, each of which is a file.

Files are grouped before they are compared with the manifest. A group has one entry there: its key covers the
contents of all members, so that a page that changes, comes or goes is a change of its document. Readers get
the members in reading order (`ReadContext.members`). A page is grouped by a file that lists it (METS), else
with the other pages of its kind in its folder. One that stands alone, or has metadata of its own beside
it, is a document of its own.

A transcript and its scans are one document, too: files of one name in one folder.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.formats import BY_NAME, BY_SUFFIX, FORMATS, IMAGES, Format
from index.runs.inspection import Inspected
from index.sources.files import SourceFile
from index.sources.sidecar import Sidecar, merged

_SUFFIXES = {".xml", *(suffix for form in FORMATS if form.pages or form.lists for suffix in form.suffixes)}
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a document, and what was found out about it."""

    file: SourceFile
    inspected: Inspected

    @property
    def form(self) -> Format | None:
        """Its format; None if it is not read."""
        return BY_NAME.get(self.inspected.format)

    @property
    def named_form(self) -> Format | None:
        """Its format; of a file that is withheld, and so was not looked into, the one of its suffix."""
        return BY_SUFFIX.get(self.file.suffix) if self.inspected.sidecar.withheld_by else self.form


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The `first` file, and the `members` that are one document with it, in reading order.

    `name` is that by which the document is known. `scans` are pictures of its text, or PDF files with it.
    """

    first: Candidate
    name: str
    members: tuple[Candidate, ...] = ()
    scans: tuple[Candidate, ...] = ()

    @property
    def sidecar(self) -> Sidecar:
        """What is stated about the document; what is stated about a scan counts less, and gives no text."""
        return merged([*(scan.inspected.sidecar for scan in self.scans), self.first.inspected.sidecar])

    @property
    def file(self) -> SourceFile:
        """The first file under the name of the document."""
        return replace(self.first.file, name=self.name)

    @property
    def why_skipped(self) -> str:
        """Why the file is not to be indexed; empty if it is."""
        inspected, form = self.first.inspected, self.first.form
        if withheld_by := self.sidecar.withheld_by:
            return f"It is withheld by {withheld_by}."
        if form and form.lists and not self.members:
            return f"It is a {form.name} file, of which none of the pages that it lists was found."
        return inspected.why_not


def grouped(candidates: Iterable[Candidate], *, folder: bool = True) -> Iterator[FileGroup]:
    """Every file in one group, those that stand alone first; nothing is grouped outside of a `folder`."""
    pages: dict[Path, Candidate] = {}
    lists: list[Candidate] = []
    others: list[Candidate] = []
    for one in candidates:
        form = one.form if folder and one.file.suffix in _SUFFIXES else None
        if form and form.lists:
            lists.append(one)
        elif form and form.pages and one.inspected.sidecar == Sidecar():
            pages[one.file.path] = one
        else:
            others.append(one)
    yield from _with_scans(others) if folder else (FileGroup(one, one.file.name) for one in others)
    for one in lists:
        yield _listed(one, pages)
    yield from _by_folder(pages.values())


def natural_key(name: str) -> list[tuple[int, str]]:
    """A key by which names are sorted as people do: `page 2` before `page 10`."""
    parts = _DIGITS.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _with_scans(files: Iterable[Candidate]) -> Iterator[FileGroup]:
    """Each file in a group, with its scans if there are any: files of its name in its folder.

    A transcript has scans if it is the only one of its name; so has a PDF file that has no transcript.
    """
    alike: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in files:
        folder, _, name = one.file.name.rpartition("/")
        alike[folder, name.casefold().removesuffix(one.file.suffix)].append(one)
    for group in alike.values():
        texts = [one for one in group if one.named_form and one.named_form.is_transcript]
        pdfs = [one for one in group if one.named_form and one.named_form.is_scan]
        images = [one for one in group if not one.form and one.file.suffix in IMAGES]
        first, scans = (texts, [*pdfs, *images]) if texts else (pdfs, images)
        if len(first) != 1:
            scans = []
        for one in group:
            if one not in scans:
                yield FileGroup(one, one.file.name, scans=tuple(scans) if one in first else ())


def _listed(one: Candidate, pages: dict[Path, Candidate]) -> FileGroup:
    """A file with the pages that it lists and that nothing listed before."""
    by_name: defaultdict[str, list[Path]] = defaultdict(list)
    for path in pages:
        if path.is_relative_to(one.file.path.parent):
            by_name[path.name].append(path)
    members: dict[Path, Candidate] = {}
    for path in (Path(os.fsdecode(listed)) for listed in one.inspected.lists):
        alike = by_name.get(path.name, [])
        found = path if path in pages else alike[0] if len(alike) == 1 else None
        if found and found in pages:
            members[found] = pages.pop(found)
    return FileGroup(one, one.file.name, tuple(members.values()))


def _by_folder(pages: Iterable[Candidate]) -> Iterator[FileGroup]:
    """The pages of each folder, known by its name; it is opened by the first of them."""
    folders: defaultdict[tuple[Path, str], list[Candidate]] = defaultdict(list)
    for page in pages:
        if page.form:
            folders[page.file.path.parent, page.form.pages].append(page)
    for (_, kind), members in folders.items():
        members.sort(key=lambda page: natural_key(page.file.name))
        if len(members) == 1:
            yield FileGroup(members[0], members[0].file.name)
            continue
        above, slash, _ = members[0].file.name.rpartition("/")
        yield FileGroup(members[0], f"{above}{slash}{kind}", tuple(members))
