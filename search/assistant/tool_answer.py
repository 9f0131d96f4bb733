"""What does a tool answer? A text that reads well, and the same as data; both say what is quoted."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from search.archive import Archive
from search.assistant.quotation import NOTICE, bounded, visible_line
from search.document import Document
from search.wording.dates import date_note


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """`text` for an assistant that reads, `data` (JSON) for one that computes."""

    text: str
    data: dict[str, Any]


def site_of(archive: Archive) -> str:
    """What addresses begin with."""
    return archive.settings.site.base_url


def identified(archive: Archive, document: Document) -> dict[str, Any]:
    """What identifies a document: id, permalink, citation."""
    return {
        "id": document.id,
        "permalink": archive.permalink(document),
        "citation": archive.cite(document).note,
    }


def described(archive: Archive, document: Document) -> list[str]:
    """A document in two lines of its own words: its date and people, and how to cite it."""
    date = document.date
    note = f" ({date_note(date)})" if date and date_note(date) else ""
    said = [
        f"{visible_line(date.text, 80)}{note}" if date else "undated",
        f"from {_names(document.authors)}" if document.authors else "",
        f"to {_names(document.recipients)}" if document.recipients else "",
        visible_line(document.type, 80),
        visible_line(document.collection, 80),
    ]
    cited = visible_line(archive.cite(document).note, 500)
    return [" · ".join(filter(None, said)), f"citation: {cited}"]


def addressed(archive: Archive, document: Document) -> list[str]:
    """Where a document is found, in two lines that it has no part in: its id and its permalink."""
    return [f"id: {document.id}", f"permalink: {archive.permalink(document)}"]


def listed(archive: Archive, document: Document, number: int, *lines: str) -> str:
    """A document in a list: its number and title, what describes it, its address, and further lines."""
    origin, cited = described(archive, document)
    below = [origin, *addressed(archive, document), cited, *lines]
    return "\n".join([f"{number}. {visible_line(document.title)}", *(f"   {line}" for line in below)])


def stated(payload: dict[str, Any], omitted: Collection[str] = ()) -> dict[str, Any]:
    """A payload of the API as an assistant gets it: bounded, visible, and with what is said of its text."""
    kept = {key: bounded(value) for key, value in payload.items() if key not in omitted}
    return kept | {"notice": NOTICE}


def _names(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(visible_line(name, 80) for name in names[:3]) + more
