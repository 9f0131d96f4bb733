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
from search.analysis.chunk_table import is_compiled


def test_it_is_the_version_of_the_distribution() -> None:
    assert search.__version__ == version("opis")


@pytest.mark.parametrize(
    "command",
    [index.__main__.main, search.__main__.main, webui.__main__.main, search.assistant.__main__.main],
    ids=["opis-index", "opis-search", "opis-serve", "opis-mcp"],
)
def test_each_command_says_it(command: click.Command) -> None:
    analysis = "compiled" if is_compiled() else "in Python"
    for args in (["--version"], ["--index", "nowhere:", "--version"]):
        result = CliRunner().invoke(command, args)
        assert result.exit_code == 0
        assert result.output == f"Opis {search.__version__}\nanalysis: {analysis}\n"


def test_it_says_that_compiled_code_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPIS_PURE_PYTHON", "1")
    assert "analysis: in Python" in CliRunner().invoke(index.__main__.main, ["--version"]).output
