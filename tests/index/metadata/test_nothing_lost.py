"""No text is lost in understanding: what is extracted stands in the body, in a field, or is counted.

1. Of any labels in any order and layout, paragraphs of any length and page labels below them, every word
   of a paragraph or value stands in the body, a field or `extra`.
2. What is left out altogether are labels and marks; `boilerplate` counts them.
3. A text below a header is the body, whatever labels are above and below it.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Extracted, Passage
from index.formats.text import passages
from index.metadata.document_builder import UnderstoodDocument
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import SourceFile

LABELS = Labels()
ALL_LABELS = sorted({label for names in LABELS.all().values() for label in names})
PAGE_LABELS = [
    "Author(s):", "Associated People & Organizations", "Associated Places", "Associated Topics",
    "Document Information", "Source", "Rights", "Download", "Share", "Original Uploaded Date",
]  # fmt: skip
FILE = SourceFile("/x", "a.txt", Path("/x/a.txt"))
SENTENCES = [
    "The water rose in the night and the lower gate was opened.",
    "We shall need more rope.",
    "Sent: by boat.",
    "Yes.",
    "All rights of the mill were sold",
    "to the board, and its share\nof the catch\nTo: the cook",
    "Dear Sirs,",
]


def understood(text: str) -> UnderstoodDocument:
    return understand(Extracted(passages(text)), FILE, LABELS)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def kept(found: UnderstoodDocument) -> str:
    """The text of the body and of all fields."""
    document = found.document
    parts = [document.title, document.body, document.summary, document.collection, document.language]
    parts += [document.type, document.place, document.citation, document.credits, document.source_url]
    parts += [document.classification, document.date.text if document.date else ""]
    parts += [document.reference.text if document.reference else "", *document.extra.values()]
    return " ".join([*parts, *document.authors, *document.recipients, *document.subjects])


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """Sentences, the first of which has a word that is nowhere else."""
    number = draw(st.integers(0, 10**6))
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
    return f"unique{number} ".join(["", *chosen]) if draw(st.booleans()) else " ".join(chosen)


VALUES = st.one_of(
    st.sampled_from(
        ["12 May 1871", "Nils Ek", "Public domain", "RGASPI, F. 5, Op. 3, D. 2, and a note", "1."]
    ),
    st.integers(0, 10**6).map(lambda number: f"Value{number} of It"),
    paragraphs(),
)


@st.composite
def labelled(draw: st.DrawFn) -> str:
    """A label and its value, on one line or two, with or without a colon, bold or not."""
    label = draw(st.sampled_from(ALL_LABELS))
    label += draw(st.sampled_from([":", ""]))
    label = f"**{label}**" if draw(st.booleans()) else label
    return label + draw(st.sampled_from([" ", "\n", "\n\n"])) + draw(st.one_of(VALUES, st.just("")))


TAILS = st.lists(
    st.tuples(st.sampled_from(PAGE_LABELS), st.one_of(st.just(""), VALUES.map("\n{}".format))), max_size=8
).map(lambda parts: "\n".join(label + value for label, value in parts))
TEXTS = st.tuples(
    st.lists(
        st.one_of(labelled(), st.sampled_from(["4 July 1953", "Telegram from Orlov to Berg"])), max_size=6
    ),
    st.sampled_from(["\n", "\n\n"]),
    st.lists(st.one_of(paragraphs(), labelled()), max_size=5).map("\n\n".join),
    TAILS,
).map(lambda parts: parts[1].join([*parts[0], ""]) + parts[2] + "\n\n" + parts[3])


@given(TEXTS)
def test_every_word_is_kept_or_counted(text: str) -> None:
    found = understood(text)
    source = " ".join(passage.text for passage in passages(text))
    lost = words(source) - words(kept(found))
    labels = words(" ".join(ALL_LABELS))
    assert lost <= labels
    assert found.characters == sum(len(passage.text) for passage in passages(text))
    assert 0 <= found.boilerplate <= found.characters


@pytest.mark.parametrize("label", ALL_LABELS)
def test_the_text_below_any_label_is_the_body(label: str) -> None:
    text = ["The water rose in the night and the lower gate was opened.", "We shall need more rope."]
    for layout in ("{}: {}", "{}:\n{}", "**{}:** {}", "**{}:**\n\n{}"):
        for tail in ("", "Author(s):\nDocument Information\nSource\nAR, Fond 3.\nRights\nNone."):
            header = f"Title: Letter to the Mill Board\nDate: May 12, 1871\n{layout.format(label, 'Nils Ek')}"
            found = understood("\n\n".join([header, *text, tail]))
            assert found.document.body.removeprefix("Nils Ek\n\n") == "\n\n".join(text)
            assert "Nils Ek" in kept(found)


def test_what_only_serves_the_page_is_counted() -> None:
    tail = ["Author(s):", "Document Information", "Rights", "The program welcomes reuse."]
    found = understood("\n\n".join(["Letter to Berg", "Translation - English", "The gate is open.", *tail]))
    assert found.document.body == "The gate is open."
    assert found.boilerplate == len("Translation - English") + sum(map(len, tail))
    assert found.document.extra["rights"] == tail[-1]


def test_labels_that_stand_in_the_text_cut_nothing() -> None:
    text = "Dear Karl,\n\nThe gate is open.\n\nSent: 21:20 on 4 July.\n\nSource\n\nRights\n\nThe end."
    assert understood(f"Letter to Berg\n\n{text}").document.body == text


def test_a_document_without_text_keeps_what_it_states() -> None:
    found = understood("Title: On Works\nTranslator: Nils Ek\nDate: 1871\nDate: 1872")
    assert (found.document.title, found.document.body) == ("On Works", "")
    assert found.document.extra == {"Translator": "Nils Ek", "Date": "1872"}


def test_a_header_of_a_mail_keeps_its_other_fields() -> None:
    found = understood("From: A. Berg\nTo: K. Holm\nMood: Cheerful\nMessage-ID: <1@x>\n\nDear Karl,")
    assert found.document.body == "Mood: Cheerful\n\nDear Karl,"
    assert found.boilerplate > len("Message-ID: <1@x>") - 1
    assert (
        understand(Extracted((Passage("paragraph", "Text."),), boilerplate=9), FILE, LABELS).boilerplate == 9
    )
