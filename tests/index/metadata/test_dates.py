"""What days a written date allows.

1. Each form of the table gives its earliest and latest day and its certainty.
2. "Undated" is no date; words that are not understood are a date without bounds.
3. Any text at all gives an answer, and ISO dates come back as they are.
4. EDTF, level 0 and what we claim of level 1, gives the days that the edtf library gives, but where a
   reason is given for another answer.
"""

from pathlib import Path
from time import struct_time

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.dates import parse_date
from search.calendar import day_number, iso, month_days, parse_partial

FORMS = (Path(__file__).parent / "dates.txt").read_text(encoding="utf-8")


def _rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.split("|")] for line in FORMS.strip().splitlines() if line[0] != "#"
    ]


@pytest.mark.parametrize(("text", "earliest", "latest", "certainty"), _rows())
def test_a_form_gives_its_days(text: str, earliest: str, latest: str, certainty: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.earliest_iso or "", date.latest_iso or "", date.certainty) == (earliest, latest, certainty)
    assert date.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "[undated]",
        "undated",
        "Undated.",
        "n.d.",
        "[n. d.]",
        "no date",
        "s.d.",
        "date unknown",
        "-",
        "[no date]",
        "N.D.",
        "nd",
        "sans date",
        "ohne Datum",
        "o. D.",
        "без даты",
        "б. д.",
        "sin fecha",
        "senza data",
        "[date not given]",
    ],
)
def test_undated_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "092 Jan—.",  # a file number
        "9 July, 0900",  # a time of day
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
        "10.VII.51",
        "July '51",
        "4-Jul-53",
        "1951–7",
        "the fifties",
        "the 50s",
        "turn of the century",
        "turn of the 20th century",
        "fiscal year 1951",
        "5 May 1900 (O.S.)",
        "July 4, 1731/2",
        "29 February 1951",
        "31 avril 1951",
        "July 12-10, 1951",
        "December-January 1951",
        "1560-XX-25",
        "156X-12-25",
        "1951-25",
        "1951-33",
        "../..",
        "Y17000",
        "after 9999",
        "19530704",
        "[date illegible]",
        "XIII.1951",
        "0 July 1951",
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


@st.composite
def _edtf_dates(draw: st.DrawFn) -> str:
    """A year, month, day, season, or one with digits left open; BC as well."""
    year = draw(st.integers(-9999, 9999))
    written = f"{year:05}" if year < 0 else f"{year:04}"
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, month_days(year, month)))
    forms = ["", f"-{month:02}", f"-{month:02}-{day:02}", "X", "XX"]
    if year > 0:  # of a year BC the library takes the last of its open days for the first
        forms += ["-XX", f"-{month:02}-XX", "-XX-XX"]
    form = draw(st.sampled_from(forms))
    return f"{written[: -len(form)]}{form}" if form in {"X", "XX"} else written + form


_QUALIFIED = st.tuples(_edtf_dates(), st.sampled_from(["", "", "?", "~", "%"])).map("".join)
_WHOLE = _QUALIFIED.filter(lambda text: "X" not in text)
_EDTF = st.one_of(
    _QUALIFIED,
    st.tuples(_WHOLE, _WHOLE).map("/".join),
    _WHOLE.map("{}/..".format),
    _WHOLE.map("../{}".format),
    st.tuples(st.integers(1000, 9999), st.sampled_from([21, 22, 23])).map("{0[0]}-{0[1]}".format),
    st.dates().map("{}T19:20:00Z".format),
)


def _day_of(bound: struct_time | float) -> int | None:
    return None if isinstance(bound, float) else day_number(*bound[:3])  # a float is infinite


@pytest.mark.slow
@given(_EDTF)
def test_4_edtf_agrees_with_its_library(text: str) -> None:
    date, oracle = parse_date(text), edtf.parse_edtf(text)
    expected = _day_of(oracle.lower_strict()), _day_of(oracle.upper_strict())
    assert date is not None
    first, last = expected
    if first is not None and last is not None and first > last:  # which the library lets pass
        assert not date.understood
        return
    if text in DIFFERENT or _season_or_years(text):
        return
    assert (date.earliest, date.latest) == expected
    uncertain, approximate = "?" in text or "%" in text, "~" in text
    assert date.certainty == ("uncertain" if uncertain else "approximate" if approximate else "exact")


def _season_or_years(text: str) -> bool:
    """1920-21: spring 1920 by EDTF, but to most who write it two years; so it is both, as uncertain."""
    return text[4:6] == "-2" and len(text) == 7 and int(text[2:4]) < int(text[5:])


DIFFERENT = {
    "/1800": (None, "1800-12-31"),  # an unknown start: the library takes ten years for it
    "1800/": ("1800-01-01", None),  # and an unknown end
    "1951-24": ("1951-01-01", "1952-02-29"),  # the winter of a year: the library has its December alone
    "1920-21": ("1920-01-01", "1921-12-31"),  # two years to most who write it
    "Y17000": (None, None),  # no page of an archive shows a year of five digits
    "1951-02-29": (None, None),  # there was no such day
}


@pytest.mark.parametrize("text", DIFFERENT)
def test_4_where_we_differ_from_the_library(text: str) -> None:
    date, oracle = parse_date(text), edtf.parse_edtf(text)
    assert date is not None
    assert (date.earliest_iso, date.latest_iso) == DIFFERENT[text]
    try:
        theirs = _day_of(oracle.lower_strict()), _day_of(oracle.upper_strict())
    except ValueError:
        return
    assert theirs != (date.earliest, date.latest)
