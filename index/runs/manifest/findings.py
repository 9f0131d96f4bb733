"""What of a document is kept in columns of its own, so that the health report is made by queries."""

from enum import IntFlag

from index.runs.manifest.entries import DocumentEntry

SHORT = 400
"""Characters of text, below which only documents of the same title may be the same."""


class Attention(IntFlag):
    """Why a document needs attention, one bit for each list of the health report, by whose names they go."""

    UNDATED = 1
    DATE_NOT_UNDERSTOOD = 2
    NO_AUTHOR = 4
    NO_TITLE = 8
    NO_TEXT = 16
    BOILERPLATE = 32


def attention(entry: DocumentEntry) -> int:
    """The bits of `Attention` that are set for a document, as numbers: its own operators are slow."""
    return (
        entry.undated * 1
        | entry.date_not_understood * 2
        | (not entry.authors) * 4
        | entry.untitled * 8
        | (not entry.text) * 16
        | (2 * entry.boilerplate > entry.characters) * 32
    )


def likeness(entry: DocumentEntry) -> bytes | None:
    """What documents that are the same have in common; None for one that no other can be found to be."""
    if not entry.text:
        return None
    if entry.length >= SHORT:
        return entry.text
    return entry.text + entry.title if entry.title else None
