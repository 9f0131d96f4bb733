"""Headers of mail and memoranda on top of a text.

1. Fields that mean something are understood, the others passed over; continued lines are one value.
2. Addresses give names; copies go to recipients too; the subject is the title.
3. A memorandum's block is understood, whatever stands above it.
4. What only looks like one stays in the text.
"""

from pathlib import Path

import pytest

from index.extracted import Extracted
from index.formats.text import passages
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import SourceFile
from search.document import Document

LABELS = Labels()


def document(text: str) -> Document:
    file = SourceFile("/x", "a.txt", Path("/x/a.txt"))
    return understand(Extracted(passages(text)), file, LABELS).document


def test_1_and_2_mail() -> None:
    found = document(
        "Received: from x by y;\n\tMon, 1 Jan 2001 00:00:00 +0000\nX-Mailer: Eudora\n"
        'From: John Smith <j.smith@example.org>\nTo: "Jones, Mary" <mary@x.org>,\n  p@x.org\n'
        "Cc: Peter Brown <b@x.org>; Mary Jones <m@x.org>\nMessage-ID: <1@x>\n"
        "Date: Tue, 10 Jul 1951 09:15:00 +0100 (BST)\nSubject: On the\n talks\n\nDear Mary,\n\nText."
    )
    assert (found.title, found.body) == ("On the talks", "Dear Mary,\n\nText.")
    assert found.authors == ("John Smith",)
    assert found.recipients == ("Jones, Mary", "p@x.org", "Peter Brown", "Mary Jones")
    assert found.date is not None
    assert found.date.earliest_iso == found.date.latest_iso == "1951-07-10"
    assert found.extra == {}


@pytest.mark.parametrize("above", ["", "MEMORANDUM\n\n", "Memorandum\n"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_3_memoranda(above: str, gap: str) -> None:
    lines = ("TO\t: The Secretary of\n\t  State", "FROM   : Mr. Smith", "THROUGH: Mr. Brown",
             "DATE: July 3, 1951", "SUBJECT: Armistice talks")  # fmt: skip
    found = document(f"{above}{gap.join(lines)}\n\n1. Text here.\n\nMore.")
    assert (found.title, found.body) == ("Armistice talks", "1. Text here.\n\nMore.")
    assert (found.authors, found.recipients) == (("Mr. Smith",), ("Secretary of State",))
    assert found.date is not None
    assert found.date.text == "July 3, 1951"
    assert found.type == ("memorandum" if above else "")


def test_3_several_recipients() -> None:
    found = document(
        "MEMORANDUM FOR: Mr. Jones\n                Mr. Brown\nFROM: Mr. Smith\nRE: Talks\n\nText."
    )
    assert found.recipients == ("Mr. Jones", "Mr. Brown")
    assert (found.title, found.authors) == ("Talks", ("Mr. Smith",))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Note: this is so.\nFrom: here on all is text\n\nMore.", "Note: this is so"),
        ("To: Smith\nwithout end\n\nMore.", "without end"),
        ("one: a\ntwo: b\n\nMore.", "one: a"),
        (
            "From:\n\nMore than anybody would take for a name," + " on and on" * 20 + ". More.",
            "a name, on and on",
        ),
    ],
)
def test_4_what_is_no_header_stays(text: str, kept: str) -> None:
    found = document(text)
    assert "More" in found.body
    assert kept in f"{found.title} {found.body}"


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 10 Jul 1951 09:15:00 +0100",
        "Tue, 10 Jul 1951 09:15 -0500 (EST)",
        "10 Jul 1951 09:15:00 GMT",
        "10 July 1951 09:15 EST",
        "1951-07-10 09:15:00",
        "1951-07-10 09:15:00.5+00:00",
        "Tuesday, July 10, 1951 3:15 PM",
    ],
)
def test_1_dates_of_mail(text: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.text, date.earliest_iso, date.latest_iso) == (text, "1951-07-10", "1951-07-10")
    assert date.certainty == "exact"


@pytest.mark.parametrize("text", ["(" * 9000 + "@", "<@" * 4000, "a@b," * 2000, "x" * 20000 + "@"])
def test_4_hostile_addresses_are_read_at_once(text: str) -> None:
    assert document(f"From: {text}\nTo: b\n\nMore.").body == "More."
