"""Which files of one source are new, changed, unchanged, vanished or not to be read?"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.extracted import ReadError
from index.metadata.labels import Labels
from index.runs.candidates import candidates
from index.runs.grouping import grouped
from index.runs.inspection import AliasInspection, Inspector
from index.runs.manifest import FileEntry, Manifest, SourceFailure, unreadable
from index.runs.reading import file_key
from index.sources.alias_file import FILE
from index.sources.files import SourceFile, walk
from index.sources.read_task import ReadTask
from search.commit_data.aliases import Aliases
from search.commit_data.health_report import SourceProblem

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
    withheld: set[str] = field(default_factory=set)
    failed: list[SourceFailure] = field(default_factory=list)

    def keep(self, file: SourceFile, error: OSError | ReadError) -> None:
        """Note a file that cannot be read; its entries stay, and those below it if it is a folder."""
        self.failed.append(unreadable(file, error))
        self.unreadable |= {name for name in self.known if file.holds(name)}

    def vanished(self) -> list[str]:
        """The names of files that are gone."""
        unchanged = (keyed for keyed, _ in self.unchanged)
        present = {task.file.name for task, _ in (*self.to_read, *unchanged)} | self.unreadable
        return [name for name in self.known if name not in present]

    def documents_kept(self) -> int:
        """How many documents stay of files that cannot be read now."""
        return sum(len(self.known[name].documents) for name in self.unreadable)


def compare_source(  # noqa: PLR0913 - two sides to compare, and how
    root: str,
    source: str,
    manifest: Manifest,
    labels: Labels,
    inspector: Inspector,
    *,
    everything: bool,
    on_file: Callable[[], None],
) -> SourceComparison:
    """Compare the files of a source with the manifest (see `index.runs.plan.make_plan`)."""
    before = Aliases.read(manifest.aliases.get(root, ""))
    aliases, failed = _read_aliases(source, before, inspector)
    found = SourceComparison(root, manifest.roots.get(root, {}), aliases, failed=failed)
    renamed = aliases.changed_from(before)
    present = candidates(list(walk(source)), inspector, on_file)
    found.skipped += present.skipped
    for file, error in present.failed:
        found.keep(file, error)
    for group in grouped(present.files, folder=os.path.isdir(source)):
        if reason := group.why_skipped:  # an entry of the file in the manifest vanishes
            found.skipped.append(SourceProblem(group.name, reason))
            found.withheld |= {group.name} if group.first.inspected.sidecar.withheld_by else set()
            continue
        key, first = file_key(group, labels), group.first
        members = tuple(member.file for member in group.members)
        scans = tuple(scan.file for scan in group.scans)
        task = ReadTask(
            group.file,
            group.sidecar,
            aliases,
            members=members,
            scans=scans,
            format=first.inspected.format,
            many=bool(first.form and first.form.many),
        )
        keyed, entry = (task, key), found.known.get(group.name)
        if (
            entry
            and not everything
            and entry.is_as_before(key, inspector.limits.seconds_for(task.size()), renamed)
        ):
            found.unchanged.append((keyed, entry))
        else:
            found.to_read.append(keyed)
    return found


def _read_aliases(source: str, before: Aliases, inspector: Inspector) -> tuple[Aliases, list[SourceFailure]]:
    """The aliases of a source; those of the last run, and a failure, if they cannot be read."""
    [text] = inspector.inspect([AliasInspection(source)])
    if isinstance(text, ReadError):
        return before, [SourceFailure(FILE, str(text))]
    return Aliases.read(text), []
