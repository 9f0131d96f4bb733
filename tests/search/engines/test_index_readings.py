"""What a monitor sees of an index, on disk and in memory.

1. Its documents, size, engine and generation, and when it was written.
2. Of an index that is gone or damaged nothing but that it cannot be searched; when it is back, all again.
"""

import time
from pathlib import Path

import pytest

from search.engines import Engine, open_engine
from search.engines.index_readings import index_readings
from search.schema import Schema
from tests.archive import fill
from tests.in_time import in_time
from tests.pseudo_archive import documents


def readings(engine: Engine) -> dict[str, float]:
    return {reading.name: reading.value for reading in index_readings(engine)}


@pytest.mark.slow
@pytest.mark.parametrize("store", ["memory", "whoosh"])
def test_1_an_index(tmp_path: Path, store: str) -> None:
    folder = tmp_path / "index"
    engine = open_engine(f"{store}:{folder}", Schema(), create=True)
    fill(engine, documents(7))
    found = readings(engine)
    assert (found["opis_index_healthy"], found["opis_index_documents"]) == (1, 7)
    assert abs(found["opis_index_commit_timestamp_seconds"] - time.time()) < 100
    live = [file for file in folder.glob(f"{store}-*/*") if file.name != "checksums.json"]
    assert found["opis_index_size_bytes"] == sum(file.stat().st_size for file in live)
    [info] = [reading for reading in index_readings(engine) if reading.kind == "info"]
    assert info.labels == {"engine": store, "generation": engine.info().generation}
    engine.close()


@pytest.mark.slow
def test_2_an_index_that_is_gone_for_a_while(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "index", tmp_path / "elsewhere"
    engine = open_engine(f"whoosh:{folder}", Schema(), create=True)
    fill(engine, documents(2))
    before = readings(engine)
    folder.rename(elsewhere)
    with in_time(60):
        while readings(engine) != {"opis_index_healthy": 0}:
            time.sleep(0.05)
    elsewhere.rename(folder)
    with in_time(60):
        while readings(engine) != before:
            time.sleep(0.05)
    engine.close()
