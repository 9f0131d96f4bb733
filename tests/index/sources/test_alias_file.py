"""One person under several names: one value of the facet, found under any name.

1. Authors and recipients are listed under the preferred name; what was written is kept.
2. A changed line reads again the files with those names, and no others.
3. What cannot be read changes nothing; aliases of one source serve searches of all.
"""

from pathlib import Path

import pytest

from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from search.request import FacetRequest, Question, SearchRequest
from search.searcher import Searcher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "records.jsonl").write_text(
        '{"id": "a", "title": "One", "authors": ["Chou En-lai"], "recipients": ["Stalin"], "body": "Chou."}\n'
        '{"id": "b", "title": "Two", "authors": ["Zhou Enlai", "CHOU EN-LAI"]}\n'
    )
    (tmp_path / "other.jsonl").write_text('{"id": "c", "title": "Three", "authors": ["Molotov"]}\n')
    (tmp_path / "aliases.txt").write_text("Zhou Enlai; Chou En-lai\n")
    return tmp_path


def authors(engine: MemoryEngine) -> dict[str, int]:
    [facet] = engine.search(SearchRequest(facets=(FacetRequest("author", 10),))).facets
    return {value.value: value.count for value in facet.values}


def other_names(engine: MemoryEngine, query: str) -> set[str]:
    """What else is searched for the names in a query."""
    expanded = Searcher(engine).search(Question(query)).query.expanded
    return {name for expansion in expanded for name in expansion.to}


def test_1_names_are_merged(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    report = indexer.run([str(folder)])
    assert (report.added, report.skipped, report.failed) == (3, (), ())
    assert authors(engine) == {"Zhou Enlai": 2, "Molotov": 1}
    [document] = engine.get_many(["a"])
    assert document is not None
    assert document.extra["names as written"] == "Chou En-lai"
    answer = Searcher(engine).search(Question("zhou enlai"))
    assert {found.document.id for found in answer.hits} == {"a", "b"}
    assert answer.query.expanded[0].to == ("Chou En-lai",)


def test_2_a_changed_line_reads_again_what_it_concerns(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    indexer.run([str(folder)])
    (folder / "aliases.txt").write_text("Zhou Enlai; Chou En-lai\nStalin; Filippov\n")
    report = indexer.run([str(folder)])
    assert (report.changed, report.unchanged) == (0, 3)
    assert Searcher(engine).search(Question("filippov", facets=())).query.expanded
    (folder / "aliases.txt").write_text("Premier Zhou; Zhou Enlai; Chou En-lai\n")
    report = indexer.run([str(folder)])
    assert (report.changed, report.unchanged) == (2, 1)
    assert authors(engine) == {"Premier Zhou": 2, "Molotov": 1}
    (folder / "aliases.txt").unlink()
    indexer.run([str(folder)])
    assert authors(engine) == {"Chou En-lai": 1, "CHOU EN-LAI": 1, "Zhou Enlai": 1, "Molotov": 1}
    assert "Chou En-lai" not in other_names(engine, "zhou enlai")


def test_3_what_cannot_be_read_changes_nothing(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    indexer.run([str(folder)])
    (folder / "aliases.txt").write_bytes(b"x" * (17 << 20))
    report = indexer.run([str(folder)])
    assert [problem.source for problem in report.failed] == ["aliases.txt"]
    assert authors(engine) == {"Zhou Enlai": 2, "Molotov": 1}


def test_3_a_removed_source_takes_its_aliases_along(
    indexer: Indexer, engine: MemoryEngine, folder: Path, seeds: Path
) -> None:
    indexer.run([str(folder), str(seeds)])
    assert "Zhou Enlai" in other_names(engine, "Chou En-lai")
    indexer.run([], removed=[str(folder)])
    assert "Zhou Enlai" not in other_names(engine, "Chou En-lai")
