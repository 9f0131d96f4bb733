"""Day numbers agree with the standard library in its years, and convert in all others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.calendar import (
    BEGINNING,
    END,
    INTERVALS,
    DayRange,
    Interval,
    bucket,
    civil,
    day_number,
    describe_range,
    iso,
    parse_partial,
    parse_range,
)


@given(st.dates())
def test_days_agree_with_the_standard_library(day: date) -> None:
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    assert iso(day.toordinal()) == day.isoformat()


@given(st.integers(-3_000_000, 4_000_000))
def test_days_convert_back_and_forth_in_any_year(number: int) -> None:
    assert day_number(*civil(number)) == number


@given(st.integers(-3_000_000, 3_600_000), st.sampled_from(INTERVALS))
def test_a_day_lies_in_its_bucket(number: int, interval: Interval) -> None:
    days = parse_partial(bucket(number, interval))
    assert days is not None
    assert days.contains(DayRange(number, number))
    assert describe_range(days) == bucket(number, interval)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1951", "1951-01-01", "1951-12-31"),
        ("1951-02", "1951-02-01", "1951-02-28"),
        ("1952-02", "1952-02-01", "1952-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1951-07-10", "1951-07-10", "1951-07-10"),
        ("1950s", "1950-01-01", "1959-12-31"),
        ("0476", "0476-01-01", "0476-12-31"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("1951-07..1953", "1951-07-01", "1953-12-31"),
    ],
)
def test_partial_dates_and_ranges(text: str, first: str, last: str) -> None:
    days = parse_range(text)
    assert days is not None
    assert (iso(days.earliest), iso(days.latest)) == (first, last)
    assert parse_range(describe_range(days)) == days


def test_open_ranges() -> None:
    assert parse_range("..1800") == DayRange(BEGINNING, day_number(1800, 12, 31))
    assert parse_range("1945-05-09..") == DayRange(day_number(1945, 5, 9), END)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "51",
        "1951-13",
        "1951-02-30",
        "1951-7",
        "1953..1951",
        "19510",
        "x",
        "١٩٥١",
        "1951..x",
        "1951 ",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_range(text) is None
