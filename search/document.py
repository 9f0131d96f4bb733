"""The document: what every source is read into, and what an index stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from search.calendar import BEGINNING, END, DayRange, iso, timestamp

_LISTED = 500  # characters of a title in a list
NAMES_AS_WRITTEN = "names as written"
"""The key of `Document.extra` under which names stay that `aliases.txt` replaced."""

Certainty = Literal["exact", "approximate", "uncertain"]
BlockKind = Literal["heading", "paragraph", "list_item", "quote", "preformatted", "table"]


@dataclass(frozen=True, slots=True)
class ArchivalDate:
    """A date as an archivist means it: its text in the document, and the days that the text allows.

    `earliest` and `latest` are day numbers (see `search.calendar`), inclusive. One is None where
    the text leaves that end open ("before 1800"), both are where the text was not understood.
    """

    text: str
    earliest: int | None
    latest: int | None
    certainty: Certainty = "exact"

    @property
    def understood(self) -> bool:
        """Whether at least one bound is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def days(self) -> DayRange | None:
        """The days that the date allows, open ends as BEGINNING and END; None if it was not understood."""
        if not self.understood:
            return None
        return DayRange(
            BEGINNING if self.earliest is None else self.earliest,
            END if self.latest is None else self.latest,
        )

    @property
    def earliest_iso(self) -> str | None:
        """The first day that the date allows, as `1951-07-01`."""
        return None if self.earliest is None else iso(self.earliest)

    @property
    def latest_iso(self) -> str | None:
        """The last day that the date allows, as `1951-07-31`."""
        return None if self.latest is None else iso(self.latest)


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph, heading, list item …: a range of the document's body, `end` excluded.

    `level` is a heading's (1–6) or a list's depth; `page` is the page on which it begins, if known.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the original is kept: `text` as written, and its parts if they are stated.

    The parts carry the names of the hierarchy that gave Opis its name; a folder or box
    number goes into the part of the same level.
    """

    text: str
    archive: str = ""
    fond: str = ""
    opis: str = ""
    delo: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the archive, as plain text.

    `id` holds only `[A-Za-z0-9._~-]`; `title` is never empty; `source` is the file's path below its
    SOURCE (`records.jsonl#17` for the 17th record); `blocks` lie in order over `body`.

    `folder` is the path of the folder that it is in, below SOURCE. `files` are the paths of its files if
    they are several, or if it was read from inside another file. `parent` is the id of the document that it
    is a part of: of an attachment, the mail. `makeshift_title`: nothing states a title, and the first line of
    the text or the file's name stands for it. `language` is what is stated, of the original, say;
    `text_language` is the language of `body`, by its English name, empty where there is no text. `indexed` is
    the start, in POSIX seconds, of the run that last put it into the index in its present form, 0 where that
    is unknown; documents are equal whatever it is.
    """

    id: str
    title: str
    body: str = ""
    date: ArchivalDate | None = None
    authors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    summary: str = ""
    collection: str = ""
    language: str = ""
    type: str = ""
    place: str = ""
    citation: str = ""
    credits: str = ""
    source_url: str = ""
    reference: Reference | None = None
    classification: str = ""
    source: str = ""
    blocks: tuple[Block, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    folder: str = ""
    files: tuple[str, ...] = ()
    parent: str = ""
    makeshift_title: bool = False
    text_language: str = ""
    indexed: int = field(default=0, compare=False)

    @property
    def short_title(self) -> str:
        """The title as lists show it: cut after some 500 characters, for a text may stand for a title."""
        if len(self.title) <= _LISTED:
            return self.title
        start = self.title[:_LISTED]
        return f"{start.rpartition(' ')[0] or start}…"

    @property
    def indexed_at(self) -> str | None:
        """`indexed` as `2026-11-22T03:00:00Z` (RFC 3339, UTC)."""
        return timestamp(self.indexed) if self.indexed else None

    def __repr__(self) -> str:
        """Id, title and date: the text may be long."""
        date = f", {self.date.text!r}" if self.date else ""
        return f"<Document {self.id}: {self.title[:80]!r}{date}, {len(self.body):,} characters>"

    @property
    def folders(self) -> tuple[str, ...]:
        """The paths of all folders that it is in, the topmost first."""
        levels = self.folder.split("/") if self.folder else []
        return tuple("/".join(levels[: depth + 1]) for depth in range(len(levels)))

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of its `files` without their folders."""
        return tuple(path.rpartition("/")[2] for path in self.files)

    @property
    def headings(self) -> tuple[str, ...]:
        """The section headings inside the body."""
        return tuple(self.body[b.start : b.end] for b in self.blocks if b.kind == "heading")

    @property
    def other_details(self) -> dict[str, str]:
        """What of `extra` is searched: all but names as written, which stand for authors and recipients."""
        return {key: value for key, value in self.extra.items() if key != NAMES_AS_WRITTEN}


_encoder = msgspec.msgpack.Encoder(enc_hook=dict)
_decoder = msgspec.msgpack.Decoder(Document)
_CONTENT = tuple(each.name for each in fields(Document) if each.name not in {"text_language", "indexed"})
_content = attrgetter(*_CONTENT)  # of all fields but the last two
_INDEXED = _encoder.encode("indexed")  # a document's last key, as MessagePack


def to_bytes(document: Document) -> bytes:
    """Encode a document (MessagePack), as engines store it."""
    return _encoder.encode(document)


def from_bytes(data: bytes) -> Document:
    """The document that `to_bytes` encoded. Raises msgspec.MsgspecError for anything else."""
    return _decoder.decode(data)


def with_indexed(data: bytes, indexed: int) -> bytes:
    """What `to_bytes` gives of the document that it encoded as `data`, with another `indexed`.

    Nothing is decoded, since a run does this to every document that it puts: the value is the last one.
    """
    before, key, _ = data.rpartition(_INDEXED)
    return before + key + _encoder.encode(indexed)


def in_language(document: Document, text_language: str) -> Document:
    """The document with this language of its text; `dataclasses.replace` takes twice as long."""
    values: list[Any] = [*_content(document), text_language, document.indexed]
    return Document(*values)


def content_bytes(document: Document) -> bytes:
    """Encode a document without its `source` and `indexed`: the same bytes for the same content.

    Its `text_language` follows from its content, and is left out. Runs compare hashes of these bytes with
    those that earlier versions made. So a field that is added later is to be left out here where it is empty;
    else each document would be a changed one.
    """
    content = dict(zip(_CONTENT, _content(document), strict=True))
    content["source"] = ""
    return _encoder.encode(content)
