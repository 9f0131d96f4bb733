"""Addresses last: what was once at one is found from there, wherever its file has moved."""

from pathlib import Path

from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from search.settings import Settings
from webui import create_app


def test_a_moved_file_keeps_its_old_address(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    (folder / "one.txt").write_text("July 4, 1953\nOne\n\nText.")
    indexer.run([str(folder)])
    client = create_app(Settings(), engine).test_client()
    (folder / "one.txt").rename(folder / "two.txt")
    indexer.run([str(folder)])
    (folder / "two.txt").rename(folder / "three.txt")
    report = indexer.run([str(folder)])
    assert (report.added, report.removed) == (1, 1)
    for old in ("one", "two"):
        answer = client.get(f"/documents/{old}?q=text")
        assert (answer.status_code, answer.location) == (301, "/documents/three?q=text")
    assert client.get("/api/v1/documents/one").location == "/api/v1/documents/three"
    assert client.get("/documents/four").status_code == 404
    (folder / "one.txt").write_text("Another.")
    indexer.run([str(folder)])
    assert client.get("/documents/one").status_code == 200
