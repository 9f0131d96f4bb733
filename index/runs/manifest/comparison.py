"""What has a run changed? The manifest that it writes, compared with that of the run before."""

import posixpath
from collections.abc import Iterator

from index.runs.manifest.entries import DocumentEntry, Place
from index.runs.manifest.next_manifest import NextManifest
from index.runs.manifest.rows import entry_of


def gone_documents(manifest: NextManifest) -> Iterator[tuple[Place, str]]:
    """The place and id of each document that the run before knew, and this one does not."""
    for root, name, doc_id in manifest.rows(
        "select root, name, id from files cross join documents on documents.file = files.number "
        "where until = ? and until < 9223372036854775807 and not exists ("
        "select 1 from documents other indexed by documents_id "
        "cross join live on live.number = other.file where other.id = documents.id)",
        manifest.run,
    ):
        yield (root, name), doc_id


def moved_ids(manifest: NextManifest) -> dict[str, str]:
    """Old id -> new id of documents whose file has another name now, and the same content."""
    return dict(
        manifest.rows(
            "select old.id, new.id from files arrived cross join temp.vanished on vanished.key = arrived.key "
            "cross join documents old on old.file = vanished.file "
            "cross join documents new on new.file = arrived.number "
            "and new.number = old.number and new.position = old.position "
            "where arrived.since = ? and old.id != new.id and not exists "
            "(select 1 from former where former.root = arrived.root and former.name = arrived.name)",
            manifest.run,
        )
    )


def time_before_move(manifest: NextManifest, file_key: str, entry: DocumentEntry) -> int | None:
    """When a document was indexed in a file of this key that has vanished; None if there is none."""
    for (before,) in manifest.rows(
        "select entry from temp.vanished cross join documents on documents.file = vanished.file "
        "where key = ? and number = ?",
        file_key,
        entry.number,
    ):
        if (old := entry_of(before)).text == entry.text:
            return old.indexed
    return None


def documents_before(manifest: NextManifest, root: str) -> int:
    """How many documents the run before knew of a source."""
    (count,) = manifest.rows("select total(documents) from former where root = ?", root).fetchone()
    return int(count)


def documents_of_file_before(manifest: NextManifest, place: Place) -> int:
    """How many documents the run before knew of a file."""
    (count,) = manifest.rows(
        "select total(documents) from former where root = ? and name = ?", *place
    ).fetchone()
    return int(count)


def keeps_any(manifest: NextManifest, root: str) -> bool:
    """Whether a source has documents still, and is not a folder that was a file, or a file that was one."""
    (left,) = manifest.rows(
        "select exists (select 1 from live where root = ? and documents > 0)", root
    ).fetchone()
    return bool(left) and not _is_another(manifest, root)


def _is_another(manifest: NextManifest, root: str) -> bool:
    """Whether a source that was a folder is a file now, or the other way round, by the names of its files."""
    alone = [(posixpath.basename(root),)]  # a SOURCE that is a file has one, by its own name
    before = manifest.rows("select name from former where root = ? limit 2", root).fetchall()
    after = manifest.rows("select name from live where root = ? limit 2", root).fetchall()
    if before == alone:
        other = "live"
    elif after == alone:
        other = "former"
    else:
        return False
    statement = f"select 1 from {other} where root = ? and name = ?"  # noqa: S608 - one of two names
    return not manifest.rows(statement, root, alone[0][0]).fetchone()
