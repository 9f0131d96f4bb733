"""Rates, as settings have them."""

import pytest

from search.errors import SettingsError
from search.listening.rate import Rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [("60/minute", Rate(60, 60.0)), ("1/second", Rate(1, 1.0)), ("500/hour", Rate(500, 3600.0))],
)
def test_rates(text: str, rate: Rate) -> None:
    assert Rate.read(text) == rate


@pytest.mark.parametrize(
    "text", ["", "60", "0/minute", "-1/minute", "60/day", "60 / minute", "6e1/hour", "١/hour"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(SettingsError, match="is so many in a second"):
        Rate.read(text)
