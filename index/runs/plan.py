"""What is to be done? The files of the sources compared with the manifest, before anything is written."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from index.extracted import ReadError
from index.formats import expected_text, why_not_read
from index.metadata.labels import Labels
from index.runs.manifest import FileEntry, Manifest, Place, SourceFailure
from index.runs.reading import file_key, unreadable
from index.sources.alias_file import FILE, read_aliases
from index.sources.files import SourceFile, root_of, walk
from index.sources.read_task import ReadTask
from index.sources.sidecar import Sidecar, described
from search.aliases import Aliases
from search.health_report import SourceProblem

_log = logging.getLogger(__name__)

KeyedTask = tuple[ReadTask, str]
"""A task and the key of its file (see `index.runs.reading.file_key`)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    `to_read` are new and changed files, `vanished` files of the manifest that are gone, `dropped` the
    roots to be removed. `kept` counts the documents of files that are left as they are. `skipped` are
    files not meant to be indexed, `failed` those that cannot be. `aliases` maps each root to the text of
    its aliases.
    """

    to_read: tuple[KeyedTask, ...] = ()
    vanished: tuple[Place, ...] = ()
    dropped: tuple[str, ...] = ()
    skipped: tuple[SourceProblem, ...] = ()
    failed: tuple[SourceFailure, ...] = ()
    kept: int = 0
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def expected_text(self) -> int:
        """About how many bytes of text the files to be read hold."""
        return sum(expected_text(task.file) for task, _ in self.to_read)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to read or remove."""
        return not (self.to_read or self.vanished or self.dropped)

    @property
    def replaced(self) -> frozenset[Place]:
        """The files whose entries in the manifest do not stay."""
        read = ((task.file.root, task.file.name) for task, _ in self.to_read)
        return frozenset(read).union(self.vanished)


def make_plan(
    sources: Iterable[str],
    removed: Iterable[str],
    manifest: Manifest,
    labels: Labels,
    *,
    everything: bool = False,
    on_file: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare the sources with the manifest; with `everything`, unchanged files are read as well.

    `on_file` is called for each file. Raises SettingsError if a source does not exist.
    """
    roots = {root_of(source): source for source in sources}
    dropped = [root for root in dict.fromkeys(map(root_of, removed)) if root in manifest.roots.keys() - roots]
    compared = [
        _compare(root, source, manifest, labels, everything=everything, on_file=on_file)
        for root, source in roots.items()
    ]
    vanished = [(source.root, name) for source in compared for name in source.vanished()]
    to_read = [keyed for source in compared for keyed in source.to_read]
    unchanged = [pair for source in compared for pair in source.unchanged]
    if to_read or vanished or dropped:  # a document whose id another has may get it now
        to_read += [keyed for keyed, entry in unchanged if entry.contested]
        unchanged = [(keyed, entry) for keyed, entry in unchanged if not entry.contested]
    kept = [entry for _, entry in unchanged]
    unread = sum(source.documents_kept() for source in compared)
    failed = [failure for source in compared for failure in source.failed]
    _log.debug("planned: %d files to read, %d vanished, %d unchanged", len(to_read), len(vanished), len(kept))
    return Plan(
        to_read=tuple(to_read),
        vanished=tuple(vanished),
        dropped=tuple(dropped),
        skipped=tuple(problem for source in compared for problem in source.skipped),
        failed=(*failed, *(failure for entry in kept for failure in entry.failures)),
        kept=sum(len(entry.documents) for entry in kept) + unread,
        aliases={source.root: str(source.aliases) for source in compared},
    )


@dataclass(slots=True)
class _SourceComparison:
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


def _compare(
    root: str,
    source: str,
    manifest: Manifest,
    labels: Labels,
    *,
    everything: bool,
    on_file: Callable[[], None],
) -> _SourceComparison:
    before = Aliases.read(manifest.aliases.get(root, ""))
    aliases, failed = _read_aliases(source, before)
    found = _SourceComparison(root, manifest.roots.get(root, {}), aliases, failed=failed)
    renamed = aliases.changed_from(before)
    for file, sidecar in described(walk(source)):
        on_file()
        if file.name == FILE and not file.error:
            continue
        if reason := _why_skipped(file, sidecar):  # an entry of the file in the manifest vanishes
            found.skipped.append(SourceProblem(file.name, reason))
            continue
        task = ReadTask(file, sidecar, aliases)
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


def _why_skipped(file: SourceFile, sidecar: Sidecar) -> str:
    """Why a file is not to be indexed; empty if it is."""
    if file.skip and not file.error:
        return file.skip
    if sidecar.withheld_by:
        return f"It is withheld by {sidecar.withheld_by}."
    return "" if file.error else why_not_read(file)


def _read_aliases(source: str, before: Aliases) -> tuple[Aliases, list[SourceFailure]]:
    """The aliases of a source; those of the last run, and a failure, if they cannot be read."""
    try:
        return read_aliases(source), []
    except ReadError as error:
        return before, [SourceFailure(FILE, str(error))]
