"""The one use case: bring an index up to date with its sources, in one transaction."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from index.metadata.labels import Labels
from index.runs.changes import Changes, Counts
from index.runs.health.collection_health import collection_health, with_problems
from index.runs.index_times import IndexTimes
from index.runs.inspection import Inspector
from index.runs.manifest.manifest import Manifest
from index.runs.manifest.next_manifest import NextManifest
from index.runs.manifest.states import MANIFEST_KEY, manifest_of, next_manifest, remove_damaged
from index.runs.plan import Plan, make_plan
from index.runs.progress import Progress
from index.runs.read_results import FileResults
from index.runs.reading import read_here
from index.runs.report import IndexReport, report_of
from index.runs.shared_reading import read_in_workers
from index.runs.transaction import Transaction
from index.sources.files import SourceFile, root_of
from index.sources.read_task import ReadTask
from index.workers.limits import WorkerLimits
from search.calendar import posix_time
from search.commit_data.aliases import ALIASES_KEY
from search.commit_data.health_report import HEALTH_KEY, HealthReport
from search.commit_data.identity import IDENTITY_KEY, ArchiveIdentity, name_of_source, new_identity
from search.commit_data.redirects import REDIRECTS_KEY, decode_redirects, encode_redirects, follow_moves
from search.engines import Engine, Writer
from search.errors import IndexDamaged, SettingsError
from search.schema import Schema


@dataclass(frozen=True, slots=True)
class _Request:
    """The arguments of a run."""

    sources: Sequence[str]
    removed: Sequence[str]
    rebuild: bool
    progress: Progress
    started: int  # POSIX seconds
    allow_removal: bool = False
    seconds: dict[str, float] = field(default_factory=dict)  # of processor time, by file

    def timed(self, file: SourceFile, seconds: float) -> None:
        """Note how long a file took."""
        self.seconds[file.name] = seconds


class Indexer:
    """Fills one index.

    Header blocks are understood by `labels`. Files are read by `workers` processes with `limits`; with 0, in
    this process, which a hostile file may then hang or break. `clock` gives the time of a run, with which
    documents are put (`Document.indexed`).
    """

    def __init__(
        self,
        engine: Engine,
        schema: Schema,
        labels: Labels | None = None,
        workers: int = 0,
        limits: WorkerLimits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._schema, self._labels = engine, schema, labels or Labels()
        self._workers, self._limits = workers, limits or WorkerLimits()
        self._clock = clock

    def run(
        self,
        sources: Sequence[str],
        *,
        removed: Sequence[str] = (),
        rebuild: bool = False,
        progress: Progress | None = None,
        allow_removal: bool = False,
    ) -> IndexReport:
        """Index the sources, remove the `removed` ones, and leave documents of all others as they are.

        Readers see all of it at once, at the end; nothing is committed if nothing changed. An index of
        another schema is rebuilt. Raises SettingsError if a source does not exist, RemovalRefused if a
        source would lose most of its documents without `allow_removal`, and EngineError.
        """
        started = time.monotonic()
        rebuild = rebuild or self._engine.info().stale
        if rebuild:
            remove_damaged(self._engine.local_folder())
        at = int(self._clock())
        request = _Request(sources, removed, rebuild, progress or Progress(), at, allow_removal)
        state = self._committed(MANIFEST_KEY, request)
        plan, changes = self._plan(request, state)
        commits = rebuild or not plan.idle or self._differs(_commit_data(changes, plan))
        if commits:
            begin = self._engine.rebuild if rebuild else self._engine.writer
            with begin(plan.expected_text) as writer:
                newer = self._committed(MANIFEST_KEY, request)
                if newer != state:  # another run ended in the meantime
                    plan, _ = self._plan(request, newer)
                with next_manifest(self._engine.local_folder(), newer) as manifest:
                    changes = self._apply(request, manifest, plan, writer)
        return report_of(
            changes,
            self._engine.info(),
            request.seconds,
            time.monotonic() - started,
            committed=commits,
            rebuilt=rebuild,
        )

    def _plan(self, request: _Request, state: bytes) -> tuple[Plan, Changes]:
        """What is to be done after the run with this state; and the outcome if that is nothing."""
        with manifest_of(self._engine.local_folder(), state) as manifest:
            _check_removed(request.removed, manifest)
            with Inspector(self._workers, self._limits, _folders(request.sources)) as inspector:
                plan = make_plan(
                    request.sources,
                    request.removed,
                    manifest,
                    self._labels,
                    inspector,
                    everything=request.rebuild,
                    allow_removal=request.allow_removal,
                    on_file=request.progress.looked_at,
                )
            health = HealthReport.from_bytes(self._committed(HEALTH_KEY, request))
            if health is None:
                health = collection_health(manifest, (), ())
        unchanged = with_problems(health, plan.failed, plan.skipped)
        return plan, Changes(unchanged, Counts(unchanged=plan.kept))

    def _apply(self, request: _Request, manifest: NextManifest, plan: Plan, writer: Writer) -> Changes:
        replaced = self._engine if request.rebuild else None
        read_all = partial(self._read_all, request)
        times = IndexTimes(manifest, self._engine, request.started, moves=bool(plan.vanished))
        changes = Transaction(
            writer, self._schema, read_all, manifest, plan, times, request.progress, replaced
        ).apply()
        known = decode_redirects(self._committed(REDIRECTS_KEY, request))
        data = {
            REDIRECTS_KEY: encode_redirects(follow_moves(known, changes.moved, manifest)),
            IDENTITY_KEY: self._identity(request).to_bytes(),
            MANIFEST_KEY: manifest.end(plan.aliases),
        }
        for name, value in (data | _commit_data(changes, plan)).items():
            writer.put_commit_data(name, value)
        return changes

    def _identity(self, request: _Request) -> ArchiveIdentity:
        """The identity of the index; a new one if it has none, since it is new or of an earlier format."""
        name = name_of_source(request.sources[0]) if request.sources else ""
        if known := ArchiveIdentity.from_bytes(self._committed(IDENTITY_KEY, request)):
            return known.named(name)
        since = request.started
        with suppress(IndexDamaged):
            if (info := self._engine.info()).documents:
                since = posix_time(info.updated)
        return new_identity(since, name)

    def _differs(self, data: Mapping[str, bytes]) -> bool:
        """Whether the index was committed with other data under these names."""
        return any(self._engine.commit_data(name) != value for name, value in data.items())

    def _read_all(self, request: _Request, tasks: Sequence[ReadTask]) -> Iterator[FileResults]:
        if not (tasks and self._workers):
            return read_here(tasks, self._labels, self._schema)
        return read_in_workers(
            tasks,
            self._labels,
            self._schema,
            self._workers,
            self._limits,
            readable=_folders(request.sources),
            on_time=request.timed,
        )

    def _committed(self, name: str, request: _Request) -> bytes:
        """Commit data as the last run left it; empty if a rebuild finds the index damaged."""
        try:
            return self._engine.commit_data(name)
        except IndexDamaged:
            if not request.rebuild:
                raise
            return b""


def _folders(sources: Iterable[str]) -> list[str]:
    """What readers may read: each SOURCE, or the folder of one that is a file, where its sidecar is."""
    paths = map(os.path.realpath, sources)
    return [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]


def _check_removed(removed: Sequence[str], manifest: Manifest) -> None:
    for source in removed:
        if root_of(source) not in manifest.aliases:
            known = ", ".join(sorted(manifest.aliases)) or "none yet"
            raise SettingsError(f"Nothing was indexed from {root_of(source)!r}; the sources are: {known}.")


def _commit_data(changes: Changes, plan: Plan) -> dict[str, bytes]:
    """What readers of the index find stored with it."""
    return {HEALTH_KEY: changes.health.to_bytes(), ALIASES_KEY: plan.all_aliases}
