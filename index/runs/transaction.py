"""Doing what the plan says: put new and changed documents, delete vanished ones, in one commit."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass

from index.metadata.ids import file_slug, slug
from index.runs.changes import Changes, count_changes, moved_ids
from index.runs.index_times import IndexTimes
from index.runs.manifest import DocumentEntry, FileEntry, Manifest, Place, SourceFailure, capped, key_after
from index.runs.plan import Plan
from index.runs.progress import Progress
from index.runs.read_results import IndexableDocument, ReadAll, ReadResult
from index.runs.removal import check_removal
from index.sources.files import SourceFile
from search.analyzed import AnalyzedDocument, analyze
from search.engines import Engine, Writer
from search.errors import IndexDamaged, IndexMissing
from search.request import SearchRequest
from search.schema import Schema

_log = logging.getLogger(__name__)

_LOST = "What was indexed of it is not in the index any more; index its source again."


@dataclass(frozen=True, slots=True)
class _Known:
    """A document of the last run, and the file it came from."""

    place: Place
    entry: DocumentEntry


class Transaction:
    """One run's changes to the index. The manifest it is given stays as it is; `apply` returns the next.

    `apply` raises RemovalRefused, before anything is removed, if the run removes most of a source.

    `read_all` reads the files of the plan; `times` says with which time a document is put; `progress` is
    told of each file. A rebuild writes an empty index and is given the engine that holds the one `replaced`.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a run works with
        self,
        writer: Writer,
        schema: Schema,
        read_all: ReadAll,
        manifest: Manifest,
        plan: Plan,
        times: IndexTimes,
        progress: Progress,
        replaced: Engine | None = None,
    ) -> None:
        self._writer, self._schema, self._read_all = writer, schema, read_all
        self._plan, self._times, self._progress, self._replaced = plan, times, progress, replaced
        self._kept, self._files_before = manifest.without(plan.replaced, frozenset(plan.dropped))
        self._before = {
            entry.id: _Known(place, entry)
            for place, file in self._files_before.items()
            for entry in file.documents
        }
        self._owners = {entry.id: place for place, file in self._kept.files() for entry in file.documents}
        self._written: set[str] = set()  # ids, in a rebuild
        self._manifest = manifest
        self._withheld = Counter(plan.withheld_documents(manifest))

    def apply(self) -> Changes:
        """Read the files of the plan and write what changed."""
        files = self._read_files()
        manifest, unknown = self._kept.with_files(files), 0
        moved = self._moved(files)
        if not self._plan.allow_removal:
            check_removal(self._manifest, self._plan.aliases, manifest, moved, self._withheld)
        self._progress.writes()
        self._delete_vanished()
        lost: tuple[SourceFailure, ...] = ()
        if self._replaced is not None:
            unknown = self._carry_over(self._replaced)
            manifest, lost = _without_lost(manifest, self._owners.keys() - self._written)
        failures = (failure for file in files.values() for failure in file.failures)
        return Changes(
            manifest,
            (*self._plan.failed, *failures, *lost),
            self._plan.skipped,
            count_changes(
                {doc_id: known.entry for doc_id, known in self._before.items()},
                (entry for file in files.values() for entry in file.documents),
                kept=self._plan.kept + unknown,
            ),
            moved,
        )

    def _moved(self, files: Mapping[Place, FileEntry]) -> dict[str, str]:
        """Old id -> new id of the documents in files that have another name now."""
        return moved_ids(
            [self._files_before[place] for place in self._plan.vanished],
            [file for place, file in files.items() if place not in self._files_before],
        )

    def _read_files(self) -> dict[Place, FileEntry]:
        """Read every file of the plan and put its documents; its new entry in the manifest."""
        entries: dict[Place, FileEntry] = {}
        sizes = [task.size() for task, _ in self._plan.to_read]
        self._progress.begins(sum(sizes))
        results = self._read_all([task for task, _ in self._plan.to_read])
        for (file, found), (_, key), size in zip(results, self._plan.to_read, sizes, strict=True):
            entries[file.root, file.name] = entry = self._put_documents(file, key, found)
            self._progress.finished(size)
            _log.debug("read %s: %d documents", file.name, len(entry.documents))
        return entries

    def _put_documents(self, file: SourceFile, key: str, results: Iterable[ReadResult]) -> FileEntry:
        entries: list[DocumentEntry] = []
        failures: list[SourceFailure] = []
        for found in results:
            result = self._prepared(file, key, found) if isinstance(found, IndexableDocument) else found
            failure = result if isinstance(result, SourceFailure) else self._put_if_changed(file, result)
            if failure and failure.withheld:
                self._withheld[file.root, file.name] += 1
            elif failure:
                failures.append(failure)
            elif isinstance(result, IndexableDocument):
                entries.append(result.entry)
                self._progress.indexed(result.offset)
        if any(failure.failed and not failure.id for failure in failures):
            entries += self._still_live(file)
        seconds = max((failure.seconds for failure in failures), default=0.0)
        known = "" if any(failure.unread for failure in failures) else key_after(key, seconds)
        return FileEntry(known, tuple(entries), capped(failures))

    def _prepared(self, file: SourceFile, key: str, document: IndexableDocument) -> IndexableDocument:
        """The document under its id and with its time of indexing."""
        document = self._with_free_id(file, document)
        known = self._before.get(document.entry.id)
        return document.at_time(self._times.of(document.entry, known.entry if known else None, key))

    def _with_free_id(self, file: SourceFile, document: IndexableDocument) -> IndexableDocument:
        """The document; with the suffix of its file in its id, if another file has its id without.

        Only ids that were made of names are changed. The file that had the id in the last run keeps it.
        """
        own, place = document.entry.id, (file.root, file.name)
        if (own not in self._owners and not self._before) or own != file_slug(document.source):
            return document
        known, fuller = self._before.get(own), slug(document.source)
        stays = known is not None and known.place != place and known.place not in self._plan.vanished
        owner = self._owners.get(own) or (known.place if known and stays else None)
        taken = owner is not None and owner[0] == file.root
        had = self._was_of(place, fuller) and not self._was_of(place, own)
        return document.renamed(fuller) if taken or had else document

    def _was_of(self, place: Place, doc_id: str) -> bool:
        """Whether a document of the last run was of this file."""
        known = self._before.get(doc_id)
        return known is not None and known.place == place

    def _put_if_changed(self, file: SourceFile, document: IndexableDocument) -> SourceFailure | None:
        """Put a document unless the index has it as it is; a failure if another document has its id."""
        entry, place = document.entry, (file.root, file.name)
        if owner := self._owners.get(entry.id):
            return SourceFailure(document.source, _id_in_use(entry.id, owner, file), entry.id)
        self._owners[entry.id] = place
        known = self._before.get(entry.id)
        same = known and known.entry.key == entry.key
        same_place = known and known.place == place and known.entry.number == entry.number
        if self._replaced is not None or not (same and same_place):
            self._put(document.analyzed())
        return None

    def _still_live(self, file: SourceFile) -> list[DocumentEntry]:
        """The documents of a file that stay because it can no longer be read to its end."""
        place = (file.root, file.name)
        before = self._files_before.get(place, FileEntry(""))
        kept = [entry for entry in before.documents if entry.id not in self._owners]
        self._owners |= {entry.id: place for entry in kept}
        return kept

    def _delete_vanished(self) -> None:
        if self._replaced is None:
            for doc_id in self._before.keys() - self._owners.keys():
                self._writer.delete(doc_id)

    def _carry_over(self, replaced: Engine) -> int:
        """Put what the replaced index has and this run neither read nor removed, as far as it is readable.

        Documents that the manifest does not know stay as well, since nothing says that they are gone;
        returned is how many they are.
        """
        unknown = 0
        gone = self._before.keys() - self._owners.keys()
        with suppress(IndexMissing, IndexDamaged):
            for document in replaced.scan(SearchRequest()):
                if document.id not in self._written and document.id not in gone:
                    unknown += document.id not in self._owners
                    self._put(analyze(document, self._schema))
        return unknown

    def _put(self, document: AnalyzedDocument) -> None:
        self._writer.put(document)
        if self._replaced is not None:
            self._written.add(document.id)


def _without_lost(manifest: Manifest, lost: Set[str]) -> tuple[Manifest, tuple[SourceFailure, ...]]:
    """The manifest without these documents, and a failure for each of their files.

    Such a file has no key, so that the next run reads it again.
    """
    files = {
        place: FileEntry("", kept, file.failures)
        for place, file in manifest.files()
        if len(kept := tuple(entry for entry in file.documents if entry.id not in lost)) < len(file.documents)
    }
    return manifest.with_files(files), tuple(SourceFailure(name, _LOST) for _, name in files)


def _id_in_use(doc_id: str, owner: Place, file: SourceFile) -> str:
    root, name = owner
    where = name if root == file.root else f"{name} in {root}"
    if owner == (file.root, file.name):
        return f"Another document of this file has the id {doc_id!r} already."
    return f"A document has the id {doc_id!r} already: {where}. Rename one of them."
