"""The version that the package states."""

from importlib.metadata import version

import search


def test_it_is_the_version_of_the_distribution() -> None:
    assert search.__version__ == version("opis")
