"""Doing what the plan says: put new and changed documents, delete vanished ones, in one commit."""

import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from index.metadata.ids import file_slug, slug
from index.runs.changes import Changes, Counts
from index.runs.health.collection_health import collection_health
from index.runs.index_times import IndexTimes
from index.runs.manifest.comparison import documents_of_file_before, gone_documents, moved_ids
from index.runs.manifest.entries import FileFailures, Place, SourceFailure, key_after
from index.runs.manifest.next_manifest import UNKNOWN, KnownDocument, NextManifest
from index.runs.manifest.unread import UnreadDocuments
from index.runs.plan import Plan
from index.runs.progress import Progress
from index.runs.read_results import IndexableDocument, ReadAll, ReadResult
from index.runs.removal import check_removal
from index.sources.files import SourceFile
from search.analyzed import analyze
from search.engines import Engine, Writer
from search.errors import DocumentRefused, IndexDamaged, IndexMissing
from search.request import SearchRequest
from search.schema import Schema

_log = logging.getLogger(__name__)

_LOST = "What was indexed of it is not in the index any more; index its source again."


class Transaction:
    """One run's changes to the index, and to the manifest.

    `apply` raises RemovalRefused, before anything is removed, if the run removes most of a source.

    `read_all` reads the files of the plan; `times` says with which time a document is put; `progress` is
    told of each file. A rebuild writes an empty index and is given the engine that holds the one `replaced`.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a run works with
        self,
        writer: Writer,
        schema: Schema,
        read_all: ReadAll,
        manifest: NextManifest,
        plan: Plan,
        times: IndexTimes,
        progress: Progress,
        replaced: Engine | None = None,
    ) -> None:
        self._writer, self._schema, self._read_all = writer, schema, read_all
        self._plan, self._times, self._progress, self._replaced = plan, times, progress, replaced
        self._manifest, self._unread = manifest, UnreadDocuments(manifest)
        self._vanished = frozenset(plan.vanished)
        self._withheld = Counter(
            {place: documents_of_file_before(manifest, place) for place in plan.withheld}
        )
        self._failures: list[SourceFailure] = []
        self._added = self._changed = self._unchanged = 0
        manifest.leave_out(plan.replaced(), plan.dropped)
        manifest.note_vanished(plan.vanished)

    def apply(self) -> Changes:
        """Read the files of the plan and write what changed."""
        self._read_files()
        moved = moved_ids(self._manifest)
        if not self._plan.allow_removal:
            check_removal(self._manifest, self._plan.aliases, moved, self._withheld)
        self._progress.writes()
        removed = self._delete_vanished()
        unchanged = self._plan.kept + self._unchanged
        if self._replaced is not None:
            unchanged += self._carry_over(self._replaced)
            self._failures += [SourceFailure(name, _LOST) for _, name in self._unread.forget()]
        failed = (*self._plan.failed, *self._failures)
        return Changes(
            collection_health(self._manifest, failed, self._plan.skipped),
            Counts(self._added, self._changed, unchanged, removed),
            moved,
        )

    def _read_files(self) -> None:
        """Read every file of the plan and put its documents."""
        sizes = [task.size() for task, _ in self._plan.to_read]
        self._progress.begins(sum(sizes))
        results = self._read_all([task for task, _ in self._plan.to_read])
        for (file, found), (_, key), size in zip(results, self._plan.to_read, sizes, strict=True):
            count = self._put_documents(file, key, found)
            self._progress.finished(size)
            _log.debug("read %s: %d documents", file.name, count)
        self._manifest.end_files()

    def _put_documents(self, file: SourceFile, key: str, results: Iterable[ReadResult]) -> int:
        """Put the documents of a file; how many it has."""
        failures = FileFailures()
        self._manifest.begin_file((file.root, file.name))
        for found in results:
            failure = (
                self._put_if_changed(file, key, found) if isinstance(found, IndexableDocument) else found
            )
            if failure and failure.withheld:
                self._withheld[file.root, file.name] += 1
            elif failure:
                failures.add(failure)
        if failures.incomplete:
            for entry in self._manifest.keep_former():
                self._unread.add(entry.id)
                self._unchanged += 1
        key = "" if failures.unread else key_after(key, failures.seconds)
        listed = failures.listed()
        self._failures += listed
        return self._manifest.end_file(key, listed)

    def _put_if_changed(
        self, file: SourceFile, key: str, document: IndexableDocument
    ) -> SourceFailure | None:
        """Put a document unless the index has it as it is.

        A failure if another document has its id, or if the engine refuses it.
        """
        place = (file.root, file.name)
        document, known = self._with_free_id(place, document)
        if known.owner:
            doc_id = document.entry.id
            return SourceFailure(document.source, _id_in_use(doc_id, known.owner, place), doc_id)
        before = known.before
        document = document.at_time(self._times.of(document.entry, before, key))
        entry = document.entry
        same = before is not None and before.key == entry.key
        same_place = before is not None and known.place == place and before.number == entry.number
        if self._replaced is not None or not (same and same_place):
            try:
                self._writer.put(document.analyzed())
            except (
                DocumentRefused
            ) as refused:  # by settings of the engine, which the next run may find changed
                return SourceFailure(document.source, str(refused), unread=True)
        self._manifest.put(entry)
        self._added += before is None
        self._changed += before is not None and not same
        self._unchanged += same
        self._progress.indexed(document.offset)
        return None

    def _with_free_id(
        self, place: Place, document: IndexableDocument
    ) -> tuple[IndexableDocument, KnownDocument]:
        """The document, and what is known of its id; with the suffix of its file in the id, if another file
        has it without.

        Only ids that were made of names are changed. The file that had the id in the last run keeps it.
        """
        own = self._manifest.known(document.entry.id)
        if own is UNKNOWN and self._manifest.is_first:
            return document, own
        if document.entry.id != file_slug(document.source):
            return document, own
        fuller_id = slug(document.source)
        fuller = self._manifest.known(fuller_id)
        stays = own.place not in {None, place} and own.place not in self._vanished
        owner = own.owner or (own.place if stays else None)
        taken = owner is not None and owner[0] == place[0]
        had = fuller.place == place and own.place != place
        return (document.renamed(fuller_id), fuller) if taken or had else (document, own)

    def _delete_vanished(self) -> int:
        """Delete the documents that are gone; how many they are."""
        removed = 0
        for _, doc_id in gone_documents(self._manifest):
            removed += 1
            if self._replaced is None:
                self._writer.delete(doc_id)
        return removed

    def _carry_over(self, replaced: Engine) -> int:
        """Put what the replaced index has and this run neither read nor removed, as far as it is readable.

        Documents that the manifest does not know stay as well, since nothing says that they are gone;
        returned is how many they are.
        """
        unknown = 0
        self._unread.add_files_left_alone()
        with suppress(IndexMissing, IndexDamaged):
            for document in replaced.scan(SearchRequest()):
                expected = self._unread.take(document.id)
                if expected or not self._manifest.has_met(document.id):
                    try:
                        self._writer.put(analyze(document, self._schema))
                    except DocumentRefused as refused:
                        self._failures.append(SourceFailure(document.source, str(refused)))
                        continue
                    unknown += not expected
        return unknown


def _id_in_use(doc_id: str, owner: Place, place: Place) -> str:
    (root, name), (own_root, _) = owner, place
    where = name if root == own_root else f"{name} in {root}"
    if owner == place:
        return f"Another document of this file has the id {doc_id!r} already."
    return f"A document has the id {doc_id!r} already: {where}. Rename one of them."
