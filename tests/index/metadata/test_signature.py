"""Datelines above a text, signatures below it, and the archival references in citations."""

import pytest

from index.extracted import Passage
from index.metadata.labels import Labels
from index.metadata.names import display_name
from index.metadata.reference import find_reference, split_url
from index.metadata.signature import (
    find_classification,
    find_dateline,
    find_meeting_day,
    find_signature,
)
from index.metadata.title_date import split_date
from search.document import Reference


def text(*paragraphs: str) -> list[Passage]:
    return [Passage("paragraph", paragraph) for paragraph in paragraphs]


LONG = "word " * 60


@pytest.mark.parametrize(
    ("line", "date", "place"),
    [
        ("Washington, July 4, 1951.", "1951-07-04", "Washington"),
        ("[Washington,] July 4, 1951—7 p. m.", "1951-07-04", "Washington"),
        ("Legation of Spain,\nBerne, March 25, 1884. (Received April 8.)", "1884-03-25", "Berne"),
        ("Port au Prince, 4 July 1951", "1951-07-04", "Port au Prince"),
        ("Bonn/Bad Godesberg, July 4, 1951", "1951-07-04", "Bonn/Bad Godesberg"),
        ("[place not declassified], July 4, 1951", "1951-07-04", ""),
        ("Washington, July 1951.", "1951-07-01", "Washington"),
        ("4 July 1951", "1951-07-04", ""),
        ("Wednesday, 4 July 1951", "1951-07-04", ""),
        ("Oslo, Wednesday, July 4, 1951", "1951-07-04", "Oslo"),
        ("Decision of 4 July 1951", "1951-07-04", ""),
        ("Received July 4, 1951", None, ""),
        ("[Received July 4, 1951—9 p.m.]", None, ""),
        ("We met on July 4, 1951 and talked of it for a while.", None, ""),
        ("Monrovia [undated].", None, ""),
        ("Tuesday, 4th March, 1952", "1952-03-04", ""),
        ("Berne, Montag, July 4, 1951", "1951-07-04", "Berne"),
    ],
)
def test_datelines(line: str, date: str | None, place: str) -> None:
    found, where = find_dateline(text("No. 12", line, LONG))
    assert (found.earliest_iso if found else None, where) == (date, place)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("held at the Town Hall, Uppsala, on Tuesday 12th May 1871 at 3 p.m.", "12th May 1871"),
        ("The Board met on May 12, 1871, at the mill.", "May 12, 1871"),
        ("Meeting of 1871-05-12", "1871-05-12"),
        ("The gate of 12 May 1871 was opened.", None),
    ],
)
def test_when_those_who_write_minutes_met(line: str, date: str | None) -> None:
    found = find_meeting_day([Passage("paragraph", line)])
    assert (found.text if found else None) == date


def test_a_day_below_the_text_is_no_dateline() -> None:
    assert find_dateline(text(LONG, "London, July 4, 1951")) == (None, "")


@pytest.mark.parametrize(
    ("lines", "name", "dated"),
    [
        (["3 July 1953 Vas'kov"], "Vas'kov", True),
        (["Smith 3 July 1953"], "Smith", True),
        (["3 July 1953 Smith", "Printed from: the original", "* A stamp"], "Smith", True),
        (["I have, &c.,", "A. A. SMITH."], "A. A. Smith", False),
        (["Yours sincerely,", "D. Ben-Gurion"], "D. Ben-Gurion", False),
        (["/s/ John Smith"], "John Smith", False),
        (["London, 3 July 1953"], "", False),
        (["The end."], "", False),
        (["URGENT"], "", False),
        (["COPY NO 2"], "", False),
        (["Tuesday 17 December 1985"], "", False),
        (["17 December 1985, Tuesday"], "", False),
        (["A. Berg", "The game is one of chance.", "Affirmed."], "", False),
        (["A. Berg", "[The copy of the file is unsigned.]"], "A. Berg", False),
    ],
)
def test_signatures(lines: list[str], name: str, dated: bool) -> None:
    found = find_signature(text(LONG, *lines))
    assert (found.name, found.dated) == (name, dated)


@pytest.mark.parametrize(
    ("line", "name"), [("SMITH", "Smith"), ("SMITH [Jones]", "Smith (Jones)"), ("Smith", ""), ("END", "")]
)
def test_a_telegram_ends_with_a_name_in_capitals(line: str, name: str) -> None:
    assert find_signature(text(LONG, line), signed=True).name == name
    assert find_signature(text(LONG, line)).name == ""


def test_who_signs_a_quoted_letter_is_not_the_author() -> None:
    assert find_signature(text("Marshal SMITH", "3 July 1953 Smith", LONG)).name == ""


@pytest.mark.parametrize(
    ("line", "expected"), [("Top Secret", "Top Secret"), ("[SECRET]", "Secret"), ("Secretly", ""), ("", "")]
)
def test_classification(line: str, expected: str) -> None:
    assert find_classification(text("No. 12", line), Labels()) == expected


def test_the_date_in_a_title() -> None:
    found = split_date("Memorandum of a Conversation, Washington, February 20, 1956, 4:14 p.m.").date
    assert found is not None
    assert found.earliest_iso == "1956-02-20"
    assert not split_date("From July 4, 1951 to July 6, 1951").to_the_day
    assert not split_date("Report for 1951").date


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("MOLOTOV", "Molotov"),
        ("A. A. SARGENT.", "A. A. Sargent"),
        ("cde. Molotov,", "Molotov"),
        ("the Secretary of State", "Secretary of State"),
        ("Charles Smith, Jr.", "Charles Smith, Jr."),
        ("John R. McCORMACK", "John R. McCORMACK"),
        ("  V.  Razuvayev ", "V. Razuvayev"),
        ("", ""),
        ("‘Board of Works’", "Board of Works"),
        ("“Board of Works", "Board of Works"),
        ("“Board” of Works", "“Board” of Works"),
        ("the Workers'", "Workers'"),
        ("'O’Neill'", "O’Neill"),
        ('""" ', ""),
    ],
)
def test_names_are_shown(written: str, shown: str) -> None:
    assert display_name(written) == shown


@pytest.mark.parametrize(
    ("citation", "reference"),
    [
        ("Archive X, f. 5, op. 3, d. 2, ll. 1-3.", ("Archive X", "5", "3", "2", "1-3")),
        ("In Archive X, Fond 5a, Opis 3", ("In Archive X", "5a", "3", "", "")),
        ("A. Smith, The Works, 1951, p. 3.", None),
        ("", None),
    ],
)
def test_references(citation: str, reference: tuple[str, ...] | None) -> None:
    expected = Reference(citation.rstrip("."), *reference) if reference else None
    assert find_reference(citation) == expected


def test_addresses() -> None:
    assert split_url("A title. <https://x.org/a_1>") == ("A title.", "https://x.org/a_1")
    assert split_url("See http://x.org/a, p. 3.") == ("See http://x.org/a, p. 3.", "http://x.org/a")
    assert split_url("A title.") == ("A title.", "")
