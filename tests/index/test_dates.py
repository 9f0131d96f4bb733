"""What days a written date allows.

1. Each form of the table gives its earliest and latest day and its certainty.
2. "Undated" is no date; words that are not understood are a date without bounds.
3. Any text at all gives an answer, and ISO dates come back as they are.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date
from search.calendar import iso, parse_partial

FORMS = """
1951                          | 1951-01-01 | 1951-12-31 | exact
1951-07                       | 1951-07-01 | 1951-07-31 | exact
1951-07-10                    | 1951-07-10 | 1951-07-10 | exact
1951-07-10T19:20:00Z          | 1951-07-10 | 1951-07-10 | exact
0476                          | 0476-01-01 | 0476-12-31 | exact
-0044-03-15                   | -0044-03-15 | -0044-03-15 | exact
1951/1953                     | 1951-01-01 | 1953-12-31 | exact
1951-07/1953-02               | 1951-07-01 | 1953-02-28 | exact
1951-07-10/1951-07-12         | 1951-07-10 | 1951-07-12 | exact
1951-07-10/1951-08            | 1951-07-10 | 1951-08-31 | exact
195X                          | 1950-01-01 | 1959-12-31 | exact
19XX                          | 1900-01-01 | 1999-12-31 | exact
1951-XX                       | 1951-01-01 | 1951-12-31 | exact
1951-07-XX                    | 1951-07-01 | 1951-07-31 | exact
1951-XX-XX                    | 1951-01-01 | 1951-12-31 | exact
1951?                         | 1951-01-01 | 1951-12-31 | uncertain
1951~                         | 1951-01-01 | 1951-12-31 | approximate
1951-07%                      | 1951-07-01 | 1951-07-31 | uncertain
../1800                       |            | 1800-12-31 | exact
1800/..                       | 1800-01-01 |            | exact
/1800                         |            | 1800-12-31 | exact
1800/                         | 1800-01-01 |            | exact
1951-21                       | 1951-03-01 | 1951-05-31 | exact
July 4, 1953                  | 1953-07-04 | 1953-07-04 | exact
**July 4, 1953**              | 1953-07-04 | 1953-07-04 | exact
July 4th, 1953                | 1953-07-04 | 1953-07-04 | exact
4 July 1953                   | 1953-07-04 | 1953-07-04 | exact
4th of July, 1953             | 1953-07-04 | 1953-07-04 | exact
4 Jul. 1953                   | 1953-07-04 | 1953-07-04 | exact
Sept. 3, 1884                 | 1884-09-03 | 1884-09-03 | exact
1953 July 4                   | 1953-07-04 | 1953-07-04 | exact
Saturday, July 4, 1953        | 1953-07-04 | 1953-07-04 | exact
July 4, 1953, 7 p.m.          | 1953-07-04 | 1953-07-04 | exact
July 4, 1953—11 a. m.         | 1953-07-04 | 1953-07-04 | exact
December 1, 1967, 1530Z       | 1967-12-01 | 1967-12-01 | exact
April 10, 1956, 9–10:35 a.m.  | 1956-04-10 | 1956-04-10 | exact
19:20 on 4 July 1953          | 1953-07-04 | 1953-07-04 | exact
JULY 4, 1953                  | 1953-07-04 | 1953-07-04 | exact
04.07.1953                    | 1953-07-04 | 1953-07-04 | exact
10.IX.1951                    | 1951-09-10 | 1951-09-10 | exact
25/12/1951                    | 1951-12-25 | 1951-12-25 | exact
12/25/1951                    | 1951-12-25 | 1951-12-25 | exact
04/07/1951                    | 1951-04-07 | 1951-07-04 | uncertain
c. 04/07/1951                 | 1951-04-07 | 1951-07-04 | uncertain
04/04/1951                    | 1951-04-04 | 1951-04-04 | exact
13/07/1951                    | 1951-07-13 | 1951-07-13 | exact
04/07/1951 to 05/08/1951      | 1951-04-07 | 1951-08-05 | uncertain
March 25, 1884. (Received April 8.) | 1884-03-25 | 1884-03-25 | exact
February 29, 1952             | 1952-02-29 | 1952-02-29 | exact
July 1953                     | 1953-07-01 | 1953-07-31 | exact
July, 1953                    | 1953-07-01 | 1953-07-31 | exact
February 1900                 | 1900-02-01 | 1900-02-28 | exact
circa March 1951              | 1951-03-01 | 1951-03-31 | approximate
c. 1951                       | 1951-01-01 | 1951-12-31 | approximate
ca. 1951                      | 1951-01-01 | 1951-12-31 | approximate
c1951                         | 1951-01-01 | 1951-12-31 | approximate
about 4 July 1953             | 1953-07-04 | 1953-07-04 | approximate
[1951]                        | 1951-01-01 | 1951-12-31 | exact
[1951?]                       | 1951-01-01 | 1951-12-31 | uncertain
[July?] 1951                  | 1951-07-01 | 1951-07-31 | uncertain
probably 1951                 | 1951-01-01 | 1951-12-31 | uncertain
circa 1951?                   | 1951-01-01 | 1951-12-31 | uncertain
1951 or 1952                  | 1951-01-01 | 1952-12-31 | uncertain
1950s                         | 1950-01-01 | 1959-12-31 | exact
the 1950's                    | 1950-01-01 | 1959-12-31 | exact
early 1950s                   | 1950-01-01 | 1953-12-31 | approximate
mid-1950s                     | 1953-01-01 | 1956-12-31 | approximate
late 1950s                    | 1956-01-01 | 1959-12-31 | approximate
early 1951                    | 1951-01-01 | 1951-04-30 | approximate
late July 1951                | 1951-07-21 | 1951-07-31 | approximate
mid-July 1951                 | 1951-07-11 | 1951-07-20 | approximate
end of February 1951          | 1951-02-21 | 1951-02-28 | approximate
first half of 1951            | 1951-01-01 | 1951-06-30 | exact
second half of the 19th century | 1851-01-01 | 1900-12-31 | exact
19th century                  | 1801-01-01 | 1900-12-31 | exact
18th-century                  | 1701-01-01 | 1800-12-31 | exact
early 19th century            | 1801-01-01 | 1834-12-31 | approximate
1st century BC                | -0099-01-01 | 0000-12-31 | exact
44 BC                         | -0043-01-01 | -0043-12-31 | exact
AD 476                        | 0476-01-01 | 0476-12-31 | exact
spring 1951                   | 1951-03-01 | 1951-05-31 | approximate
Summer of 1951                | 1951-06-01 | 1951-08-31 | approximate
winter 1950-51                | 1950-12-01 | 1951-02-28 | approximate
winter 1951                   | 1951-01-01 | 1952-02-29 | approximate
10-12 July 1951               | 1951-07-10 | 1951-07-12 | exact
10–12 July 1951               | 1951-07-10 | 1951-07-12 | exact
July 10-12, 1951              | 1951-07-10 | 1951-07-12 | exact
July 10 and 12, 1951          | 1951-07-10 | 1951-07-12 | exact
10 July-12 August 1951        | 1951-07-10 | 1951-08-12 | exact
July 10 - August 12, 1951     | 1951-07-10 | 1951-08-12 | exact
July–August 1951              | 1951-07-01 | 1951-08-31 | exact
December 1950-January 1951    | 1950-12-01 | 1951-01-31 | exact
July 10, 1951 - July 12, 1952 | 1951-07-10 | 1952-07-12 | exact
1950-1953                     | 1950-01-01 | 1953-12-31 | exact
1950–53                       | 1950-01-01 | 1953-12-31 | exact
1950 to 1953                  | 1950-01-01 | 1953-12-31 | exact
1950s-1960s                   | 1950-01-01 | 1969-12-31 | exact
between 1800 and 1810         | 1800-01-01 | 1810-12-31 | exact
between May and July 1951     | 1951-05-01 | 1951-07-31 | exact
from May 1951 to July 1953    | 1951-05-01 | 1953-07-31 | exact
circa 1950-1953               | 1950-01-01 | 1953-12-31 | approximate
before 1800                   |            | 1799-12-31 | exact
before 1 January 1951         |            | 1950-12-31 | exact
not later than 4 July 1953    |            | 1953-07-04 | exact
pre-1677                      |            | 1676-12-31 | exact
received 4 July 1953          |            | 1953-07-04 | exact
after 1945                    | 1946-01-01 |            | exact
since May 1951                | 1951-05-01 |            | exact
1951 or later                 | 1951-01-01 |            | exact
probably before 1800          |            | 1799-12-31 | uncertain
4 July 1553                   | 1553-07-04 | 1553-07-04 | exact
10 July 851                   | 0851-07-10 | 0851-07-10 | exact
"""


def _rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in FORMS.strip().splitlines()]


@pytest.mark.parametrize(("text", "earliest", "latest", "certainty"), _rows())
def test_a_form_gives_its_days(text: str, earliest: str, latest: str, certainty: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.earliest_iso or "", date.latest_iso or "", date.certainty) == (earliest, latest, certainty)
    assert date.text == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "[undated]", "undated", "Undated.", "n.d.", "[n. d.]", "no date", "s.d.", "date unknown", "-"],
)
def test_undated_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "in the reign of Queen Anne",
        "February 30, 1951",
        "1951-13-01",
        "31.06.1951",
        "4/7/53",
        "the Tuesday after Easter",
        "1953-1951",
        "No. 336",
        "476",
        "12th",
        "July",
        "?",
        "x" * 5000,
    ],
)
def test_what_is_not_understood_says_so(text: str) -> None:
    date = parse_date(text)
    if text == "?":
        assert date is None
    else:
        assert date is not None
        assert (date.earliest, date.latest, date.certainty) == (None, None, "uncertain")


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(text: str) -> None:
    date = parse_date(text)
    if date and date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest


_WORDS = st.sampled_from(
    [
        "1951",
        "51",
        "July",
        "Sept.",
        "4",
        "31st",
        "circa",
        "c.",
        "before",
        "after",
        "between",
        "and",
        "to",
        "-",
        "/",
        "..",
        "[",
        "]",
        "?",
        "~",
        "early",
        "1950s",
        "century",
        "19th",
        "XX",
        "BC",
        "of",
        ",",
        "n.d.",
        "winter",
        "first",
        "half",
        "0",
        "00000",
    ]
)


@given(st.lists(_WORDS, max_size=9))
def test_any_mixture_of_date_words_gives_an_answer(words: list[str]) -> None:
    for joiner in (" ", ""):
        date = parse_date(joiner.join(words))
        if date and date.earliest is not None and date.latest is not None:
            assert date.earliest <= date.latest


@given(st.integers(-3_000_000, 3_000_000))
def test_a_day_comes_back_as_it_is(day: int) -> None:
    date = parse_date(iso(day))
    assert date is not None
    assert (date.earliest, date.latest, date.certainty) == (day, day, "exact")


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_a_month_comes_back_as_it_is(year: int, month: int) -> None:
    text = f"{year:05}-{month:02}" if year < 0 else f"{year:04}-{month:02}"
    date, days = parse_date(text), parse_partial(text)
    assert date is not None
    assert date.days == days
