"""Reading takes time as the text is long, whatever the text: no piece of it repeated makes a run hang."""

from collections.abc import Callable

import pytest

from index.extracted import Passage
from index.metadata.dates import parse_date
from index.metadata.header import parse_header
from index.metadata.labels import Labels
from index.metadata.names import display_name, surname_key
from index.metadata.reference import find_reference, split_url
from index.metadata.signature import find_date, find_dateline, find_signature
from index.metadata.title import read_heading
from tests.in_time import in_time

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


READERS: dict[str, Callable[[str], object]] = {
    "header": lambda text: parse_header(passages(text), LABELS),
    "heading": lambda text: read_heading(text, LABELS),
    "dateline": lambda text: find_dateline(passages(text)),
    "signature": lambda text: find_signature(passages(text), signed=True),
    "date in a title": find_date,
    "date": parse_date,
    "reference": find_reference,
    "web address": split_url,
    "name": display_name,
    "surname": surname_key,
}


@pytest.mark.parametrize("reader", READERS)
def test_a_long_text(reader: str) -> None:
    for piece in PIECES:
        for text in (piece * 20_000 + "!", "Letter from " + piece * 20_000, "x" + piece * 20_000 + " )"):
            with in_time():
                READERS[reader](text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("length", [160, 600])
def test_a_text_short_enough_to_be_looked_at_closely(reader: str, length: int) -> None:
    for piece in PIECES:
        for end in ("!", " (draft)", ""):
            with in_time():
                READERS[reader]((piece * length)[: length - len(end)] + end)
