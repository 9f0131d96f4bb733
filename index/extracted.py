"""What readers extract from files: passages of plain text, and the fields that a file states."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import msgspec

from search.document import BlockKind

Values = str | tuple[str, ...]


class ReadError(Exception):
    """A file or record cannot be read; the message is the reason shown in the report."""


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A block of plain text: a paragraph, heading, list item …; `\\n` is a line break of the document.

    `level` is that of a heading, list or quote, from 1; 0 for other kinds. `page` is the label of the page on
    which the text begins, if the format has pages.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: str = ""

    def with_text(self, text: str) -> "Passage":
        """The passage with another text."""
        return Passage(self.kind, text, self.level, self.page)

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")


def _nothing() -> Iterable[bytes]:
    return ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its path there as it is written, and its content in pieces.

    `chunks` may raise anything. `why_not` is the reason if the member is not to be read.
    """

    name: str
    chunks: Callable[[], Iterable[bytes]] = _nothing
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document as its reader extracts it, before it is understood.

    `fields` are stated in the file (front matter, markup, a record) under the names of `Document`, dates as
    text; they override what is found in the text. Where editors give a `date` in normalized form,
    `date_written` is the date in the document's own words. `extra` is other metadata, label -> value.

    `number` is the record number from 1, or 0 if the file is one document. `header` tells whether the
    passages may begin or end with a header block. `signed` is set where the markup tells the parts of a
    document apart: the name of the signer, or "" if nobody signs. There is no header block then, but fields
    that are not stated are still looked for in the title and the text. `at` is the number of bytes of the
    file read so far, 0 if unknown. `encoding` is that of the text if it was guessed; "" if it is known.
    `boilerplate` is the number of characters that the reader left out since they are no part of the
    document, such as a publisher's licence.
    `attached` are files that belong to the document as its parts.
    """

    passages: tuple[Passage, ...] = ()
    fields: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0
    header: bool = True
    signed: str | None = None
    at: int = 0
    encoding: str = ""
    boilerplate: int = 0
    attached: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be read: its number from 1, and the reason. Later records still can.

    `source` names the file if that is a member of the one being read (see `index.sources.read_task`).
    """

    number: int
    reason: str
    source: str = ""
