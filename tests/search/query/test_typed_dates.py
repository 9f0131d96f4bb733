"""Dates as people type them into a box.

1. Any form that a query may have, and figures of which either may be the month: then both readings are told.
2. Days as parameters have them: a partial date where there is one, else a range, or its first or last day.
"""

import pytest

from search.calendar import describe_range, parse_range
from search.query.typed_dates import parameter_value, typed_date

CASES = {
    "12 March 1951": "1951-03-12",
    " march  1951 ": "1951-03",
    "March 12, 1951": "1951-03-12",
    "June 1951": "1951-06",
    "1951": "1951",
    "1950s": "1950s",
    "1951..1953": "1951-01-01..1953-12-31",
    "1951-1953": "1951-01-01..1953-12-31",
    "summer of 1951": "1951-06-01..1951-08-31",
    "early 1950s": "1950-01-01..1953-12-31",
    ">1951": "1952-01-01..",
    "12.3.1951": "1951-03-12",
    "13/3/1951": "1951-03-13",
    "3/13/1951": "1951-03-13",
    "12. März 1951": "1951-03-12",
    "": "",
    "*": "",
    "soon": "",
    "31 June 1951": "",
    "40/50/1951": "",
}


@pytest.mark.parametrize("text", CASES)
def test_1_forms(text: str) -> None:
    found = typed_date(text, month_first=True)
    assert (describe_range(found.days) if found else "") == CASES[text]
    assert not (found and found.otherwise)


@pytest.mark.parametrize(("month_first", "days"), [(True, "1951-03-12"), (False, "1951-12-03")])
def test_1_either_may_be_the_month(month_first: bool, days: str) -> None:
    found = typed_date("3/12/1951", month_first=month_first)
    assert found is not None
    assert found.otherwise is not None
    assert describe_range(found.days) == days
    assert {describe_range(found.days), describe_range(found.otherwise)} == {"1951-03-12", "1951-12-03"}


@pytest.mark.parametrize(
    ("days", "values"),
    [
        ("1951-06", ("1951-06", "1951-06", "1951-06")),
        ("1951-06-10..1951-07-02", ("1951-06-10..1951-07-02", "1951-06-10", "1951-07-02")),
        ("1951-06-01..1951-08-31", ("1951-06..1951-08", "1951-06-01", "1951-08-31")),
        ("1951..1953", ("1951..1953", "1951-01-01", "1953-12-31")),
        ("1952..", ("1952-01-01..", "1952-01-01", "")),
    ],
)
def test_2_as_parameters(days: str, values: tuple[str, str, str]) -> None:
    asked = parse_range(days)
    assert asked is not None
    assert tuple(parameter_value(name, asked) for name in ("date", "date_from", "date_to")) == values
