"""Which documents need attention? The report of an indexing run, stored in the index for a page to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

HEALTH_KEY = "health"
"""The name of the report in an engine's commit data."""

LISTED = 1_000
"""Documents or groups in each list of the report."""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A file or record that was not indexed completely, and the reason."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class MostlyBoilerplate:
    """A document more than half of which was taken for boilerplate: how many characters, and their share."""

    id: str
    characters: int
    share: float


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Findings about the whole index as of its last commit.

    Lists hold ids of documents, but `duplicates` groups of ids, and `name_candidates` groups of names
    that may be one person's. `remarks` are errors in files that were indexed in spite of them.
    `encodings_guessed` counts documents by the encoding that the letters of their file showed.
    `boilerplate` are documents in which little is left as text. `languages` counts documents by the
    language of their text, the most frequent first.

    Lists of documents and of names have the first LISTED; `count` says how many there are of all.
    """

    failed: tuple[SourceProblem, ...] = ()
    skipped: tuple[SourceProblem, ...] = ()
    undated: tuple[str, ...] = ()
    date_not_understood: tuple[str, ...] = ()
    no_author: tuple[str, ...] = ()
    no_title: tuple[str, ...] = ()
    no_text: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()
    name_candidates: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[SourceProblem, ...] = ()
    encodings_guessed: Mapping[str, int] = field(default_factory=dict)
    boilerplate: tuple[MostlyBoilerplate, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How many entries the list of this name would have in full."""
        return self.counts.get(name, len(getattr(self, name)))

    def to_bytes(self) -> bytes:
        """The encoded form, as stored in the commit data."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> "HealthReport | None":
        """The report that `to_bytes` encoded; None for anything else, such as another version's."""
        try:
            return msgspec.msgpack.decode(data, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None
