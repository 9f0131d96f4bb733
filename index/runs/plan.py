"""What is to be done? The files of the sources compared with the manifest, before anything is written."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from index.formats import expected_text
from index.metadata.labels import Labels
from index.runs.inspection import Inspector
from index.runs.manifest import Manifest, Place, SourceFailure
from index.runs.source_comparison import KeyedTask, compare_source
from index.sources.files import root_of
from search.commit_data.health_report import SourceProblem

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    `to_read` are new and changed files, `vanished` files of the manifest that are gone, `dropped` the
    roots to be removed. `kept` counts the documents of files that are left as they are. `skipped` are
    files not meant to be indexed, `failed` those that cannot be. `aliases` maps each root to the text of
    its aliases. Of the vanished files, `withheld` are those that a sidecar or table withholds. With
    `allow_removal`, a source may lose most of its documents.
    """

    to_read: tuple[KeyedTask, ...] = ()
    vanished: tuple[Place, ...] = ()
    dropped: tuple[str, ...] = ()
    skipped: tuple[SourceProblem, ...] = ()
    failed: tuple[SourceFailure, ...] = ()
    kept: int = 0
    aliases: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[Place] = frozenset()
    allow_removal: bool = False

    @property
    def expected_text(self) -> int:
        """About how many bytes of text the files to be read hold."""
        return sum(expected_text(file) for task, _ in self.to_read for file in task.members or (task.file,))

    @property
    def idle(self) -> bool:
        """Whether there is nothing to read or remove."""
        return not (self.to_read or self.vanished or self.dropped)

    def withheld_documents(self, manifest: Manifest) -> dict[Place, int]:
        """How many documents the manifest has of each file that is withheld now."""
        return {place: len(file.documents) for place, file in manifest.files() if place in self.withheld}

    @property
    def replaced(self) -> frozenset[Place]:
        """The files whose entries in the manifest do not stay."""
        read = ((task.file.root, task.file.name) for task, _ in self.to_read)
        return frozenset(read).union(self.vanished)


def make_plan(  # noqa: PLR0913 - two sides to compare, and how
    sources: Iterable[str],
    removed: Iterable[str],
    manifest: Manifest,
    labels: Labels,
    inspector: Inspector | None = None,
    *,
    everything: bool = False,
    allow_removal: bool = False,
    on_file: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare the sources with the manifest; with `everything`, unchanged files are read as well.

    The `inspector` looks at the files; `on_file` is called for each of them. Raises SettingsError if a
    source does not exist.
    """
    inspector = inspector or Inspector()
    roots = {root_of(source): source for source in sources}
    dropped = [root for root in dict.fromkeys(map(root_of, removed)) if root in manifest.roots.keys() - roots]
    compared = [
        compare_source(root, source, manifest, labels, inspector, everything=everything, on_file=on_file)
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
        withheld=frozenset((source.root, name) for source in compared for name in source.withheld),
        allow_removal=allow_removal,
    )
