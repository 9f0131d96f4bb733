"""What a title states: type, author, recipient; nothing rather than a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.labels import Labels
from index.metadata.title import read_heading
from tests.in_time import in_time

LABELS = Labels()

TITLES = """
Telegram from Smith to Jones | telegram | Smith | Jones
Telegram from Smith to Jones regarding a meeting with Brown | telegram | Smith | Jones
Telegram No. 12 from Smith to Jones, July 4, 1953 | telegram | Smith | Jones
Draft Telegram From the Works Department to the Embassy in Oz | telegram | Works Department | Embassy in Oz
12. Letter From J. R. Smith of the Works Office to the President | letter | J. R. Smith | President
Letter of the Ambassador to Oz to the Minister of Works | letter | Ambassador to Oz | Minister of Works
No. 59. Mr. Smith to Mr. Jones. | | Smith | Jones
The Consul at Oz (Smith) to the Secretary of State | | Smith | Secretary of State
The Queen to the President | | Queen | President
Senator Joe T. Smith to the Secretary of State | | Joe T. Smith | Secretary of State
Memorandum by the Director of Works (Smith) | memorandum | Smith |
Memorandum by the Director (Smith) to the Queen (Jones) | memorandum | Smith | Jones
Report by the Ambassador to Oz (Smith) | report | Smith |
Note to the Minister of Works | note | | Minister of Works
Memorandum of Conversation, by the Director of Works (Smith) | memorandum of conversation | |
Minutes of a Meeting from 3 to 5 July | minutes | |
A. Smith, 'On the Works' | | A. Smith |
Council decision with approved message Smith (Jones) to Lee Brown | decision | Smith (Jones) | Lee Brown
From Paris to London | | |
Message From Cairo | message | |
Telegram from the Embassy in Oz | telegram | Embassy in Oz |
Letter from J. R. Smith | letter | J. R. Smith |
Dıspatch from Berlin | | |
Letter and Dıspatch from Mr. Smith | letter | |
An Introduction to Archives | | |
A Farewell to Arms | | |
Guide to the Papers of the Works Office | | |
Report on the state of the harvest | report | |
Message of hope to all people of good will | message | |
"""


@pytest.mark.parametrize("line", TITLES.strip().splitlines())
def test_a_title_states(line: str) -> None:
    title, *expected = (cell.strip() for cell in line.split("|"))
    heading = read_heading(title, LABELS)
    assert [heading.type, heading.author.name, heading.recipient.name] == expected


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
def test_no_title_takes_long(title: str) -> None:
    with in_time():
        read_heading(title, LABELS)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=20).map(" ".join)))
def test_any_title_is_read(title: str) -> None:
    heading = read_heading(title, LABELS)
    assert len(heading.author.name) <= max(len(title), 1)
