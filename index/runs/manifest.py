"""What did the last run index, from which files? The manifest, kept with each commit of the index.

It need not be trusted: without it a run reads every file again, and no document is lost. Only a document
whose file is gone by then stays in the index, since nothing tells any more that it came from that file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec

from index.extracted import ReadError
from index.sources.files import SourceFile
from search.commit_data.aliases import Aliases, name_key

MANIFEST_KEY = "sources"
"""The name of the manifest in an engine's commit data."""

Place = tuple[str, str]
"""A file: the root of its SOURCE and its name below it."""

_FORMAT = 1


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


def capped(failures: Iterable[SourceFailure]) -> tuple[SourceFailure, ...]:
    """The failures of a file; of many records of one source the first ones, and how many more there are."""
    kept: list[SourceFailure] = []
    counts: Counter[str] = Counter()
    for failure in failures:
        source, _, number = failure.source.rpartition("#")
        if failure.failed and source and number.isdecimal():
            counts[source] += 1
            if counts[source] > MOST_LISTED:
                continue
        kept.append(failure)
    more = ((source, count - MOST_LISTED) for source, count in counts.items() if count > MOST_LISTED)
    return (
        *kept,
        *(SourceFailure(source, f"{count:,} more of its records failed.") for source, count in more),
    )


class FileEntry(msgspec.Struct, array_like=True, frozen=True):
    """A file as it was indexed: its key (see `index.runs.reading.file_key`), documents and failures."""

    key: str
    documents: tuple[DocumentEntry, ...] = ()
    failures: tuple[SourceFailure, ...] = ()

    def is_as_before(self, key: str, seconds: float, renamed: frozenset[str]) -> bool:
        """Whether the file has this key, and none of its people is among those `renamed`.

        Where time was not enough, it is so only if there is as much now, in `seconds`.
        """
        same = self.key in {key, key_after(key, seconds)}
        return same and not any(entry.names_any(renamed) for entry in self.documents)

    @property
    def contested(self) -> bool:
        """Whether a document of the file was left out because another has its id."""
        return any(failure.id for failure in self.failures)


def key_after(key: str, seconds: float) -> str:
    """The key of a file for which so many seconds were not enough, so that it is read again given more."""
    return f"{key}~{seconds:g}" if seconds else key


class Manifest(msgspec.Struct, frozen=True):
    """Root of a SOURCE -> name of a file below it -> its entry; and root -> text of its aliases."""

    roots: Mapping[str, Mapping[str, FileEntry]] = msgspec.field(default_factory=dict)
    aliases: Mapping[str, str] = msgspec.field(default_factory=dict)
    format: int = _FORMAT

    def files(self) -> Iterator[tuple[Place, FileEntry]]:
        """Every file, with its place."""
        for root, files in self.roots.items():
            for name, file in files.items():
                yield (root, name), file

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document in the index."""
        for _, file in self.files():
            yield from file.documents

    def all_aliases(self) -> bytes:
        """The aliases of all roots, as the text of one file."""
        return str(sum(map(Aliases.read, self.aliases.values()), Aliases())).encode()

    def with_aliases(self, aliases: Mapping[str, str]) -> "Manifest":
        """The manifest with the aliases of these roots in place of those it has."""
        return Manifest(self.roots, {**self.aliases, **aliases})

    def without(self, places: Set[Place], roots: Set[str]) -> tuple["Manifest", dict[Place, FileEntry]]:
        """The manifest without these files and roots, and the entries left out."""
        removed = {place: file for place, file in self.files() if place in places or place[0] in roots}
        kept = {
            root: {name: file for name, file in files.items() if (root, name) not in removed}
            for root, files in self.roots.items()
            if root not in roots
        }
        aliases = {root: text for root, text in self.aliases.items() if root not in roots}
        return Manifest(kept, aliases), removed

    def with_files(self, files: Mapping[Place, FileEntry]) -> "Manifest":
        """The manifest with these files, in place of those it has under the same names."""
        roots = {root: dict(known) for root, known in self.roots.items()}
        for (root, name), file in files.items():
            roots.setdefault(root, {})[name] = file
        return Manifest(roots, self.aliases)

    def to_bytes(self) -> bytes:
        """The encoded form, as stored in the commit data."""
        return msgspec.msgpack.encode(self)


def manifest_of(data: bytes) -> Manifest:
    """Decode what `Manifest.to_bytes` wrote; an empty manifest if that fails or the format is another."""
    try:
        manifest = msgspec.msgpack.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Manifest()
    return manifest if manifest.format == _FORMAT else Manifest()
