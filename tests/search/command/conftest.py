"""An index of a handful of documents, and `opis-search` over it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.__main__ import main
from search.engines import open_engine
from search.schema import Schema
from tests.archive import document, fill

Run = Callable[..., Result]
"""Runs `opis-search` with these arguments over the index."""

DOCUMENTS = (
    document("a", "The armistice talks.", title="Telegram", authors=["Kuznetsov"], date="1953-07-29"),
    document("b", "War.", title="Report on the armistice"),
)


@pytest.fixture
def index(tmp_path: Path, schema: Schema) -> str:
    url = f"auto:{tmp_path / 'index'}"
    fill(open_engine(url, schema, create=True), DOCUMENTS).close()
    return url


@pytest.fixture
def run(index: str) -> Run:
    def search(*arguments: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, [*arguments, "--index", index], input=stdin)

    return search
