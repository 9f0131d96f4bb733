"""A heading is understood alike wherever a format states it."""

import json
from pathlib import Path

import pytest

from tests.files import docx, understood, word_paragraph

HEADINGS = {
    "Letter from Anna Berg to Karl Holm, 12 May 1871": (("Anna Berg",), ("Karl Holm",), "1871-05-12"),
    "Anna Berg and Nils Ek to Sir William Elmford, 1815 April 3": (
        ("Anna Berg", "Nils Ek"),
        ("Sir William Elmford",),
        "1815-04-03",
    ),
    "To Karl Holm [12 May 1871]": ((), ("Karl Holm",), "1871-05-12"),
    "1891-03-10 Meeting of the Board": ((), (), "1891-03-10"),
    "Introduction to Logic": ((), (), None),
}
TEXT = "The water rose in the night and the lower gate was opened."
TEI = "http://www.tei-c.org/ns/1.0"


def files(heading: str) -> dict[str, bytes]:
    """Files of a document with this heading, by their names."""
    tei_header = (
        f"<teiHeader><fileDesc><titleStmt><title>{heading}</title></titleStmt></fileDesc></teiHeader>"
    )
    properties = f'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{heading}</dc:title>'
    record = json.dumps({"id": "a", "title": heading, "body": TEXT})
    texts = {
        "heading.md": f"# {heading}\n\n{TEXT}\n\nMore.",
        "front.md": f'---\ntitle: "{heading}"\n---\n\n{TEXT}\n\nMore.',
        "plain.txt": f"{heading}\n\n{TEXT}\n\nMore.",
        "tab.html": f"<html><head><title>{heading}</title></head><body><p>{TEXT}</p></body></html>",
        "h1.html": f"<html><body><h1>{heading}</h1><p>{TEXT}</p></body></html>",
        "records.jsonl": record + "\n",
        "records.csv": f'title,body\n"{heading}",{TEXT}\n',
        "header.xml": f'<TEI xmlns="{TEI}">{tei_header}<text><body><p>{TEXT}</p></body></text></TEI>',
    }
    office = docx(word_paragraph(TEXT) + word_paragraph("More."), properties=properties)
    return {name: text.encode() for name, text in texts.items()} | {"properties.docx": office}


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("name", files(""))
def test_a_heading(heading: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(files(heading)[name])
    (found,) = understood(tmp_path / name)
    authors, recipients, day = HEADINGS[heading]
    assert found.title == heading
    assert (found.authors, found.recipients) == (authors, recipients)
    assert (found.date and found.date.earliest_iso) == day
    assert TEXT in found.body


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("Dear Tokiko,\n\nThe water rose.\n\nYours,\n\nHaru", ("Haru Ozu",)),
        ("The water rose.\n\nIt fell.", ()),
    ],
)
def test_names_that_are_not_known_count_in_a_letter(
    body: str, authors: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(f"# Haru Ozu to Tokiko Arai, 12 May 1871\n\n{body}")
    (found,) = understood(tmp_path / "a.md")
    assert found.authors == authors
    assert found.recipients == (("Tokiko Arai",) if authors else ())
