"""One run's changes: which documents are put and which go, and what the manifest becomes."""

from collections.abc import Iterable, Set
from contextlib import suppress
from dataclasses import dataclass, field

from index.runs.manifest import DocumentEntry, FileEntry, Manifest, SourceFailure
from index.runs.plan import Plan
from index.runs.progress import Progress, Silent
from index.runs.reading import IndexableDocument, ReadAll, ReadResult
from index.runs.report import Outcome
from index.sources.files import SourceFile
from search.analyzed import AnalyzedDocument, analyze
from search.engines import Engine, Writer
from search.errors import IndexDamaged, IndexMissing
from search.request import SearchRequest
from search.schema import Schema

_LOST = "What was indexed of it is not in the index any more; index its source again."

Place = tuple[str, str]  # root and name of a file


@dataclass(frozen=True, slots=True)
class _Before:
    """An entry as the manifest had it, and the file it was of."""

    place: Place
    entry: DocumentEntry


@dataclass
class Transaction:
    """Takes the manifest from what it was to what it will be, and the index with it.

    `read_all` gives the files with their documents; `progress` is told of each.
    """

    writer: Writer
    schema: Schema
    read_all: ReadAll
    manifest: Manifest
    plan: Plan
    outcome: Outcome
    rebuilding: bool = False
    progress: Progress = field(default_factory=Silent)
    _files_before: dict[Place, FileEntry] = field(init=False)
    _before: dict[str, _Before] = field(init=False)
    _owners: dict[str, Place] = field(init=False)
    _written: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        roots = self.manifest.roots
        again = [
            (file.root, file.name) for file, _ in self.plan.to_read if file.name in roots.get(file.root, {})
        ]
        dropped = [(root, name) for root in self.plan.dropped for name in roots[root]]
        self._files_before = {
            (root, name): roots[root].pop(name) for root, name in (*again, *self.plan.vanished, *dropped)
        }
        for root in self.plan.dropped:
            del roots[root]
        self._before = {
            entry.id: _Before(place, entry)
            for place, file in self._files_before.items()
            for entry in file.documents
        }
        self._owners = {
            entry.id: (root, name)
            for root, files in roots.items()
            for name, file in files.items()
            for entry in file.documents
        }

    def read_files(self) -> list[SourceFailure]:
        """Read every file of the plan and put what is new in it; the failures."""
        failures: list[SourceFailure] = []
        sizes = [file.size() for file, _ in self.plan.to_read]
        self.progress.begins(sum(sizes))
        results = self.read_all([file for file, _ in self.plan.to_read])
        for (file, found), (_, key), size in zip(results, self.plan.to_read, sizes, strict=True):
            entry = self._read(file, key, found)
            self.progress.finished(size)
            self.manifest.roots.setdefault(file.root, {})[file.name] = entry
            failures += entry.failures
        return failures

    def _read(self, file: SourceFile, key: str, results: Iterable[ReadResult]) -> FileEntry:
        entries: list[DocumentEntry] = []
        failures: list[SourceFailure] = []
        for found in results:
            failure = found if isinstance(found, SourceFailure) else self._take(file, found)
            if failure:
                failures.append(failure)
            elif isinstance(found, IndexableDocument):
                entries.append(found.entry)
                self.progress.indexed(found.offset)
        if any(not failure.id for failure in failures):
            entries += self._keep(file)
        return FileEntry(key, tuple(entries), tuple(failures))

    def _take(self, file: SourceFile, found: IndexableDocument) -> SourceFailure | None:
        """Put a document unless it is there as it is; a SourceFailure if another has its id."""
        entry, place = found.entry, (file.root, file.name)
        if owner := self._owners.get(entry.id):
            return SourceFailure(found.source, _taken(entry.id, owner, file), entry.id)
        self._owners[entry.id] = place
        before = self._before.get(entry.id)
        if before is None:
            self.outcome.added += 1
        elif before.entry.key != entry.key:
            self.outcome.changed += 1
        else:
            self.outcome.unchanged += 1
            if before.place == place and before.entry.number == entry.number and not self.rebuilding:
                return None
        self._put(found.analyzed())
        return None

    def _keep(self, file: SourceFile) -> list[DocumentEntry]:
        """What was live of a file that can no longer be read whole stays live."""
        place = (file.root, file.name)
        old = self._files_before.get(place)
        kept = [entry for entry in old.documents if entry.id not in self._owners] if old else []
        self._owners |= {entry.id: place for entry in kept}
        self.outcome.unchanged += len(kept)
        return kept

    def delete_the_rest(self) -> None:
        """Delete what none of the files has any more."""
        for doc_id in self._before.keys() - self._owners.keys():
            self.outcome.removed += 1
            if not self.rebuilding:
                self.writer.delete(doc_id)

    def moved(self) -> dict[str, str]:
        """Old id -> new id of documents whose file has another name now, and the same content."""
        roots = self.manifest.roots
        found = {
            entry.key: entry
            for file, _ in self.plan.to_read
            if (file.root, file.name) not in self._files_before
            and (entry := roots.get(file.root, {}).get(file.name))
        }
        return {
            old.id: new.id
            for place in self.plan.vanished
            if (file := found.get(self._files_before[place].key))
            for old, new in zip(self._files_before[place].documents, file.documents, strict=False)
            if old.number == new.number and old.id != new.id
        }

    def carry_over(self, engine: Engine) -> list[SourceFailure]:
        """Put whatever the index being replaced has and this run neither read nor deleted.

        A document that the manifest does not know is kept like any other: nobody said that it is gone.
        What should be there and is not, or cannot be read, is a SourceFailure.
        """
        gone = self._before.keys() - self._owners.keys()
        with suppress(IndexMissing, IndexDamaged):
            for document in engine.scan(SearchRequest()):
                if document.id in self._written or document.id in gone:
                    continue
                self.outcome.unchanged += document.id not in self._owners
                self._put(analyze(document, self.schema))
        return self._forget(self._owners.keys() - self._written)

    def _forget(self, lost: Set[str]) -> list[SourceFailure]:
        """Files with documents that are not in the index after all are read again by the next run."""
        failures: list[SourceFailure] = []
        for files in self.manifest.roots.values():
            for name, file in files.items():
                kept = tuple(entry for entry in file.documents if entry.id not in lost)
                if len(kept) < len(file.documents):
                    files[name] = FileEntry("", kept, file.failures)
                    failures.append(SourceFailure(name, _LOST))
        return failures

    def _put(self, analyzed: AnalyzedDocument) -> None:
        self.writer.put(analyzed)
        if self.rebuilding:
            self._written.add(analyzed.id)


def _taken(doc_id: str, owner: Place, file: SourceFile) -> str:
    root, name = owner
    where = name if root == file.root else f"{name} in {root}"
    if owner == (file.root, file.name):
        return f"Another document of this file has the id {doc_id!r} already."
    return f"A document has the id {doc_id!r} already: {where}. Rename one of them."
