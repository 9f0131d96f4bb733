"""Which files of one source are new, changed, unchanged, vanished or not to be read?"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.extracted import ReadError
from index.formats import format_of, why_not_read
from index.metadata.labels import Labels
from index.runs.grouping import FileGroup, grouped
from index.runs.manifest import FileEntry, Manifest, SourceFailure
from index.runs.reading import file_key, unreadable
from index.sources.alias_file import FILE, read_aliases
from index.sources.files import walk
from index.sources.read_task import ReadTask
from index.sources.sidecar import described
from search.aliases import Aliases
from search.health_report import SourceProblem

KeyedTask = tuple[ReadTask, str]
"""A task and the key of its file (see `index.runs.reading.file_key`)."""


@dataclass(slots=True)
class SourceComparison:
    """The files of one source, sorted by what has to be done with them.

    `known` are its entries in the manifest; `unreadable` the names of those that stay because their
    files cannot be read now.
    """

    root: str
    known: Mapping[str, FileEntry]
    aliases: Aliases
    to_read: list[KeyedTask] = field(default_factory=list)
    unchanged: list[tuple[KeyedTask, FileEntry]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    skipped: list[SourceProblem] = field(default_factory=list)
    failed: list[SourceFailure] = field(default_factory=list)

    def vanished(self) -> list[str]:
        """The names of files that are gone."""
        unchanged = (keyed for keyed, _ in self.unchanged)
        present = {task.file.name for task, _ in (*self.to_read, *unchanged)} | self.unreadable
        return [name for name in self.known if name not in present]

    def documents_kept(self) -> int:
        """How many documents stay of files that cannot be read now."""
        return sum(len(self.known[name].documents) for name in self.unreadable)


def compare_source(
    root: str,
    source: str,
    manifest: Manifest,
    labels: Labels,
    *,
    everything: bool,
    on_file: Callable[[], None],
) -> SourceComparison:
    """Compare the files of a source with the manifest (see `index.runs.plan.make_plan`)."""
    before = Aliases.read(manifest.aliases.get(root, ""))
    aliases, failed = _read_aliases(source, before)
    found = SourceComparison(root, manifest.roots.get(root, {}), aliases, failed=failed)
    renamed = aliases.changed_from(before)
    for group in grouped(described(walk(source)), folder=os.path.isdir(source)):
        file, sidecar = group.file, group.sidecar
        on_file()
        if file.name == FILE and not file.error:
            continue
        if reason := _why_skipped(group):  # an entry of the file in the manifest vanishes
            found.skipped.append(SourceProblem(file.name, reason))
            continue
        task = ReadTask(file, sidecar, aliases, members=group.members)
        try:
            key = file_key(task, labels)
        except (OSError, ReadError) as error:
            found.failed.append(unreadable(file, error))
            found.unreadable |= {name for name in found.known if file.holds(name)}
            continue
        keyed, entry = (task, key), found.known.get(file.name)
        if entry and not everything and entry.is_as_before(key, renamed):
            found.unchanged.append((keyed, entry))
        else:
            found.to_read.append(keyed)
    return found


def _why_skipped(group: FileGroup) -> str:
    """Why a file is not to be indexed; empty if it is."""
    file, sidecar = group.file, group.sidecar
    if file.skip and not file.error:
        return file.skip
    if sidecar.withheld_by:
        return f"It is withheld by {sidecar.withheld_by}."
    if file.error:
        return ""
    form = format_of(file)
    if form and form.lists and not group.members:
        return f"It is a {form.name} file, of which none of the pages that it lists was found."
    return why_not_read(file)


def _read_aliases(source: str, before: Aliases) -> tuple[Aliases, list[SourceFailure]]:
    """The aliases of a source; those of the last run, and a failure, if they cannot be read."""
    try:
        return read_aliases(source), []
    except ReadError as error:
        return before, [SourceFailure(FILE, str(error))]
