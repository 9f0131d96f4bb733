"""Header blocks: labels above and below the text, on the same line or on the next.

1. Labels are found in any of the layouts; a label without a value is no value.
2. The settings add labels.
3. What only looks like a header stays in the text.
4. Any text at all is read, and nothing of it is lost.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Passage
from index.formats.text import passages
from index.metadata.header import Header, parse_header
from index.metadata.labels import Labels
from search.errors import SettingsError

LABELS = Labels()


def header(text: str, labels: Labels = LABELS) -> Header:
    return parse_header(passages(text), labels)


def body(found: Header) -> str:
    return "\n\n".join(passage.text for passage in found.body)


def test_labels_with_values_on_the_same_line() -> None:
    found = header("Title: On Works\nAuthor: A. Smith\nDate: 4 July 1953\n\nThe text.\n\nMore.")
    assert found.fields == {"title": "On Works", "authors": "A. Smith", "date": "4 July 1953"}
    assert body(found) == "The text.\n\nMore."


def test_labels_with_values_on_the_next_line() -> None:
    found = header(
        "On Works\n\nSummary:\n\nOne.\n\nTwo.\n\nOriginal Language:\n\nRussian\n\nContents:\n\nThe text."
    )
    assert found.fields == {"title": "On Works", "summary": "One.\n\nTwo.", "language": "Russian"}
    assert body(found) == "The text."


def test_labels_in_bold() -> None:
    found = header(
        "**4 July 1953**\n\n**On\nWorks**\n\n**Language:** Russian\n\n**Summary:**\n\nOne.\n\nThe text."
    )
    assert found.fields == {
        "date": "4 July 1953",
        "title": "On Works",
        "language": "Russian",
        "summary": "One.",
    }
    assert body(found) == "The text."


def test_an_empty_label_has_no_value() -> None:
    found = header("On Works\n\nAuthor(s):\n\nLanguage:\n\nRussian\n\nContents:\n\nThe text.")
    assert found.fields == {"title": "On Works", "language": "Russian"}


def test_an_empty_last_label_does_not_take_the_text() -> None:
    text = " ".join(["word"] * 60)
    found = header(f"On Works\n\nAuthor(s):\n\n{text}")
    assert "authors" not in found.fields
    assert body(found) == text


@pytest.mark.parametrize("number", ["1543", "- 12 -", "Page 12", "Column 1871"])
def test_the_number_of_a_page_or_column_is_no_date(number: str) -> None:
    found = header(f"{number}\n\nOn Works\n\nThe text.")
    assert found.fields == {"title": "On Works"}
    assert body(found) == f"{number}\n\nThe text."


def test_a_title_does_not_swallow_credits_and_text() -> None:
    found = header(
        "4 July 1953\nTelegram from Orlov to Berg\nThis document was made possible by a gift\n"
        "The gate was opened at dawn.\nMore of it."
    )
    assert found.fields["title"] == "Telegram from Orlov to Berg"
    assert found.fields["credits"] == "This document was made possible by a gift"
    assert body(found) == "The gate was opened at dawn.\nMore of it."
    below = header("Letter from Anna Berg to Karl Holm\nThe gate was opened at dawn.\nMore of it.")
    assert below.fields == {"title": "Letter from Anna Berg to Karl Holm"}
    assert header("To:\nKarl Holm\nThe gate was opened at dawn.").fields == {"recipients": "Karl Holm"}


def test_labels_of_the_settings() -> None:
    labels = Labels.of({"Regeste": "summary"})
    assert header("Regeste: One.\n\nThe text.", labels).fields == {"summary": "One."}
    assert labels.fingerprint != LABELS.fingerprint


def test_a_label_for_no_field_is_refused() -> None:
    with pytest.raises(SettingsError, match="sumary"):
        Labels.of({"Regeste": "sumary"})


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir,\n\nThe text.",
        "We declare the following:\n\nMore of it.",
        "A first paragraph of so many words and more that nobody takes it for a title.\n\nMore.",
        "One line alone",
    ],
)
def test_what_is_no_header_stays_in_the_text(text: str) -> None:
    found = header(text)
    assert found.fields == {}
    assert body(found) == text


def test_labels_in_the_middle_are_text() -> None:
    found = header("On Works\n\nThe text.\n\nSummary:\n\nOne.\n\nMore.\n\nAnd more.")
    assert found.fields == {"title": "On Works"}
    assert "Summary:" in body(found)


_PIECES = st.sampled_from(
    [
        "Author(s):",
        "Rights",
        "Source",
        "Document Information",
        "Contents:",
        "Date: 4 July 1953",
        "4 July 1953",
        "**",
        "Summary:",
        "A text.",
        "- English Translation",
        "On Works",
        "\n",
        "x" * 300,
        "#### Head",
        "To: Smith",
        "\\*",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=15).map("\n".join)))
def test_any_text_is_read(text: str) -> None:
    given_passages = passages(text)
    found = parse_header(given_passages, LABELS)
    assert all(passage.text.strip() for passage in found.body)
    assert len(found.body) <= len(given_passages)


@given(st.lists(st.sampled_from(["one", "two, three.", "Four five six"]), min_size=1, max_size=8))
def test_no_word_of_a_text_without_labels_is_lost(paragraphs: list[str]) -> None:
    found = parse_header([Passage("paragraph", text) for text in paragraphs], LABELS)
    words = " ".join([found.fields.get("title", ""), body(found)]).split()
    assert words == " ".join(paragraphs).split()
