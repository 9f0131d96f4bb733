"""What one reader run gets: a file, what is stated beside it, and which of its records to read."""

from dataclasses import dataclass, field

from index.sources.files import SourceFile
from index.sources.sent import Sent
from index.sources.sidecar import Sidecar
from search.commit_data.aliases import Aliases

RUN = 20
"""Consecutive records that one worker reads before the next worker's turn comes."""


@dataclass(frozen=True, slots=True)
class Shard(Sent):
    """The record ranges of a file that worker `index` of `count` reads: round robin, RUN records each.

    A document that is not a record has the number 0, and so belongs to the first shard.
    """

    index: int = 0
    count: int = 1

    def holds(self, number: int) -> bool:
        """Whether the record of this number belongs to the shard."""
        return number // RUN % self.count == self.index


@dataclass(frozen=True, slots=True)
class ReadTask(Sent):
    """A file to read, its sidecar, the aliases of its SOURCE, and the shard of its records to read.

    `members` are the files that are one document with it, in reading order: the pages of a volume. They have
    no entries of their own in the manifest; a change of any of them is a change of the file. The file itself
    may be among them. `scans` are files of the same document whose text is the file's.

    `format` is the name of its format, as it was recognised when the run was planned; without one, the reader
    looks again. `many` says that the file may hold many records, which several workers can share.
    """

    file: SourceFile
    sidecar: Sidecar = field(default_factory=Sidecar)
    aliases: Aliases = field(default_factory=Aliases)
    shard: Shard = field(default_factory=Shard)
    members: tuple[SourceFile, ...] = ()
    scans: tuple[SourceFile, ...] = ()
    format: str = ""
    many: bool = False

    def size(self) -> int:
        """The length of all files in bytes."""
        if not (self.members or self.scans):
            return self.file.size()
        return sum(file.size() for file in dict.fromkeys((self.file, *self.members, *self.scans)))
