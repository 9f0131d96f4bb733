"""The vocabulary of an index in a cluster: files of words, as beside an index on disk, each of them a blob.

A reader downloads those that it does not have into a folder of its machine and maps them; a commit uploads
the one that it writes. So both pay for what has changed (see `search.engines.terms.vocabulary`).
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from search.engines.faults import refusal
from search.engines.opensearch.blobs import Blobs
from search.engines.opensearch.commit import Blob, Commit
from search.engines.opensearch.word_counts import WordCounts
from search.engines.terms.term_dictionary import TermDictionary
from search.engines.terms.vocabulary import Counts, Vocabulary, files_in, write_all, write_changes
from search.errors import EngineUnavailable

_UNUSED_SECONDS = 86_400  # after which a downloaded file is removed


class LocalFiles:
    """The files of words that were downloaded into a folder, named by their digests."""

    def __init__(self, blobs: Blobs, folder: Path) -> None:
        self._blobs, self._folder = blobs, folder

    def vocabulary(self, commit: Commit) -> Vocabulary:
        """The vocabulary of a commit. Raises EngineUnavailable if the folder cannot be written to."""
        return Vocabulary(self._fetched(commit.words).values(), lambda _: [])

    def write(self, before: Commit | None, counts: WordCounts, number: int) -> Mapping[str, Blob]:
        """The files of words of commit `number`, uploaded: of all counted, or of what they change.

        Raises EngineUnavailable.
        """
        if before and counts.are_none:
            return before.words
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix="new-", dir=self._folder) as name:
                directory = Path(name)
                self._write(directory, before, counts)
                shared = before.words if before else {}
                return {
                    path.name: shared.get(path.name) or self._uploaded(path, number)
                    for path in files_in(directory)
                }
        except OSError as error:
            raise self._unavailable(error) from error

    def _write(self, directory: Path, before: Commit | None, counts: WordCounts) -> None:
        if not before:
            write_all(directory, counts.fields, counts.of)
            return
        for name, path in self._fetched(before.words).items():
            os.link(path, directory / name)
        vocabulary = Vocabulary(files_in(directory), lambda _: [])
        changed = {field: _new_counts(counts.of(field), vocabulary.of(field)) for field in counts.fields}
        write_changes(directory, changed)

    def _uploaded(self, path: Path, number: int) -> Blob:
        with path.open("rb") as file:
            blob = self._blobs.write(file, number)
        path.replace(self._folder / blob.digest)
        return blob

    def _fetched(self, words: Mapping[str, Blob]) -> dict[str, Path]:
        """The local file of each, the oldest first."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            found = {name: self._local(words[name]) for name in sorted(words, key=_number)}
            self._remove_unused()
        except OSError as error:
            raise self._unavailable(error) from error
        return found

    def _local(self, blob: Blob) -> Path:
        path = self._folder / blob.digest
        if not _is_there(path, blob.size):
            fresh = self._folder / f"{blob.digest}.{os.getpid()}-{time.monotonic_ns()}"
            with fresh.open("wb") as file:
                file.writelines(self._blobs.chunks(blob))
            fresh.replace(path)
        return path

    def _remove_unused(self) -> None:
        """Remove what was not used for a day: a file that is mapped stays readable."""
        limit = time.time() - _UNUSED_SECONDS
        for path in self._folder.iterdir():
            with suppress(OSError):  # another process does the same
                if path.stat().st_mtime < limit:
                    rmtree(path) if path.is_dir() else path.unlink()

    def _unavailable(self, error: OSError) -> EngineUnavailable:
        return EngineUnavailable(f"The folder {self._folder} cannot be written to {refusal(error)}")


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _is_there(path: Path, size: int) -> bool:
    """Whether a file of this size is there, which is then marked as used."""
    try:
        os.utime(path)
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _new_counts(changes: Counts, before: TermDictionary) -> Iterator[tuple[str, int]]:
    """The words that are in more or in fewer documents than before, each with its number."""
    for word, change in changes:
        # It would be below 0 where an older Unicode divided words otherwise.
        yield word, max(0, before.count(word) + change)
