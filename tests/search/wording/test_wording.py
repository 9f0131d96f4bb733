"""How pages say dates and filters."""

import pytest

from search.calendar import DayRange, parse_partial
from search.document import ArchivalDate, Certainty
from search.request import Filter
from search.schema import Schema
from search.wording.dates import date_note, date_text, enclosing_bucket, year_span
from search.wording.filters import filter_text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1951", "1951"),
        ("1951-07", "July 1951"),
        ("1951-07-09", "9 July 1951"),
        ("1950s", "1950s"),
        ("1951-07..1953", "July 1951 to 1953"),
        ("..1800", "until 1800"),
        ("1945..", "from 1945"),
        ("-0043-03-15", "15 March 44 BC"),
        ("nonsense", "nonsense"),
    ],
)
def test_partial_dates_in_words(value: str, said: str) -> None:
    assert date_text(value) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Filter("author", "is", "Kuznetsov"), "Author: Kuznetsov"),
        (Filter("subject", "not", "X"), "Not subject: X"),
        (Filter("date", "is", "1951"), "Date: 1951"),
        (Filter("date", "from", "1951-07"), "From July 1951"),
        (Filter("date", "to", "1953"), "Until 1953"),
        (Filter("author", "missing"), "No author"),
        (Filter("date", "missing"), "Undated"),
    ],
)
def test_filters_say_themselves(item: Filter, said: str) -> None:
    assert filter_text(item, Schema()) == said


def days(value: str) -> DayRange:
    parsed = parse_partial(value)
    assert parsed is not None
    return parsed


def date(text: str, value: str, certainty: Certainty = "exact", to: str | None = None) -> ArchivalDate:
    return ArchivalDate(text, days(value).earliest, days(to or value).latest, certainty)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (date("July 4, 1953", "1953-07-04"), ""),
        (date("July 1953", "1953-07"), ""),
        (date("circa July 1953", "1953-07", "approximate"), "July 1953, approximate"),
        (date("summer 1953", "1953-06", to="1953-08"), "between 1 June 1953 and 31 August 1953"),
        (ArchivalDate("before 1800", None, 657071), "not after 31 December 1799"),
        (ArchivalDate("the year of the rat", None, None), "not understood as a date"),
    ],
)
def test_an_inexact_date_says_the_days_it_may_be(written: ArchivalDate, said: str) -> None:
    assert date_note(written) == said


def test_the_enclosing_bucket_is_the_smallest_bucket_around_a_date() -> None:
    assert enclosing_bucket(date("July 4, 1953", "1953-07-04")) == "1953-07"
    assert enclosing_bucket(date("summer 1953", "1953-06", to="1953-08")) == "1953"
    assert enclosing_bucket(ArchivalDate("before 1800", None, 657071)) == ""
    assert enclosing_bucket(None) == ""


def test_years_of_a_collection() -> None:
    first, last = days("1951-09"), days("1953-07")
    assert year_span(first.earliest, last.latest) == "1951–1953"
    assert year_span(last.earliest, last.latest) == "1953"
