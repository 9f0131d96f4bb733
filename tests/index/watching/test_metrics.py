"""What a monitor and a service manager are told of a watcher.

1. Runs by outcome, the last success, documents, failed files, sources, and the age of the last look.
2. A service manager hears READY=1, and a line for each change.
"""

import socket
import urllib.request
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.watching.events import Looked, RunDone, RunFailed, SourceAway, SourceRefused
from index.watching.metrics import WatchMetrics, answering_with
from index.watching.status import tell_status
from search.engines.memory import MemoryEngine
from search.errors import SettingsError
from tests.reliability.watching import watching


def values(url: str) -> dict[str, str]:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - of this test
        lines = answer.read().decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_1_metrics(indexer: Indexer, folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    (folder / "bad.txt").write_bytes(b"\0")
    now = 100.0
    metrics = WatchMetrics(clock=lambda: now, now=lambda: 1.7e9)
    with answering_with(metrics, "127.0.0.1:0") as url:
        assert not any(name.startswith("opis_watch_last") for name in values(url))
        metrics(Looked({"letters": True, 'on "disk"': False}))
        metrics(RunDone(indexer.run([str(folder)]), ()))
        metrics(RunFailed(MemoryError(), is_new=True))
        metrics(SourceRefused("letters", "Why."))
        metrics(SourceAway("letters", "why"))
        now = 107.5
        found = values(url)
    assert found['opis_watch_runs_total{outcome="done"}'] == "1.0"
    assert found['opis_watch_runs_total{outcome="failed"}'] == "1.0"
    assert found['opis_watch_runs_total{outcome="refused"}'] == "1.0"
    assert found["opis_watch_run_seconds_count"] == "1.0"
    assert found['opis_watch_source_present{source="letters"}'] == "1.0"
    assert found['opis_watch_source_present{source="on \\"disk\\""}'] == "0.0"
    assert found["opis_watch_look_age_seconds"] == "7.5"
    assert float(found["opis_watch_last_success_timestamp_seconds"]) == 1.7e9
    assert found["opis_watch_documents"] == "1.0"
    assert found["opis_watch_failed_files"] == "1.0"


def test_1_an_address_that_cannot_be_used() -> None:
    with pytest.raises(SettingsError, match="HOST:PORT"), answering_with(WatchMetrics(), "here"):
        pass


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """What listens as systemd does."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(60)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return listening


def test_2_status(manager: socket.socket, engine: MemoryEngine, indexer: Indexer, folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    tell_status(RunDone(indexer.run([str(folder)]), ()))
    tell_status(Looked({}))
    tell_status(SourceAway("letters", "why"))
    assert b" 1 added; the archive holds 1 document (" in manager.recv(1000)
    assert manager.recv(1000).startswith(b"STATUS=The source 'letters' is away (why)")
    manager.close()


def test_2_it_is_ready_at_once_and_says_that_it_stops(
    manager: socket.socket, folder: Path, tmp_path: Path
) -> None:
    with watching(folder, "--index", f"whoosh:{tmp_path / 'index'}", "--metrics", "127.0.0.1:0") as it:
        assert manager.recv(1000).startswith(b"READY=1\nSTATUS=Watching the source")
        it.message("Watching")
        url = it.message("Metrics on http://127.0.0.1:")["message"].split()[-1]
        it.run()
        assert values(url)['opis_watch_runs_total{outcome="done"}'] == "1.0"
        assert b"STATUS=" in manager.recv(1000)
        assert it.stop()[0] == 143
        assert manager.recv(1000) == b"STOPPING=1"
    manager.close()
