"""An index in memory, a folder to fill, and the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.__main__ import main
from index.indexer import Indexer
from index.runs.report import IndexReport
from search.engines.memory import MemoryEngine
from search.schema import Schema

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def seeds() -> Path:
    """The five founding documents."""
    return SEEDS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to index."""
    path = tmp_path / "archive"
    path.mkdir()
    return path


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema()


@pytest.fixture
def engine(schema: Schema) -> MemoryEngine:
    return MemoryEngine(schema)


@pytest.fixture
def indexer(engine: MemoryEngine, schema: Schema) -> Indexer:
    return Indexer(engine, schema)


@pytest.fixture
def index(indexer: Indexer, folder: Path) -> Callable[[], IndexReport]:
    """Index the folder; its documents may go."""
    return lambda: indexer.run([str(folder)], allow_removal=True)


@pytest.fixture
def run_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `opis-index` in a folder of its own, with an index there."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, index: str = "whoosh:index") -> Result:
        return CliRunner().invoke(main, [*map(str, arguments), "--index", index])

    return run


@pytest.fixture
def run_json(run_command: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """Run `opis-index --json` and read what it prints."""
    return lambda *arguments: json.loads(run_command(*arguments, "--json").stdout)
