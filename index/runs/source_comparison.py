"""Which files of one source are new, changed, unchanged, vanished or not to be read?"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from index.extracted import ReadError
from index.metadata.labels import Labels
from index.runs.candidates import candidates
from index.runs.grouping import grouped
from index.runs.inspection import AliasInspection, Inspector
from index.runs.manifest.entries import SourceFailure, unreadable
from index.runs.manifest.manifest import Manifest
from index.runs.manifest.rows import KnownFile
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

    `kept` counts the documents of files that stay as they are, unchanged or unreadable now. Files that are
    unchanged, but of which a document was left out because another has its id, are `contested`. Of all files
    in the manifest that have not vanished, `present` has the number there.
    """

    root: str
    manifest: Manifest
    aliases: Aliases
    to_read: list[KeyedTask] = field(default_factory=list)
    contested: list[tuple[KeyedTask, KnownFile]] = field(default_factory=list)
    present: set[int] = field(default_factory=set)
    kept: int = 0
    skipped: list[SourceProblem] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)
    failed: list[SourceFailure] = field(default_factory=list)

    def keep(self, file: SourceFile, error: OSError | ReadError) -> None:
        """Note a file that cannot be read; its entries stay, and those below it if it is a folder."""
        self.failed.append(unreadable(file, error))
        for number, name, documents in self.manifest.names(self.root):
            if file.holds(name) and number not in self.present:
                self.present.add(number)
                self.kept += documents

    def leave(self, keyed: KeyedTask, known: KnownFile) -> None:
        """Note a file that is unchanged."""
        if known.contested:
            self.contested.append((keyed, known))
        else:
            self.kept += known.documents
            self.failed += known.failures

    def vanished(self) -> list[str]:
        """The names of files that are gone."""
        return [name for number, name, _ in self.manifest.names(self.root) if number not in self.present]


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
    found = SourceComparison(root, manifest, aliases, failed=failed)
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
        keyed, known = (task, key), manifest.file((root, group.name))
        if known:
            found.present.add(known.number)
        seconds = inspector.limits.seconds_for(task.size())
        if (
            known
            and not everything
            and known.has_key(key, seconds)
            and not manifest.names_any(known, renamed)
        ):
            found.leave(keyed, known)
        else:
            found.to_read.append(keyed)
    return found


def _read_aliases(source: str, before: Aliases, inspector: Inspector) -> tuple[Aliases, list[SourceFailure]]:
    """The aliases of a source; those of the last run, and a failure, if they cannot be read."""
    [text] = inspector.inspect([AliasInspection(source)])
    if isinstance(text, ReadError):
        return before, [SourceFailure(FILE, str(text))]
    return Aliases.read(text), []
