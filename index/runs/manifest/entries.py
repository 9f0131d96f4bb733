"""What the manifest says of a file: its documents, and what of it could not be indexed."""

from collections import Counter

import msgspec

from index.extracted import ReadError
from index.sources.files import SourceFile
from search.commit_data.aliases import name_key

Place = tuple[str, str]
"""A file: the root of its SOURCE and its name below it."""


class DocumentEntry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One document in the index.

    `key` is the hash of its content; `number` its 1-based record number in its file, 0 if it is the
    whole file; `text` the hash of its text, by which duplicates are found, empty without any text;
    `encoding` that of its file, if it was guessed. `title` is the hash of its own title, empty if it has
    none; `earliest` and `latest` bound its date, as day numbers. `length` is that of the text; of the
    `characters` that were extracted, `boilerplate` are not in it. `indexed` and `text_language` are
    those of the document.
    """

    id: str
    key: bytes
    number: int = 0
    text: bytes = b""
    authors: tuple[str, ...] = ()
    undated: bool = False
    date_not_understood: bool = False
    untitled: bool = False
    recipients: tuple[str, ...] = ()
    encoding: str = ""
    title: bytes = b""
    earliest: int | None = None
    latest: int | None = None
    length: int = 0
    characters: int = 0
    boilerplate: int = 0
    indexed: int = 0
    text_language: str = ""

    def names_any(self, keys: frozenset[str]) -> bool:
        """Whether an author or recipient has one of these keys (see `name_key`)."""
        return bool(keys) and any(name_key(name) in keys for name in (*self.authors, *self.recipients))


class SourceFailure(msgspec.Struct, array_like=True, frozen=True):
    """A file or record that could not be indexed, and why.

    `id` is set if the reason is that another document has this id. A `remark` is no failure: the file was
    indexed in spite of an error in it, which the reason names. Nor is what is `skipped`: a file inside
    another that is not read; nor a record that is `withheld`.
    `seconds` is the time that was not enough, if the reason is that. The file is `unread` if the system did
    not give its content: the next run tries again, though the file has not changed.
    """

    source: str
    reason: str
    id: str = ""
    remark: bool = False
    skipped: bool = False
    withheld: bool = False
    seconds: float = 0.0
    unread: bool = False

    @property
    def failed(self) -> bool:
        """Whether something that should be in the index is not."""
        return not (self.remark or self.skipped or self.withheld)


def unreadable(file: SourceFile, error: OSError | ReadError) -> SourceFailure:
    """The failure of a file that cannot be opened, or that its reader refuses."""
    if isinstance(error, ReadError):
        return SourceFailure(file.name, str(error))
    return SourceFailure(file.name, f"It cannot be opened: {error.strerror or error}.", unread=True)


MOST_LISTED = 20
"""The records of one file that are listed, if many cannot be read."""


class FileFailures:
    """The failures of a file; of many records of one source the first ones, and how many more there are.

    `seconds` is the longest time that was not enough; `unread` is whether the system did not give all of
    the content, `incomplete` whether a document may be missing for another reason than its id.
    """

    def __init__(self) -> None:
        self._listed: list[SourceFailure] = []
        self._records: Counter[str] = Counter()
        self.seconds, self.unread, self.incomplete = 0.0, False, False

    def add(self, failure: SourceFailure) -> None:
        """Note one more."""
        self.seconds = max(self.seconds, failure.seconds)
        self.unread = self.unread or failure.unread
        self.incomplete = self.incomplete or (failure.failed and not failure.id)
        source, _, number = failure.source.rpartition("#")
        if failure.failed and source and number.isdecimal():
            self._records[source] += 1
            if self._records[source] > MOST_LISTED:
                return
        self._listed.append(failure)

    def listed(self) -> tuple[SourceFailure, ...]:
        """Those to be shown."""
        more = ((source, count - MOST_LISTED) for source, count in self._records.items())
        return (
            *self._listed,
            *(SourceFailure(source, f"{n:,} more of its records failed.") for source, n in more if n > 0),
        )


def key_after(key: str, seconds: float) -> str:
    """The key of a file for which so many seconds were not enough, so that it is read again given more."""
    return f"{key}~{seconds:g}" if seconds else key
