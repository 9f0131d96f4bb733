"""The version that the package and its commands state."""

from importlib.metadata import version

import click
import pytest
from click.testing import CliRunner

import index.__main__
import search
import search.__main__
import search.assistant.__main__
import webui.__main__


def test_it_is_the_version_of_the_distribution() -> None:
    assert search.__version__ == version("opis")


@pytest.mark.parametrize(
    "command",
    [index.__main__.main, search.__main__.main, webui.__main__.main, search.assistant.__main__.main],
    ids=["opis-index", "opis-search", "opis-serve", "opis-mcp"],
)
def test_each_command_says_it(command: click.Command) -> None:
    for args in (["--version"], ["--index", "nowhere:", "--version"]):
        result = CliRunner().invoke(command, args)
        assert (result.exit_code, result.output) == (0, f"Opis {search.__version__}\n")
