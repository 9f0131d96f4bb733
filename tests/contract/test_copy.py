"""An index is copied from every engine to every other.

1. The copy answers as the index does, to the digit; its documents have the times at which they were indexed.
2. It is the same archive: identity, aliases, redirects and health report are those of the index.
3. The next run over the same sources has nothing to do, and one over changed sources only what changed.
4. An index is replaced only if that is said; one of other settings, or at the same place, is not copied.
5. Where the index is written to meanwhile, the copy is refused and nothing is committed.
6. A document that the engine of the copy cannot store is named, and the others are copied.
7. The command says what it has copied, and takes no SOURCE beside it.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from index.__main__ import main
from index.copying import COPIED_DATA, copied, copy_index
from index.indexer import Indexer
from search.analyzed import AnalyzedDocument
from search.commit_data.redirects import REDIRECTS_KEY
from search.engines import Engine, open_engine
from search.engines.memory.engine import MemoryWriter
from search.errors import DocumentRefused, IndexLocked, SchemaChanged, SettingsError
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.schema import Schema
from search.settings import Settings
from tests.archive import SEEDS, document, fill
from tests.conftest import ENGINES, NewEngine
from tests.index.indexed import counts

SCHEMA = Schema()


def sources(folder: Path) -> Path:
    """The sources: seeds, one of which was moved after a first run, and a file of aliases."""
    folder = folder / "sources"
    shutil.copytree(SEEDS, folder)
    (folder / "aliases.txt").write_text("Kim Il Sung; Kim\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sources(tmp_path)


def index(engine: Engine, folder: Path) -> Engine:
    """Index the sources in two runs, between which a file is moved."""
    Indexer(engine, SCHEMA, clock=lambda: 1_000_000.0).run([str(folder)])
    first = min(folder.glob("*.txt"), key=lambda path: (path.name == "aliases.txt", path.name))
    first.rename(first.with_name("moved.txt"))
    Indexer(engine, SCHEMA, clock=lambda: 2_000_000.0).run([str(folder)])
    return engine


@pytest.fixture(
    scope="module",
    params=product(ENGINES, ("from memory", "to memory")),
    ids=" ".join,
)
def copy(
    request: pytest.FixtureRequest, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Engine, Engine, Path]:
    """An index of the sources, a copy of it on the other engine, and the sources.

    The last test that asks for it changes the sources and the copy.
    """
    name, direction = request.param
    stored, memory = new_engine(name, SCHEMA), open_engine("memory:", SCHEMA)
    old, new = (memory, stored) if direction == "from memory" else (stored, memory)
    folder = sources(tmp_path_factory.mktemp("copy"))
    index(old, folder)
    assert copied(old, new) == (5, ())
    return old, new, folder


def test_1_answers(copy: tuple[Engine, Engine, Path]) -> None:
    old, new, _ = copy
    everything = SearchRequest(
        facets=(FacetRequest("author", 99), DateFacetRequest()), sort="title", limit=99
    )
    answers = [engine.search(everything) for engine in (old, new)]
    assert answers[0].hits == answers[1].hits
    assert answers[0].facets == answers[1].facets
    documents = [sorted(engine.scan(SearchRequest()), key=lambda one: one.id) for engine in (old, new)]
    assert documents[0] == documents[1]
    assert {one.indexed for one in documents[1]} == {1_000_000}


def test_2_commit_data(copy: tuple[Engine, Engine, Path]) -> None:
    old, new, _ = copy
    data = {name: old.commit_data(name) for name in COPIED_DATA}
    assert all(data.values())
    assert {name: new.commit_data(name) for name in COPIED_DATA} == data


def test_2_all_that_a_run_stores(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the indexer comes to store with a commit is to be copied as well."""
    stored: set[str] = set()
    monkeypatch.setattr(MemoryWriter, "put_commit_data", lambda _, name, __: stored.add(name))
    Indexer(open_engine("memory:", SCHEMA), SCHEMA).run([str(folder)])
    assert stored == set(COPIED_DATA)


def test_3_the_next_runs(copy: tuple[Engine, Engine, Path]) -> None:
    _, new, folder = copy
    generation = new.info().generation
    indexer = Indexer(new, SCHEMA)
    assert counts(indexer.run([str(folder)])) == (0, 0, 5, 0)
    assert new.info().generation == generation
    (folder / "moved.txt").unlink()
    (folder / "another.txt").write_text("A report on the harvest, of which nothing is known yet.")
    assert counts(indexer.run([str(folder)])) == (1, 0, 4, 1)


def test_4_what_is_not_copied(tmp_path: Path, folder: Path) -> None:
    old, new = (Settings(index=f"whoosh:{tmp_path / name}") for name in ("old", "new"))
    with closing(open_engine(old.index, SCHEMA, create=True)) as engine:
        index(engine, folder)
    assert copy_index(old.index, new).documents == 5
    with pytest.raises(SettingsError, match="replace it with --rebuild"):
        copy_index(old.index, new)
    assert copy_index(old.index, new, rebuild=True).documents == 5
    with pytest.raises(SettingsError, match="to another place"):
        copy_index(old.index, old, rebuild=True)
    other = Settings(index=f"whoosh:{tmp_path / 'third'}", languages=("german",))
    with pytest.raises(SchemaChanged, match="under other settings"):
        copy_index(old.index, other)


def test_5_written_to_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (open_engine("memory:", SCHEMA) for _ in range(2))
    fill(old, [document("letter", "Talks")])
    scan = old.scan

    def slow_scan(request: SearchRequest) -> Iterator[object]:
        yield from scan(request)
        fill(old, [document("reply", "More talks")])

    monkeypatch.setattr(old, "scan", slow_scan)
    with pytest.raises(IndexLocked, match="copy it again"):
        copied(old, new)
    assert not new.info().documents
    assert not new.commit_data(REDIRECTS_KEY)


def test_6_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (open_engine("memory:", SCHEMA) for _ in range(2))
    fill(old, [document("large", "Talks", source="large.txt"), document("reply", "More talks")])
    put = MemoryWriter.put

    def limited(self: MemoryWriter, analyzed: AnalyzedDocument) -> None:
        if analyzed.id == "large":
            raise DocumentRefused("It is too large.")
        put(self, analyzed)

    monkeypatch.setattr(MemoryWriter, "put", limited)
    assert copied(old, new) == (1, ("large.txt: It is too large.",))
    assert new.info().documents == 1


def test_7_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    old, new = f"whoosh:{tmp_path / 'old'}", f"auto:{tmp_path / 'new'}"
    assert run(main, [str(SEEDS), "--index", old]).exit_code == 0
    done = run(main, ["--copy-from", old, "--index", new])
    assert done.exit_code == 0
    assert done.output.startswith(f"Copied 5 documents from {old} to {new} in ")
    again = run(main, ["--copy-from", old, "--index", new, "--rebuild", "--json"])
    assert msgspec.json.decode(again.output)["documents"] == 5
    assert run(main, [str(SEEDS), "--copy-from", old, "--index", new]).exit_code == 2
