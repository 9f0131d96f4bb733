"""Documents that a rebuild knows and has not read: those of files left alone, or not read to their end."""

from index.runs.manifest.entries import Place
from index.runs.manifest.next_manifest import NextManifest
from index.runs.manifest.rows import failures_of


class UnreadDocuments:
    """Ids, on the disk; each is taken out when its document was found in the index that is replaced."""

    def __init__(self, manifest: NextManifest) -> None:
        self._manifest = manifest
        manifest.rows("create temp table unread (id text primary key) without rowid")

    def add(self, doc_id: str) -> None:
        """Add a document of a file that could not be read to its end."""
        self._manifest.rows("insert into temp.unread values (?)", doc_id)

    def add_files_left_alone(self) -> None:
        """Add the documents of all files that the run has not read."""
        self._manifest.rows(
            "insert or ignore into temp.unread select id from live "
            "cross join documents on documents.file = live.number where since < ?",
            self._manifest.run,
        )

    def take(self, doc_id: str) -> bool:
        """Take out a document; whether it was there."""
        return bool(self._manifest.rows("delete from temp.unread where id = ?", doc_id).rowcount)

    def forget(self) -> list[Place]:
        """Take what is left out of the manifest; the files it was of.

        Such a file has no key from then on, so that the next run reads it again.
        """
        files = self._manifest.rows(
            "select distinct live.number, since, root, name, failures from temp.unread "
            "cross join documents on documents.id = unread.id cross join live on live.number = documents.file"
        ).fetchall()
        for number, since, root, name, failures in files:
            kept = number
            if since < self._manifest.run:  # the run before must go on seeing it as it is
                self._manifest.leave_out([(root, name)])
                kept = self._manifest.add_copy((root, name), number, failures_of(failures))
            self._manifest.rows(
                "delete from documents where file = ? and id in (select id from temp.unread)", kept
            )
            self._manifest.rows(
                "update files set key = '', "
                "documents = (select count(*) from documents where file = files.number) where number = ?",
                kept,
            )
        return [(root, name) for _, _, root, name, _ in files]
