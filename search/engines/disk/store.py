"""One library's part of an index on disk: a reader of one directory, and a transaction in one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from search.engines import Writer
from search.engines.disk.changed_words import WordCountingWriter
from search.engines.disk.generations import CommitInfo, Generations
from search.engines.faults import library
from search.engines.fields import word_fields
from search.engines.snapshots.snapshot import CommitReader
from search.engines.terms.vocabulary import words_in, write_all, write_changes
from search.schema import Schema


class StoreReader(CommitReader, Protocol):
    """A commit in a directory, opened for reading.

    `stamp` names it, `updated` is the time of the commit (RFC 3339).
    """

    commit_info: CommitInfo
    stamp: str
    updated: str

    @property
    def documents(self) -> int: ...
    def terms(self, field: str) -> Iterable[tuple[str, int]]:
        """All words of a field by alphabet, each with its number of live documents."""


class StoreWriter(Writer, Protocol):
    """A transaction in a directory that no reader sees before it is live."""

    def commit(self) -> None:
        """Write everything to the directory's files; nothing goes on in the background afterwards."""

    def cancel(self) -> None:
        """Release what the transaction holds; its directory will be removed."""


@dataclass(frozen=True, slots=True)
class Store:
    """A library under the name that begins the names of its directories.

    `reader` opens a directory, raising FileNotFoundError if a later commit has removed it. `writer` begins
    a transaction in a directory that holds an index or is new (the last argument). A commit changes the
    files called `rewritten` in place, and no other.
    """

    name: str
    reader: Callable[[Path], StoreReader]
    writer: Callable[[Path, Schema, bool], StoreWriter]
    rewritten: frozenset[str] = frozenset()


@contextmanager
def transaction(
    store: Store, generations: Generations, schema: Schema, before: Path | None = None
) -> Iterator[Writer]:
    """A new generation, empty or begun as the directory `before`, live from the end of the block on.

    The lock must be held. Raises OSError where the disk refuses, `faults.Unreadable` where the library
    fails otherwise.
    """
    with generations.successor(store.name, schema, before, store.rewritten) as directory:
        words = words_in(before) if before else 0
        with library():
            writer = store.writer(directory, schema, before is None)
        counting = WordCountingWriter(writer, words)
        try:
            yield counting
            with library():
                writer.commit()
                _write_words(store, directory, schema, before, counting)
        except BaseException:
            with suppress(Exception), library():  # a full disk may refuse this, too
                writer.cancel()
            raise


def _write_words(
    store: Store, directory: Path, schema: Schema, before: Path | None, counting: WordCountingWriter
) -> None:
    """Write the words of an index: those that its transaction changed, or all."""
    if before and counting.are_few:
        with closing(store.reader(before)) as reader:
            changed = counting.counts(schema, reader.get_many, reader.vocabulary.of)
        write_changes(directory, changed)
    else:
        with closing(store.reader(directory)) as reader:
            write_all(directory, word_fields(schema), reader.terms)
