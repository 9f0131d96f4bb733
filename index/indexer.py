"""The one use case: bring an index up to date with its sources, in one transaction."""

import time
from collections.abc import Iterator, Sequence

from index.metadata.labels import Labels
from index.runs.manifest import MANIFEST_KEY, Manifest, manifest_of
from index.runs.plan import Plan, make_plan
from index.runs.progress import Progress, Silent
from index.runs.reading import FileResults, read_here
from index.runs.report import IndexReport, Outcome, health
from index.runs.transaction import Transaction
from index.runs.worker_pool import read_in_workers
from index.sources.files import SourceFile, root_of
from search.aliases import ALIASES_KEY
from search.engines import Engine
from search.errors import IndexDamaged, SettingsError
from search.health_report import HEALTH_KEY
from search.redirects import REDIRECTS_KEY, addresses_of, addresses_to_bytes, readdressed
from search.schema import Schema


class Indexer:
    """Fills one index.

    `labels` says by what headers are understood. Files are read by so many `workers`, processes of
    their own; by none, in this one, which a hostile file may then hang or break.
    """

    def __init__(
        self, engine: Engine, schema: Schema, labels: Labels | None = None, workers: int = 0
    ) -> None:
        self._engine = engine
        self._schema = schema
        self._labels = labels or Labels()
        self._workers = workers

    def run(
        self,
        sources: Sequence[str],
        *,
        removed: Sequence[str] = (),
        rebuild: bool = False,
        progress: Progress | None = None,
    ) -> IndexReport:
        """Index the sources, forget the `removed` ones, and leave documents of all others as they are.

        All of it is seen at once, at the end; nothing is committed if nothing changed. An index of
        another schema is rebuilt. Raises SettingsError if a source is not there, and EngineError.
        """
        started = time.monotonic()
        watcher = progress or Silent()
        rebuild = rebuild or self._engine.info().stale

        def look(note: bytes) -> tuple[Manifest, Plan]:
            manifest = manifest_of(note)
            _check_removed(removed, manifest)
            plan = make_plan(
                sources, removed, manifest, self._labels, everything=rebuild, seen=watcher.looked_at
            )
            manifest.aliases |= {root: str(aliases) for root, aliases in plan.aliases.items()}
            for root in plan.dropped:
                manifest.aliases.pop(root, None)
            return manifest, plan

        manifest, plan = look(note := self._note(rebuild=rebuild))
        outcome, found = Outcome(plan.kept), health(manifest.documents(), plan.failed, plan.skipped)
        notes = {HEALTH_KEY: found.to_bytes(), ALIASES_KEY: manifest.all_aliases()}
        if (
            rebuild
            or not plan.idle
            or any(self._engine.commit_data(name) != kept for name, kept in notes.items())
        ):
            with self._engine.rebuild(plan.text) if rebuild else self._engine.writer(plan.text) as writer:
                if (newer := self._note(rebuild=rebuild)) != note:  # another run ended in the meantime
                    manifest, plan = look(newer)
                    outcome = Outcome(plan.kept)
                changes = Transaction(
                    writer, self._schema, self._read_all, manifest, plan, outcome, rebuild, watcher
                )
                failed = plan.failed + changes.read_files()
                watcher.writes()
                changes.delete_the_rest()
                if rebuild:
                    failed += changes.carry_over(self._engine)
                found = health(manifest.documents(), failed, plan.skipped)
                known = addresses_of(self._engine.commit_data(REDIRECTS_KEY))
                live = {entry.id for entry in manifest.documents()}
                writer.put_commit_data(
                    REDIRECTS_KEY, addresses_to_bytes(readdressed(known, changes.moved(), live))
                )
                writer.put_commit_data(MANIFEST_KEY, manifest.to_bytes())
                writer.put_commit_data(HEALTH_KEY, found.to_bytes())
                writer.put_commit_data(ALIASES_KEY, manifest.all_aliases())
        return outcome.report(found, self._engine.info(), time.monotonic() - started)

    def _read_all(self, files: Sequence[SourceFile]) -> Iterator[FileResults]:
        if not (files and self._workers):
            return read_here(files, self._labels, self._schema)
        return read_in_workers(files, self._labels, self._schema, self._workers)

    def _note(self, *, rebuild: bool) -> bytes:
        """The manifest as the last run left it; nothing if a rebuild finds the index damaged."""
        try:
            return self._engine.commit_data(MANIFEST_KEY)
        except IndexDamaged:
            if not rebuild:
                raise
            return b""


def _check_removed(removed: Sequence[str], manifest: Manifest) -> None:
    for source in removed:
        if root_of(source) not in manifest.roots:
            known = ", ".join(sorted(manifest.roots)) or "none yet"
            raise SettingsError(f"Nothing was indexed from {root_of(source)!r}; the sources are: {known}.")
