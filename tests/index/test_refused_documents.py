"""A document that the engine cannot store, since a cluster takes no request of its size, say.

1. It is a failure that says what to do; all others are indexed, and the next run tries it again.
2. What the index had of it stays, also where the index is rebuilt.
"""

from pathlib import Path

import pytest

from index.indexer import Indexer
from search.analyzed import AnalyzedDocument
from search.engines.memory.engine import MemoryEngine, MemoryWriter
from search.errors import DocumentRefused
from tests.index.indexed import counts, document, ids, write


@pytest.fixture(autouse=True)
def _limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes no document of more than 1,000 bytes."""
    put = MemoryWriter.put

    def limited(self: MemoryWriter, analyzed: AnalyzedDocument) -> None:
        if len(analyzed.stored) > 1_000:
            raise DocumentRefused("It is larger than the engine takes.")
        put(self, analyzed)

    monkeypatch.setattr(MemoryWriter, "put", limited)


def test_1_others_go_on(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, a="A note.", large="Many words. " * 100, z="Another note.")
    report = indexer.run([str(folder)])
    assert counts(report) == (2, 0, 0, 0)
    assert [(one.source, one.reason) for one in report.failed] == [
        ("large.txt", "It is larger than the engine takes.")
    ]
    assert ids(engine) == {"a", "z"}
    assert len(indexer.run([str(folder)]).failed) == 1


def test_2_what_was_there_stays(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, note="A first note.", other="Another.")
    indexer.run([str(folder)])
    write(folder, note="Many words. " * 100)
    for rebuild in (False, True):
        report = indexer.run([str(folder)], rebuild=rebuild)
        assert len(report.failed) == 1
        assert document(engine, "note").body == "A first note."
