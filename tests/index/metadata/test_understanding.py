"""The goals of understanding, on real telegrams and letters, where OPIS_DATA has them."""

from pathlib import Path

import pytest

from tests.bench import understanding


@pytest.fixture(scope="module")
def data() -> Path:
    folder = understanding.folder()
    if folder is None:
        pytest.skip("set OPIS_DATA to a folder with frus-text/")
    return folder


@pytest.mark.slow
def test_dates(data: Path) -> None:
    dates = understanding.dates(data)
    assert dates.share("right") >= 0.99
    assert dates.share("wrong") <= 0.005
    assert dates.invented <= 0.02 * dates.without


@pytest.mark.slow
def test_authors(data: Path) -> None:
    authors = understanding.authors(data)
    assert authors.share("right") >= 0.93
    assert authors.share("wrong") <= 0.03


@pytest.mark.slow
def test_conversations_and_minutes_have_no_author(data: Path) -> None:
    assert understanding.authors(data, conversations=True).invented == 0
