"""What is to be done? The files of the sources compared with the manifest, before anything is written."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from index.formats import expected_text
from index.metadata.labels import Labels
from index.runs.inspection import Inspector
from index.runs.manifest.entries import Place, SourceFailure
from index.runs.manifest.manifest import Manifest
from index.runs.source_comparison import KeyedTask, compare_source
from index.sources.files import root_of
from search.commit_data.aliases import Aliases
from search.commit_data.health_report import SourceProblem

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    `to_read` are new and changed files, `vanished` files of the manifest that are gone, `dropped` the
    roots to be removed. `kept` counts the documents of files that are left as they are. `skipped` are
    files not meant to be indexed, `failed` those that cannot be. `aliases` maps each root to the text of
    its aliases, `all_aliases` is the text of those of the whole index. Of the vanished files, `withheld` are
    those that a sidecar or table withholds. With `allow_removal`, a source may lose most of its documents.
    """

    to_read: tuple[KeyedTask, ...] = ()
    vanished: tuple[Place, ...] = ()
    dropped: tuple[str, ...] = ()
    skipped: tuple[SourceProblem, ...] = ()
    failed: tuple[SourceFailure, ...] = ()
    kept: int = 0
    aliases: Mapping[str, str] = field(default_factory=dict)
    all_aliases: bytes = b""
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

    def replaced(self) -> Iterator[Place]:
        """The files whose entries in the manifest do not stay."""
        yield from ((task.file.root, task.file.name) for task, _ in self.to_read)
        yield from self.vanished


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
    dropped = [
        root for root in dict.fromkeys(map(root_of, removed)) if root in manifest.aliases.keys() - roots
    ]
    compared = [
        compare_source(root, source, manifest, labels, inspector, everything=everything, on_file=on_file)
        for root, source in roots.items()
    ]
    vanished = [(source.root, name) for source in compared for name in source.vanished()]
    to_read = [keyed for source in compared for keyed in source.to_read]
    contested = [pair for source in compared for pair in source.contested]
    if to_read or vanished or dropped:  # a document whose id another has may get it now
        to_read += [keyed for keyed, _ in contested]
        contested = []
    kept = sum(source.kept for source in compared) + sum(known.documents for _, known in contested)
    failed = [failure for source in compared for failure in source.failed]
    failed += [failure for _, known in contested for failure in known.failures]
    _log.debug("planned: %d files to read, %d vanished, %d documents kept", len(to_read), len(vanished), kept)
    aliases = {source.root: str(source.aliases) for source in compared}
    every = {**{root: text for root, text in manifest.aliases.items() if root not in dropped}, **aliases}
    return Plan(
        to_read=tuple(to_read),
        vanished=tuple(vanished),
        dropped=tuple(dropped),
        skipped=tuple(problem for source in compared for problem in source.skipped),
        failed=tuple(failed),
        kept=kept,
        aliases=aliases,
        all_aliases=str(sum(map(Aliases.read, every.values()), Aliases())).encode(),
        withheld=frozenset((source.root, name) for source in compared for name in source.withheld),
        allow_removal=allow_removal,
    )
