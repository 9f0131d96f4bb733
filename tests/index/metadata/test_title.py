"""What a title states: type, author, recipient; nothing rather than a guess."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.labels import Labels
from index.metadata.title import Heading, read_heading
from tests.in_time import in_processor_time

LABELS = Labels()

TITLES = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8")
"""A line each: title | type | authors | recipients | earliest/latest day and place, if stated."""


@pytest.mark.parametrize("line", TITLES.strip().splitlines())
def test_a_title_states(line: str) -> None:
    title, *expected = (cell.strip() for cell in line.split("|"))
    heading = read_heading(title, LABELS)
    date = f"{heading.date.earliest_iso}/{heading.date.latest_iso}" if heading.date else ""
    found = [
        heading.type,
        "; ".join(author.name for author in heading.authors),
        "; ".join(recipient.name for recipient in heading.recipients),
        " ".join(filter(None, [date, heading.place])),
    ]
    assert found == (expected if len(expected) == 4 else [*expected, ""])


_WORDS = st.sampled_from(
    [
        "Telegram",
        "from",
        "of",
        "to",
        "the",
        "by",
        "Ambassador",
        "Smith",
        "(Smith)",
        "A.",
        ",",
        "'",
        "No.",
        "12",
        "on",
    ]
)


@pytest.mark.parametrize(
    "title",
    ["letter " * 10_000, "Letter from " + "Ambassador to " * 10_000, "Smith to " * 40, "A. " * 150 + "!"],
)
def test_a_title_that_is_no_title_states_nothing_and_at_once(title: str) -> None:
    with in_processor_time(2):
        heading = read_heading(title, LABELS)
    assert heading == Heading()


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=20).map(" ".join)))
def test_any_title_is_read(title: str) -> None:
    heading = read_heading(title, LABELS)
    assert all(len(author.name) <= len(title) for author in heading.authors)
