"""The SQLite database of the manifest: its tables, and what its errors mean.

A file is a row for each run that read it, with its documents. A run sees the rows that are valid at its
number: `since` it or before, and `until` a later one. What a run writes is therefore invisible until the
index names that run, and a run that is killed or refused has changed nothing.

The journal is a write-ahead log: who reads, such as `--list`, never makes a run wait, nor waits for one.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from search.engines.faults import refusal
from search.errors import EngineUnavailable, IndexDamaged, IndexLocked

NAME = "sources.sqlite"
"""The name of the database in the local folder of an index."""

_FORMAT = 1
_CACHE = 16_000  # KiB of pages kept in memory

_TABLES = """
create table runs (number integer primary key, state blob, newest integer, aliases blob);
create table files (
    number integer primary key, root text, name text, key text, documents integer, failures blob,
    since integer, until integer default 9223372036854775807
);
create index files_place on files (root, name);
create index files_since on files (since);
create index files_until on files (until) where until < 9223372036854775807;
create table documents (
    file integer, number integer, position integer, id text, likeness blob, attention integer,
    text_language text, encoding text, authors blob, entry blob,
    primary key (file, number, position)
) without rowid;
create index documents_id on documents (id);
"""

_INDEXES = (
    "create index if not exists documents_likeness on documents (likeness) where likeness is not null",
    "create index if not exists documents_authors on documents (authors) where authors is not null",
    "create index if not exists documents_attention on documents (attention, text_language, encoding)",
)

_OF_CONNECTION = """
create temp table at (run integer);
insert into temp.at values (0);
create temp view live as
    select * from files where since <= (select run from temp.at) and until > (select run from temp.at);
create temp view former as
    select * from files where since < (select run from temp.at) and until >= (select run from temp.at);
"""

_REFUSALS = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
}


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """The database; an empty one in memory if there is none and it is not to be created.

    To `create` it, the lock of the index must be held; a file that is not of this format is then removed.
    """
    there = path.exists() and _is_ours(path)
    if create and not there:
        remove(path)
    target = path if create or there else ":memory:"
    if create:
        with suppress(OSError):  # SQLite says why
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # for its owner alone, as the index is
    with closing(sqlite3.connect(target, timeout=10, isolation_level=None)) as connection:
        connection.execute(f"pragma cache_size = -{_CACHE}")
        connection.execute("pragma journal_mode = wal")
        if not connection.execute("pragma user_version").fetchone()[0]:
            connection.executescript(f"begin immediate;{_TABLES};pragma user_version = {_FORMAT};commit;")
        connection.executescript(_OF_CONNECTION)
        yield connection


def add_indexes(connection: sqlite3.Connection) -> None:
    """Make what the queries of the health report need; after many rows, that takes half the time."""
    for statement in _INDEXES:
        connection.execute(statement)


def remove(path: Path) -> None:
    """Remove a database with its log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def damage(path: Path) -> str:
    """A sentence on what is wrong with the structure of a database; empty if nothing is, or there is none."""
    if not path.exists():
        return ""
    address = path.absolute().as_uri()
    with faults(path):
        try:
            found = _checked(address)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise
            found = _checked(f"{address}?immutable=1")  # where SQLite cannot write, nobody does
    return "" if found == "ok" else f"{path.name} is not as it was written ({' '.join(found.split())})."


def _checked(address: str) -> str:
    try:
        with closing(sqlite3.connect(address, timeout=10, uri=True)) as connection:
            return str(connection.execute("pragma integrity_check(1)").fetchone()[0])
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return str(error)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """A block in which errors of the database become errors of the index."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise IndexLocked(
                f"Another process is writing to {path.parent}; try again when it has ended."
            ) from error
        number = next((code for start, code in _REFUSALS.items() if name.startswith(start)), None)
        refused = OSError(number, os.strerror(number)) if number else OSError(str(error))
        raise EngineUnavailable(f"The index {path.parent} cannot be written to {refusal(refused)}") from error
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(
            f"{path} is damaged ({error}); remove this file, and the next run reads every document again."
        ) from error


def _is_ours(path: Path) -> bool:
    """Whether a file is a database of this format."""
    try:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            return bool(connection.execute("pragma user_version").fetchone()[0] == _FORMAT)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            return False
        raise
