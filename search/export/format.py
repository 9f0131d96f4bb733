"""What is an export format? A name, and a function that writes documents as they come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Self

from search.api.urls import document_url
from search.document import Document
from search.parameters.export import MEDIA_TYPES
from search.settings import Site

_BLOCK = 1 << 16  # bytes that are written at once
_TITLES = 1000  # of documents that have parts, kept while these are written


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What an export says of documents beside what they hold.

    `permalink` gives the address of a document by its id, and `title_of` its title, empty if there is none;
    `archive_title` is the title of the archive, `day` the day on which the documents are read.
    """

    permalink: Callable[[str], str]
    archive_title: str
    day: date
    title_of: Callable[[str], str] = lambda _: ""

    @classmethod
    def today(cls, site: Site, lookup: Callable[[str], Document | None]) -> Self:
        """The context of an export today (UTC), from an archive in which `lookup` finds documents by id.

        Without `site.base_url`, permalinks are paths.
        """

        @lru_cache(_TITLES)
        def title_of(doc_id: str) -> str:
            found = lookup(doc_id)
            return found.title if found else ""

        return cls(
            permalink=lambda doc_id: site.base_url + document_url(doc_id),
            archive_title=site.given_title,
            day=datetime.now(UTC).date(),
            title_of=title_of,
        )


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format by its `name` in addresses and on the command line, and its `label` on pages.

    `suffix` ends the name of a file, without the dot. `pieces` writes documents piece by piece.
    """

    name: str
    label: str
    suffix: str
    pieces: Callable[[Iterable[Document], ExportContext], Iterator[bytes]]

    @property
    def media_type(self) -> str:
        """The media type, with the encoding where it is text."""
        return MEDIA_TYPES[self.name]

    def write(self, documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
        """The file in blocks of some 64 KB, each made when it is asked for, as `stream.writelines` does.

        Raises what reading the documents raises: what was written until then is no whole file.
        """
        return blocks(self.pieces(documents, context))


def blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces joined to blocks of some 64 KB, of which the last is smaller."""
    block, size = list[bytes](), 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(block)
            block, size = [], 0
    if block:
        yield b"".join(block)
