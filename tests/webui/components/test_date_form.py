"""The boxes for dates.

1. What stands in a box is read as the date that it stands for, in each language of the pages.
2. It is in the words of the reader where these are read.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.calendar import INTERVALS, bucket, parse_range
from search.messages import read_in
from search.query.typed_dates import month_first, typed_date
from search.schema import Schema
from search.settings import Site
from webui.components.date_form import typeable
from webui.i18n.offered import OfferedLanguages

SCHEMA = Schema()
OFFERED = OfferedLanguages(Site())


@given(st.sampled_from(OFFERED.tags), st.integers(-300_000, 800_000), st.sampled_from(INTERVALS))
def test_1_what_stands_in_a_box_is_read_so(tag: str, day: int, interval: str) -> None:
    value = bucket(day, interval)
    with read_in(OFFERED.accepted(tag)):
        read = typed_date(typeable(value, SCHEMA), month_first=month_first(SCHEMA))
    assert read
    assert read.days == parse_range(value)


@pytest.mark.parametrize(
    ("tag", "value", "said"),
    [
        ("en", "1953-07", "July 1953"),
        ("en", "1950s", "1950s"),
        ("de", "1953-07-04", "4. Juli 1953"),
        ("de", "1950s", "1950s"),
        ("de", "1951..1953", "1951..1953"),
        ("en", "-0043-03", "-0043-03"),
    ],
)
def test_2_words_of_the_reader(tag: str, value: str, said: str) -> None:
    with read_in(OFFERED.accepted(tag)):
        assert typeable(value, SCHEMA) == said
