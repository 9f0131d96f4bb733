"""Dates in each language that has months.

1. A day with and without its weekday, and a month with its year, are read as they are written (dates.toml),
   in documents and in queries. A query needs no year first and no ending, and knows no weekday behind a date.
2. A name of a month is that of one month in all languages, but for those listed here.
3. What such a name allows is all that it allows, and uncertain, unless the full stop behind the day tells.
"""

import tomllib
from pathlib import Path

import pytest

from index.metadata.dates import parse_date
from search.analysis.folding import fold
from search.calendar import DayRange, day_number
from search.languages import languages
from search.languages.month_names import AMBIGUOUS, MONTHS_NAMED
from search.query.dates import days_asked
from search.query.worded_dates import days_in_words

CASES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("dates.toml").read_text(encoding="utf-8")
)["languages"]
DAY = DayRange(day_number(1871, 5, 12), day_number(1871, 5, 12))
MONTH = DayRange(day_number(1871, 5, 1), day_number(1871, 5, 31))
OCTOBER, NOVEMBER = day_number(1951, 10, 1), day_number(1951, 11, 30)


def test_1_every_language_has_cases() -> None:
    assert {item.name.lower() for item in languages() if item.dates.months} == {*CASES}
    assert all(len(cases) >= 3 and "12" not in cases[-1] for cases in CASES.values())


@pytest.mark.parametrize(
    ("text", "days"), [(text, DAY if "12" in text else MONTH) for texts in CASES.values() for text in texts]
)
def test_1_in_documents(text: str, days: DayRange) -> None:
    date = parse_date(text)
    assert date
    assert (date.earliest, date.latest, date.certainty) == (days.earliest, days.latest, "exact")


@pytest.mark.parametrize("language", CASES)
def test_1_in_queries(language: str) -> None:
    read = [days_in_words(text) for text in CASES[language]]
    if CASES[language][0].startswith("12"):
        assert read[0] == DAY
    assert read[-1] in {MONTH, None}


@pytest.mark.parametrize(
    "text",
    [
        "12. bis 14. Mai 1871", "du 12 au 14 mai 1871", "12 al 14 maggio 1871", "12 hasta 14 de mayo de 1871",
        "12 tot 14 mei 1871", "den 12 till 14 maj 1871", "12. til 14. maj 1871", "12 do 14 maja 1871 r.",
        "12. až 14. května 1871", "12 по 14 мая 1871 г.", "12 до 14 травня 1871 р.",
        "12 al 14 de maig de 1871",
        "12 até 14 de maio de 1871",
    ],
)  # fmt: skip
def test_1_from_day_to_day(text: str) -> None:
    date = parse_date(text)
    assert date
    assert (date.earliest, date.latest) == (DAY.earliest, DAY.earliest + 2)


def test_2_months_of_two_languages() -> None:
    assert {"listopad", "listopada"} == AMBIGUOUS
    folded: dict[str, set[tuple[int, ...]]] = {}
    for word, numbers in MONTHS_NAMED.items():
        folded.setdefault(fold(word), set()).add(numbers)
    assert [word for word, numbers in folded.items() if len(numbers) > 1] == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "certainty"),
    [
        ("listopad 1951", OCTOBER, NOVEMBER, "uncertain"),
        ("12 listopada 1951 r.", day_number(1951, 11, 12), day_number(1951, 11, 12), "exact"),
        ("12. listopada 1951.", day_number(1951, 10, 12), day_number(1951, 10, 12), "exact"),
        ("12. listopadu 1951", day_number(1951, 11, 12), day_number(1951, 11, 12), "exact"),
        ("12. listopad 1951", day_number(1951, 10, 12), day_number(1951, 11, 12), "uncertain"),
        ("wrzesień-listopad 1951", day_number(1951, 9, 1), NOVEMBER, "uncertain"),
    ],
)
def test_3_in_documents(text: str, earliest: int, latest: int, certainty: str) -> None:
    date = parse_date(text)
    assert date
    assert (date.earliest, date.latest, date.certainty) == (earliest, latest, certainty)


def test_3_in_queries() -> None:
    assert (
        days_in_words("listopad 1951") == days_asked("date", "listopad 1951") == DayRange(OCTOBER, NOVEMBER)
    )
    twelfth = day_number(1951, 10, 12), day_number(1951, 11, 12)
    assert days_in_words("12 listopada 1951") == DayRange(*twelfth)
