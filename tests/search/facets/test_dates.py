"""The date facet counts certain and possible documents, whatever the division.

1. A cumulative histogram counts the documents up to a day.
2. The interval follows the span of the known days, or the finest selected value.
3. A date that spans the whole window is counted once, in no bucket.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.calendar import ALL_TIME, DayRange, Interval, parse_range
from search.facets.dates import DateCounts, PrefixCounts, date_facet, divide
from search.request import DateFacetRequest

days = st.integers(-1000, 1000)


def parsed(text: str) -> DayRange:
    found = parse_range(text)
    assert found is not None
    return found


@given(st.lists(st.tuples(days, st.integers(1, 9))), days)
def test_1_the_documents_up_to_a_day(pairs: list[tuple[int, int]], day: int) -> None:
    assert PrefixCounts(pairs).up_to(day) == sum(number for own, number in pairs if own <= day)


@pytest.mark.parametrize(
    ("edges", "pinned", "interval"),
    [
        ("1900..1960", (), "decade"),
        ("1950..1953", (), "year"),
        ("1951-01..1951-06", (), "month"),
        ("1951-06-01..1951-06-20", (), "day"),
        ("1900..1960", ("1951-06",), "month"),
        ("1900..1960", ("1951", "1952-06-01..1952-07-01"), "day"),
        ("", (), "year"),
    ],
)
def test_2_the_interval(edges: str, pinned: tuple[str, ...], interval: Interval) -> None:
    division = divide(DateFacetRequest(pinned=pinned), parsed(edges) if edges else None)
    assert (division.buckets, division.coarsest) == (interval, interval)


def test_3_a_date_that_spans_the_window() -> None:
    request = DateFacetRequest(within=parsed("1951"))
    counts = DateCounts(
        {parsed("1951-03"): 2, parsed("1951-05..1952"): 1, parsed("1940..1960"): 5}, undated=7
    )
    facet = date_facet(request, counts, divide(request, parsed("1940..1960")))
    assert (facet.interval, facet.coarsest) == ("month", "year")
    assert (facet.spanning, facet.missing) == (5, 7)
    seen = {value.value: (value.count, value.possible) for value in facet.values}
    assert seen == {"1951-03": (2, 0), **{f"1951-{month:02}": (0, 1) for month in range(5, 13)}}
    everything = DateFacetRequest()
    assert everything.within == ALL_TIME
    assert date_facet(everything, counts, divide(everything, parsed("1940..1960"))).spanning == 0
