"""The time to read a text is proportional to its length: no text makes a run hang, or makes up a value."""

from collections.abc import Callable
from typing import Any

import pytest

from index.extracted import Passage
from index.metadata.dates import parse_date
from index.metadata.header import parse_header
from index.metadata.labels import Labels
from index.metadata.names import display_name
from index.metadata.reference import find_reference, split_url
from index.metadata.signature import find_dateline, find_signature
from index.metadata.title import LONGEST, Heading, read_heading
from index.metadata.title_date import split_date
from tests.in_time import in_processor_time

pytestmark = pytest.mark.slow

LABELS = Labels()
PIECES = [
    "A.", "a ", "A ", ". ", "July ", "4 ", "July 4, 1951 ", "[", "(", ")", "to ", "from ", "of ", "by ", "*",
    "No. 1 ", "letter ", "Letter from ", "Ambassador to ", "Smith to ", ", ", "“x”, ", "https://", "http://.",
    "F. 1, Op. 2, ", "-", "/s/ ", "Signed: ", "Dear ", "Title: ", "Title:\n", "Summary:\n\nx\n\n", "xx\n\n",
    "x\n", "Rights:\nxxxxxx\n", "\n", "de la ", "Mr. ", "Yours ", "on a ", "1 - ", "Date: ", " ",
]  # fmt: skip


def passages(text: str) -> list[Passage]:
    return [Passage("paragraph", piece) for piece in text.split("\n\n") if piece.strip()]


def one_line(text: str) -> str:
    return " ".join(text.split())


Reader = tuple[Callable[[str], Any], Callable[[str, Any], bool]]
READERS: dict[str, Reader] = {
    "header": (
        lambda text: parse_header(passages(text), LABELS),
        lambda text, header: sum(len(passage.text) for passage in header.body) <= len(text),
    ),
    "heading": (
        lambda text: read_heading(text, LABELS),
        lambda text, heading: len(one_line(text)) <= LONGEST or heading == Heading(),
    ),
    "dateline": (
        lambda text: find_dateline(passages(text)),
        lambda text, found: found[1] in text and (not found[0] or found[0].text in text),
    ),
    "signature": (
        lambda text: find_signature(passages(text), signed=True),
        lambda text, signature: len(signature.name) <= len(text),
    ),
    "date in a title": (
        lambda text: split_date(" ".join(text.split())[:LONGEST]),
        lambda text, dated: not dated.date or dated.date.text in one_line(text),
    ),
    "date": (parse_date, lambda text, date: not date or date.text == one_line(text)),
    "reference": (find_reference, lambda text, found: not found or found.text in one_line(text)),
    "web address": (split_url, lambda text, found: all(part in text for part in found)),
    "name": (display_name, lambda text, name: len(name) <= len(text)),
}
"""What reads a text, and what is true of whatever it finds: it stands in the text, and is not made up."""


def check(name: str, text: str) -> None:
    read, is_true = READERS[name]
    with in_processor_time(10):
        found = read(text)
    assert is_true(text, found)


@pytest.mark.parametrize("name", READERS)
def test_a_long_text(name: str) -> None:
    for piece in PIECES:
        for text in (piece * 20_000 + "!", "Letter from " + piece * 20_000, "x" + piece * 20_000 + " )"):
            check(name, text)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("length", [160, 600])
def test_a_text_short_enough_to_be_looked_at_closely(name: str, length: int) -> None:
    for piece in PIECES:
        for end in ("!", " (draft)", ""):
            check(name, (piece * length)[: length - len(end)] + end)
