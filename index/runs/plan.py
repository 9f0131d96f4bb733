"""What is there to do? The files of this run against the manifest, before anything is read or written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from index.extracted import ReadError
from index.formats import reader_of, why_not_read
from index.metadata.labels import Labels
from index.runs.manifest import Manifest, SourceFailure
from index.runs.reading import file_key, unreadable
from index.sources.alias_file import FILE, read_aliases
from index.sources.files import SourceFile, root_of, walk
from index.sources.sidecar import described
from search.aliases import Aliases


@dataclass(slots=True)
class Plan:
    """What a run has to do.

    `to_read` are new and changed files with their keys, `vanished` the (root, name) of files that are
    gone, `dropped` the roots to be forgotten; `kept` counts the documents of files left as they are.
    `aliases` are those of each root.
    """

    to_read: list[tuple[SourceFile, str]] = field(default_factory=list)
    vanished: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    skipped: list[SourceFailure] = field(default_factory=list)
    failed: list[SourceFailure] = field(default_factory=list)
    kept: int = 0
    aliases: dict[str, Aliases] = field(default_factory=dict)

    @property
    def text(self) -> int:
        """About how many bytes of text there are to be read."""
        return sum(file.expected_text() for file, _ in self.to_read)

    @property
    def idle(self) -> bool:
        """Whether the index is as it should be already."""
        return not (self.to_read or self.vanished or self.dropped)


def make_plan(
    sources: Iterable[str],
    removed: Iterable[str],
    manifest: Manifest,
    labels: Labels,
    *,
    everything: bool = False,
    seen: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare the sources with the manifest; with `everything`, unchanged files are read as well.

    `seen` is called for each file. Raises SettingsError if a source is not there.
    """
    plan = Plan()
    roots = {root_of(source): source for source in sources}
    plan.dropped = [
        root for root in dict.fromkeys(map(root_of, removed)) if root in manifest.roots.keys() - roots
    ]
    unchanged: list[tuple[SourceFile, str]] = []
    for root, source in roots.items():
        known = manifest.roots.get(root, {})
        gone = set(known)
        aliases = _aliases(plan, root, source, manifest)
        renamed = aliases.changed_from(Aliases.read(manifest.aliases.get(root, "")))
        for file in described(walk(source)):
            seen()
            if file.name == FILE and not file.error:
                continue
            file = replace(file, aliases=aliases)  # noqa: PLW2901 - the same file, of which more is known
            if file.special and not file.error:
                plan.skipped.append(SourceFailure(file.name, file.special))
                continue
            if file.beside.withheld:  # and if it was indexed, it goes
                plan.skipped.append(SourceFailure(file.name, f"It is withheld by {file.beside.withheld}."))
                continue
            if reader_of(file) is None and not file.error:
                plan.skipped.append(SourceFailure(file.name, why_not_read(file)))
                continue
            try:
                key = file_key(file, labels)
            except (OSError, ReadError) as error:  # what was indexed of it stays
                plan.failed.append(unreadable(file, error))
                kept = {name for name in gone if file.holds(name)}
                plan.kept += sum(len(known[name].documents) for name in kept)
                gone -= kept
                continue
            gone.discard(file.name)
            same = not everything and file.name in known and known[file.name].is_as_before(key, renamed)
            (unchanged if same else plan.to_read).append((file, key))
        plan.vanished += [(root, name) for name in known if name in gone]
    _leave_alone(plan, unchanged, manifest)
    return plan


def _aliases(plan: Plan, root: str, source: str, manifest: Manifest) -> Aliases:
    """The aliases of a source; those of the last run if they cannot be read."""
    try:
        plan.aliases[root] = read_aliases(source)
    except ReadError as error:
        plan.failed.append(SourceFailure(FILE, str(error)))
        plan.aliases[root] = Aliases.read(manifest.aliases.get(root, ""))
    return plan.aliases[root]


def _leave_alone(plan: Plan, unchanged: Iterable[tuple[SourceFile, str]], manifest: Manifest) -> None:
    """Unchanged files are not read; but one that lost an id is, when the other may have given it up."""
    idle = plan.idle
    for file, key in unchanged:
        entry = manifest.roots[file.root][file.name]
        if entry.contested and not idle:
            plan.to_read.append((file, key))
        else:
            plan.kept += len(entry.documents)
            plan.failed += entry.failures
