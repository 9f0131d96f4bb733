"""The dates that `date:`, `before:` and `after:` read.

1. A month is a whole name of any language, or an abbreviation, in any case, with or
   without a full stop.
2. A word that only begins like a month is no month: it is reported, and searched as a word.
"""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.languages.english_months import MONTHS
from search.languages.month_names import AMBIGUOUS, MONTHS_NAMED
from search.query.dates import days_asked
from search.query.parser import parse
from search.schema import Schema

SCHEMA = Schema()
ALL_MONTHS = {word: numbers[0] for word, numbers in MONTHS_NAMED.items() if word not in AMBIGUOUS}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize("written", ALL_MONTHS)
@pytest.mark.parametrize("change", [str.lower, str.upper, str.title, "{}.".format])
def test_1_every_name_and_abbreviation(written: str, change: Callable[[str], str]) -> None:
    month = f"{ALL_MONTHS[written]:02}"
    name = change(written)
    if name.lower().rstrip(".") != written:  # ΜΑΪ́ΟΥ, which nobody writes
        return
    assert days_asked("date", f"{name} 1951") == days_asked("date", f"1951-{month}")
    assert days_asked("date", f"12 {name} 1951") == days_asked("date", f"1951-{month}-12")
    assert days_asked("date", f"{name} 12, 1951") == days_asked("date", f"1951-{month}-12")
    assert not parse(f"date:{name} 1951", SCHEMA).diagnostics


@pytest.mark.parametrize(
    "word",
    ["maybe", "marble", "junk", "octopus", "Janus", "sepia", "decree", "augur", "nova", "julys"],
)
def test_2_a_word_like_a_month(word: str) -> None:
    _is_not_understood(word)


@given(st.sampled_from([name.lower()[:3] for name in MONTHS]), st.text(LETTERS, max_size=8))
def test_2_any_word_that_begins_like_a_month(beginning: str, rest: str) -> None:
    if beginning + rest not in ALL_MONTHS:
        _is_not_understood(beginning + rest)


def _is_not_understood(word: str) -> None:
    assert days_asked("date", f"{word} 1951") is None
    parsed = parse(f"date:{word} 1951", SCHEMA)
    assert [item.code for item in parsed.diagnostics] == ["date-not-understood"]
    assert str(parsed.query) == f"({word.lower()} AND 1951)"
