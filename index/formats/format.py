"""What a format is: its suffixes, how its content is recognised, and the reader of its files."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.extracted import BadRecord, Extracted, Member
from index.formats.support.archive import Archive
from index.formats.support.gutenberg import without_licence
from index.formats.support.whole_words import whole_words
from index.metadata.labels import Labels
from index.sources.files import SourceFile
from index.sources.read_task import Shard


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader needs besides the file: the run's `labels`, and the `shard` of records to read.

    `members` are the files that are one document with the file, in reading order; none for most.
    To `remarks` it adds a sentence about each error in the file that did not keep it from being read.
    """

    labels: Labels = field(default_factory=Labels)
    shard: Shard = field(default_factory=Shard)
    members: tuple[SourceFile, ...] = ()
    remarks: list[str] = field(default_factory=list)


Unpacker = Callable[[SourceFile], Iterable[Member]]
"""Gives the files inside a file. Raises ReadError or OSError where the file is broken."""
Reader = Callable[[SourceFile, ReadContext], Iterable[Extracted | BadRecord]]
"""Gives the documents of a file in order. Raises ReadError or OSError if the file cannot be read."""


def no_documents(_file: SourceFile, _context: ReadContext) -> Iterable[Extracted]:
    """The reader of containers, which are no documents themselves."""
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """A file format and its reader.

    Suffixes are in lower case; with `gzip`, files may also be compressed (`.csv.gz`). A file whose content
    shows another format than its suffix is read as what its content shows. A format shows itself by
    `magic`, matched at the file's first byte, by `is_package`, asked of ZIP archives, or by `root`, matched
    at the beginning of the text, in which each run of whitespace is one space, or by `begins`, asked of
    that beginning as it is. In a file with the format's
    suffix, `magic` may stand anywhere in the first `magic_within` bytes.

    `many` says that a file may hold any number of documents; `text_ratio` is the number of bytes of text
    to expect for each byte of the file. `pages` names what a file is if it is a page, which belongs to the
    same document as the others of its folder; `lists` gives the files that a file says are its pages.

    A file that `is_transcript` may be the text of one that `is_scan`, where both have the same name.

    A file of a container format is no document: `unpack` gives the files inside it, which are read like those
    of a folder.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    gzip: bool = False
    magic: re.Pattern[bytes] | None = None
    magic_within: int = 0
    is_package: Callable[[Archive], bool] | None = None
    root: re.Pattern[str] | None = None
    begins: Callable[[str], bool] | None = None
    many: bool = False
    text_ratio: float = 1.0
    pages: str = ""
    lists: Callable[[SourceFile], Iterable[Path]] | None = None
    unpack: Unpacker | None = None
    is_transcript: bool = False
    is_scan: bool = False

    def documents(self, file: SourceFile, context: ReadContext) -> Iterator[Extracted | BadRecord]:
        """What the reader gives, with words whole that lines broke, and without a publisher's licence.

        Raises ReadError or OSError if the file cannot be read.
        """
        for found in self.read(file, context):
            yield found if isinstance(found, BadRecord) else _finished(found)

    @property
    def all_suffixes(self) -> tuple[str, ...]:
        """The suffixes of plain and compressed files."""
        return (*self.suffixes, *(f"{suffix}.gz" for suffix in self.suffixes if self.gzip))

    @property
    def is_text(self) -> bool:
        """Whether any text may be of this format; else a file without its magic number is not."""
        return self.magic is None and self.is_package is None


def _finished(found: Extracted) -> Extracted:
    passages = whole_words(found.passages)
    return without_licence(found if passages is found.passages else replace(found, passages=passages))
