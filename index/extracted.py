"""What does a reader give? Passages of plain text, and what the file states in so many fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from search.document import BlockKind

Values = str | tuple[str, ...]


class ReadError(Exception):
    """A file or record cannot be read; the message is the reason, as the report shows it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item … of plain text; line breaks inside are those of the document.

    `page` is the page it begins on, where the format has pages.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines, as they stand."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document as its file has it.

    `fields` are stated by the format (front matter, a record) under the names of `Document`, dates as
    text; they are believed before anything found in the text. A `date_written` is how the document
    itself writes the date, where `date` is its editors' plain form of it. `number` counts records from 1.
    `header` says whether the passages may begin or end with a header block. Where a format marks up
    the parts of a document, `signed` is who signs it, or "" for nobody: there is no header block then,
    but what is not stated is still looked for in the title and the text. `at` is how many bytes of the
    file were read up to here, where the reader knows.
    """

    passages: tuple[Passage, ...] = ()
    fields: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0
    header: bool = True
    signed: str | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be read: which, and why. Those behind it still can."""

    number: int
    reason: str
