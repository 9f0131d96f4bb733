"""Readers use the labels of the settings, as the understanding of headers does."""

from pathlib import Path

import pytest

from index.metadata.labels import Labels
from index.metadata.understand import understand
from tests.files import docx, odt, only, source_file, word_paragraph

LABELS = Labels.of({"Hand von": "authors", "Betreff der Akte": "title"})
PROPERTIES = "<dc:title>A plan</dc:title><dc:creator>Somebody</dc:creator>"
WORD = docx(word_paragraph("Hand von: Ann Smith") + word_paragraph("Text."), properties=PROPERTIES)
OPEN_DOCUMENT = odt(
    "<text:p>Hand von: Ann Smith</text:p><text:p>Text.</text:p>",
    "<dc:title>A plan</dc:title><meta:initial-creator>Somebody</meta:initial-creator>",
)
PAGE = (
    b"<html><head><meta name='author' content='Somebody'></head><body><h1>A plan</h1>"
    b"<p>Hand von: Ann Smith</p><p>Text.</p></body></html>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", WORD), ("a.odt", OPEN_DOCUMENT), ("a.html", PAGE)],
    ids=lambda value: str(value)[:6],
)
def test_a_label_overrides_the_author_property(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    for labels, author in ((Labels(), "Somebody"), (LABELS, "Ann Smith")):
        found = only(path, data, labels)
        assert understand(found, source_file(path), labels).document.authors == (author,)


def test_a_label_may_begin_the_title_property(tmp_path: Path) -> None:
    data = docx(word_paragraph("Text."), properties="<dc:title>Betreff der Akte: Dams</dc:title>")
    built_in, added = (only(tmp_path / "a.docx", data, labels) for labels in (Labels(), LABELS))
    assert "title" not in built_in.fields  # it is a heading in the text
    assert added.fields["title"] == "Betreff der Akte: Dams"
