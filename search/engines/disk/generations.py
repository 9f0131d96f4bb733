"""Which commit is live? One directory for each generation under one root, and a file naming the live one.

    PATH/CURRENT             the name of the live directory
    PATH/LOCK                held by the one process that writes
    PATH/<name>/             a complete index
    PATH/<name>/manifest.json    its CommitInfo: engine, schema
    PATH/<name>/checksums.json   the sizes and digests of its files

Every commit writes a new directory and then replaces CURRENT by an atomic rename, so a reader finds the
old index or the new one, and a crash at any moment leaves the old one live. An incremental commit links the
files of the one before into its own directory: engines never change a file that they have written.
"""

import errno
import fcntl
import logging
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from search.calendar import timestamp
from search.engines.disk.checksums import record
from search.engines.disk.hard_links import link_files
from search.engines.faults import refusal
from search.errors import EngineUnavailable, IndexDamaged, IndexLocked
from search.schema import Schema, Weights

_log = logging.getLogger(__name__)

PRIVATE = 0o700  # Whoosh unpickles its files

_DIRECTORY = re.compile(r"[a-z]+-[0-9a-f]{12}")  # no other directory is removed


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """What wrote a commit: enough to query it with the analysis that made it."""

    engine: str
    fingerprint: str
    language: str
    weights: Weights
    languages: tuple[str, ...] = ()

    @property
    def schema(self) -> Schema:
        """The schema the index was written under, as far as this version can rebuild it."""
        return Schema(self.language, self.weights, self.languages)


class Generations:
    """The directories under one root. Raises EngineUnavailable where the disk refuses."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def live(self) -> Path | None:
        """The live directory; None if there is no index yet."""
        try:
            name = (self.root / "CURRENT").read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(
                f"{self.root / 'CURRENT'} cannot be read ({error}); rebuild the index."
            ) from error
        if not name or Path(name).name != name:
            raise IndexDamaged(f"{self.root / 'CURRENT'} names no directory; rebuild the index.")
        return self.root / name

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out. Raises IndexLocked if one is at work."""
        with self._disk():
            self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            handle = os.open(self.root / "LOCK", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise IndexLocked(
                f"Another process is writing to {self.root}; try again when it has ended."
            ) from error
        try:
            yield
        finally:
            os.close(handle)

    @contextmanager
    def successor(
        self, engine: str, schema: Schema, before: Path | None = None, rewritten: Collection[str] = ()
    ) -> Iterator[Path]:
        """A new directory, live from the end of the block on; removed if the block fails.

        It is empty, or has the files of the directory `before`, of which only those called `rewritten` may
        be changed in place. The lock must be held. All directories that are not live are removed.
        """
        self._sweep()  # the leftovers of a killed process may fill the disk
        with self._disk():
            path = self.root / f"{engine}-{secrets.token_hex(6)}"
            path.mkdir(mode=PRIVATE)
        try:
            info = CommitInfo(engine, schema.fingerprint, schema.language, schema.weights, schema.languages)
            same, linked = set[str](), set[str]()
            with self._disk():
                (path / "manifest.json").write_bytes(msgspec.json.encode(info))
                if before:
                    same, linked = link_files(before, path, rewritten)
            yield path
            with self._disk():
                record(path, before, same)
                self._make_live(path, linked)
            _log.debug("committed %s", path)
        except BaseException:
            if not self._is_live(path):  # it may have become so before the error
                shutil.rmtree(path, ignore_errors=True)
            raise
        self._sweep()

    def _make_live(self, path: Path, linked: Collection[str]) -> None:
        for file in path.iterdir():
            if file.name not in linked:  # the linked ones are on the disk
                sync(file)
        sync(path)
        fresh = self.root / "CURRENT.new"
        fresh.write_text(path.name, encoding="ascii")
        sync(fresh)
        fresh.replace(self.root / "CURRENT")
        sync(self.root)

    def _is_live(self, path: Path) -> bool:
        """Whether a directory is live, or may be."""
        try:
            return self.live() == path
        except IndexDamaged:  # unknown which one is
            return True

    def _sweep(self) -> None:
        for path in self.root.iterdir():
            if path.is_dir() and _DIRECTORY.fullmatch(path.name) and not self._is_live(path):
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EngineUnavailable(f"The index {self.root} cannot be written to {refusal(error)}") from error


def engine_of(path: Path) -> str:
    """The name of the store that wrote a directory, which begins the directory's name."""
    return path.name.partition("-")[0]


def read_commit_info(path: Path) -> CommitInfo:
    """The CommitInfo in an index's directory. Raises FileNotFoundError, or IndexDamaged."""
    try:
        return msgspec.json.decode((path / "manifest.json").read_bytes(), type=CommitInfo)
    except FileNotFoundError:
        raise
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"The manifest of {path} cannot be read; rebuild the index.") from error


def modified(file: Path) -> str:
    """When a file was last written, RFC 3339 in UTC."""
    return timestamp(file.stat().st_mtime)


def sync(path: Path) -> None:
    """Flush a file or directory to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if not (path.is_dir() and error.errno == errno.EINVAL):  # some file systems refuse directories
            raise
    finally:
        os.close(handle)
