"""The manifest beside an index: as a commit left it, and as the next commit will find it.

A commit names the run whose manifest belongs to it, by a state that is kept in its commit data. What a run
writes here is on the disk before the index is committed, and is invisible until then: at any moment, the
commit that is live finds the manifest that was written with it. What earlier runs had is removed by the next.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.runs.manifest.database import NAME, damage, faults, opened, remove
from index.runs.manifest.earlier import earlier_manifest, take_over
from index.runs.manifest.manifest import Manifest
from index.runs.manifest.next_manifest import NextManifest

MANIFEST_KEY = "sources"
"""The name of the state in an engine's commit data."""


@contextmanager
def manifest_of(folder: Path, state: bytes) -> Iterator[Manifest]:
    """The manifest of the commit with this state; an empty one if it is lost.

    `folder` is the local folder of the index (see `search.engines.Engine`).
    """
    path = folder / NAME
    with faults(path):
        with opened(path) as connection:
            if (run := _run_of(connection, state)) or not (earlier := earlier_manifest(state)):
                yield Manifest(connection, run)
                return
        with opened(Path(":memory:")) as connection:
            take_over(connection, state, earlier)
            yield Manifest(connection, 1)


@contextmanager
def next_manifest(folder: Path, state: bytes) -> Iterator[NextManifest]:
    """The manifest of the run that follows the commit with this state. The lock of the index must be held.

    What it is given is kept from `NextManifest.end` on, under the new state.
    """
    path = folder / NAME
    with faults(path):
        with opened(path, create=True) as connection:
            run = _run_of(connection, state)
        if not run:  # what is there is of no use
            remove(path)
        with opened(path, create=True) as connection:
            if not run and (earlier := earlier_manifest(state)):
                take_over(connection, state, earlier)
                run = 1
            _abandon_later(connection, run)
            _forget_earlier(connection, run)
            try:
                yield NextManifest(connection, Manifest(connection, run))
            except BaseException:
                with suppress(sqlite3.Error):  # else the next run does it
                    connection.rollback()
                    _abandon_later(connection, run)
                raise


def copy_manifest(folder: Path, other: Path) -> None:
    """Copy the manifest beside an index to a copy of it, whose lock must be held; none if there is none.

    It belongs to the commit of either index that has its state.
    """
    path, copy = folder / NAME, other / NAME
    remove(copy)
    if not path.exists():
        return
    with faults(path), opened(path) as connection, faults(copy), opened(copy, create=True) as copied:
        connection.backup(copied)


def manifest_damage(folder: Path) -> str:
    """A sentence on what is wrong with the database; empty if nothing is, or there is none."""
    return damage(folder / NAME)


def remove_damaged(folder: Path) -> None:
    """Remove a database that is not as it was written, for a run that reads every file anyway."""
    if damage(folder / NAME):
        remove(folder / NAME)


def _run_of(connection: sqlite3.Connection, state: bytes) -> int:
    """The number of the run of a state; 0 if it is not known."""
    row = connection.execute("select number from runs where state = ?", (state,)).fetchone()
    return int(row[0]) if row else 0


def _abandon_later(connection: sqlite3.Connection, run: int) -> None:
    """Remove what a run wrote that did not come to its end."""
    connection.execute("begin immediate")
    connection.execute(
        "delete from documents where file in (select number from files where since > ?)", (run,)
    )
    connection.execute("delete from files where since > ?", (run,))
    connection.execute(
        "update files set until = 9223372036854775807 where until > ? and until < 9223372036854775807", (run,)
    )
    connection.execute("delete from runs where number > ?", (run,))
    connection.execute("commit")


def _forget_earlier(connection: sqlite3.Connection, run: int) -> None:
    """Remove the files that were read again or have vanished by this run."""
    connection.execute("begin immediate")
    gone = "select number from files where until <= ? and until < 9223372036854775807"
    connection.execute(f"delete from documents where file in ({gone})", (run,))  # noqa: S608
    connection.execute("delete from files where until <= ? and until < 9223372036854775807", (run,))
    connection.execute("delete from runs where number < ?", (run,))
    connection.execute("commit")
