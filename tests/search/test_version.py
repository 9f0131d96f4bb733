"""The version that the package and its commands state."""

import re
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import index.__main__
import search
import search.__main__
import search.assistant.__main__
import webui.__main__
from search.analysis import chunk_table
from search.engines.terms import distances
from search.highlighting import cuts, word_places

ROOT = Path(__file__).parent.parent.parent
PARTS = {"analysis": chunk_table, "highlighting": word_places, "passages": cuts, "spelling": distances}


def test_it_is_the_version_of_the_distribution() -> None:
    assert search.__version__ == version("opis")


@pytest.mark.parametrize(
    "command",
    [index.__main__.main, search.__main__.main, webui.__main__.main, search.assistant.__main__.main],
    ids=["opis-index", "opis-search", "opis-serve", "opis-mcp"],
)
def test_each_command_says_it(command: click.Command) -> None:
    how = {True: "compiled", False: "in Python"}
    lines = [f"{part}: {how[module.is_compiled()]}\n" for part, module in PARTS.items()]
    for args in (["--version"], ["--index", "nowhere:", "--version"]):
        result = CliRunner().invoke(command, args)
        assert result.exit_code == 0
        assert result.output == f"Opis {search.__version__}\n{''.join(lines)}"


def test_it_says_that_compiled_code_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPIS_PURE_PYTHON", "1")
    output = CliRunner().invoke(index.__main__.main, ["--version"]).output
    assert output.splitlines()[1:] == [f"{part}: in Python" for part in PARTS]


@pytest.mark.parametrize("source", sorted(ROOT.glob("search/**/_*.c")), ids=lambda source: source.name)
def test_one_build_serves_each_python(source: Path) -> None:
    """What `#` means in a format depends on the Python that compiled it: from 3.13 on, 3.11 refuses it."""
    formats = re.findall(r'(?:ParseTuple|BuildValue|CallFunction)\([^"]*"([^"]*)"', source.read_text("utf-8"))
    assert [text for text in formats if "#" in text] == []
