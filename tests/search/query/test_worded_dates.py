"""Dates in words.

1. A date in a query is found with its days, in the forms and languages in which people write it.
2. What is marked as something else is no date: quotation marks, signs, fields, operators, other numbers.
3. A day that does not exist is no date, nor one whose order of day and month is not known.
4. All other lexemes stay as they are, and so do their positions.
5. In the tree, a date is one clause, matched by its words or by documents that may be of its days.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.calendar import describe_range
from search.query.lexer import Lexeme, lexemes
from search.query.parser import parse
from search.query.worded_dates import days_in_words, with_dates
from search.schema import Schema

SCHEMA = Schema()
DATES = {
    "28 October 1962": "1962-10-28",
    "October 28 1962": "1962-10-28",
    "Oct. 28, 1962": "1962-10-28",
    "OCTOBER 28TH, 1962": "1962-10-28",
    "the 28th of October 1962": "1962-10-28",
    "October the 28th, 1962": "1962-10-28",
    "Sunday, 28 October 1962": "1962-10-28",
    "1962 October 28": "1962-10-28",
    "1962-10-28": "1962-10-28",
    "1962/10/28": "1962-10-28",
    "28.10.1962": "1962-10-28",
    "28/10/1962": "1962-10-28",
    "10/28/1962": "1962-10-28",
    "28-Oct-1962": "1962-10-28",
    "6.5.1951": "1951-05-06",
    "28. Oktober 1962": "1962-10-28",
    "1er août 1914": "1914-08-01",
    "1 fevrier 1914": "1914-02-01",
    "28 de octubre de 1962": "1962-10-28",
    "28 октября 1962": "1962-10-28",
    "28 października 1962": "1962-10-28",
    "1962年10月28日": "1962-10-28",
    "June 1951": "1951-06",
    "June of 1951": "1951-06",
    "1951-06": "1951-06",
    "late June 1951": "1951-06-21..1951-06-30",
    "end of February 1952": "1952-02-21..1952-02-29",
    "1951": "1951",
    "1951?": "1951",
    "summer of 1951": "1951-06-01..1951-08-31",
    "winter 1950": "1950-01-01..1951-02-28",
    "early 1951": "1951-01-01..1951-04-30",
    "beginning of 1951": "1951-01-01..1951-04-30",
    "1950s": "1950s",
    "1950's": "1950s",
    "mid 1950s": "1953-01-01..1956-12-31",
    "1951-1953": "1951-01-01..1953-12-31",
    "1951–53": "1951-01-01..1953-12-31",
    "1951-53": "1951-01-01..1953-12-31",
    "from 1951 to 1953": "1951-01-01..1953-12-31",
    "between 1951 and 1953": "1951-01-01..1953-12-31",
    "1951/52": "1951-01-01..1952-12-31",
    "June to August 1951": "1951-06-01..1951-08-31",
    "between June and August 1951": "1951-06-01..1951-08-31",
    "26 to 28 October 1962": "1962-10-26..1962-10-28",
    "October 26 - November 2, 1962": "1962-10-26..1962-11-02",
    "30 December 1951 to 2 January 1952": "1951-12-30..1952-01-02",
    "1951-06-03 to 1951-06-09": "1951-06-03..1951-06-09",
}
NO_DATES = (
    '"28 October 1962"',
    "=1951",
    "+1951",
    "-1951",
    "1951*",
    "1951~",
    "date:1951",
    "before:1951",
    "author:(Acheson 1951)",
    "-(Korea 1951)",
    "Acheson AND 1951",
    "June OR July 1951",
    "NOT 1951",
    "No. 1951",
    "document 1951",
    "1,951",
    "19511",
    "951",
    "2951",
    "31 June 1951",  # 3
    "29 February 1951",
    "5/6/1951",
    "1953-1951",
    "October",
    "28 October",
    "",
)


def dates_in(text: str) -> list[Lexeme]:
    return [lexeme for lexeme in with_dates(text, lexemes(text)) if lexeme.kind == "date"]


@pytest.mark.parametrize(("text", "days"), DATES.items())
@pytest.mark.parametrize("around", ["{}", "letters of {} by Acheson", "Acheson ({})", "-Korea {}"])
def test_1_dates(text: str, days: str, around: str) -> None:
    [date] = dates_in(around.format(text))
    found = days_in_words(date.text)
    assert found is not None
    assert describe_range(found) == days


@pytest.mark.parametrize("text", NO_DATES)
def test_2_3_no_dates(text: str) -> None:
    assert not dates_in(text)
    assert tuple(with_dates(text, lexemes(text))) == lexemes(text)


def test_1_several_dates() -> None:
    found = dates_in("Acheson June 1951, Bruce 3 May 1952 and 1953")
    assert [date.text for date in found] == ["June 1951", "3 May 1952", "1953"]


PIECES = (" ", " ", "28", "October", "of", "1962", "1951-06", "Acheson", "(", ")", "-", '"', ",", ".", "to")


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_4_the_rest_stays(text: str) -> None:
    found = with_dates(text, lexemes(text))
    kept = [lexeme for lexeme in found if lexeme.kind != "date"]
    assert all(lexeme in lexemes(text) for lexeme in kept)
    for lexeme in found:
        assert text.startswith(lexeme.written, lexeme.position)
        assert lexeme.kind != "date" or days_in_words(lexeme.text)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("1951", "(1951 OR date:1951)"),
        ("Acheson June 1951", "(acheson AND ((june AND 1951) OR date:1951-06))"),
        ("Acheson the 3rd of June 1951", "(acheson AND ((3rd AND june AND 1951) OR date:1951-06-03))"),
        ("1951-06-03", "(1951-06-03 OR date:1951-06-03)"),
        ("THE TALKS OF 1951 AND THE WAR", "(talks AND (1951 OR date:1951) AND war)"),
        ("author:Acheson 1951", "(author:acheson AND (1951 OR date:1951))"),
    ],
)
def test_5_clauses(text: str, understood: str) -> None:
    query = parse(text, SCHEMA, dates=True).query
    assert str(query) == understood
    assert parse(understood, SCHEMA, dates=True).query == query


def test_5_relaxing_makes_a_date_one_clause() -> None:
    assert str(parse("Acheson 1951", SCHEMA, dates=True).relaxed) == "(acheson OR (1951 OR date:1951))"
    assert parse("June 1951", SCHEMA, dates=True).relaxed is None
