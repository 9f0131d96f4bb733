"""Documents that are there more than once: the same text, and nothing that contradicts."""

from typing import Any

import pytest

from index.runs.health.duplicates import duplicates
from index.runs.manifest.entries import DocumentEntry
from index.runs.manifest.findings import likeness

LONG = {"text": b"t", "length": 2000}
SHORT = {"text": b"t", "length": 30}


def entry(doc_id: str, **values: Any) -> DocumentEntry:
    return DocumentEntry(doc_id, b"k", **values)


def groups(*entries: DocumentEntry) -> list[tuple[str, ...]]:
    """The groups among all entries, found among those of each likeness, which is looked up on disk."""
    alike: dict[bytes | None, list[DocumentEntry]] = {}
    for one in entries:
        alike.setdefault(likeness(one), []).append(one)
    return [group for key, found in alike.items() if key is not None for group in duplicates(found)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, LONG, True),
        (SHORT, SHORT, False),
        (SHORT | {"title": b"a"}, SHORT | {"title": b"a"}, True),
        (LONG | {"title": b"a"}, LONG, True),
        (LONG | {"title": b"a"}, LONG | {"title": b"b"}, False),
        (LONG | {"earliest": 5, "latest": 5}, LONG | {"earliest": 5, "latest": 9}, True),
        (LONG | {"earliest": 5, "latest": 5}, LONG | {"earliest": 6, "latest": 6}, False),
        (LONG | {"earliest": 5, "latest": 5}, LONG, True),
        (LONG | {"authors": ("A",)}, LONG | {"authors": ("B",)}, False),
        (LONG | {"authors": ("A",)}, LONG | {"authors": ("B", "A")}, True),
        (LONG | {"recipients": ("A",)}, LONG | {"recipients": ("B",)}, False),
        ({"text": b""}, {"text": b""}, False),
        (LONG, LONG | {"text": b"u"}, False),
    ],
)
def test_two_documents(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert groups(entry("1", **one), entry("2", **other)) == ([("1", "2")] if same else [])


def test_a_text_in_two_editions_makes_two_groups() -> None:
    found = [entry(str(number), title=bytes([number % 2]), **LONG) for number in range(5)]
    assert groups(*found) == [("0", "2", "4"), ("1", "3")]
