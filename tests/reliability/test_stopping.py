"""`opis-index` that is told to stop, by Ctrl-C, SIGTERM or SIGHUP.

1. It says so in a line, ends with the exit code of the signal, and no process of it is left.
2. The index is as it was, with nothing beside it.
3. A signal that is ignored, as by nohup, stops nothing.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.runs.manifest.database import NAME, opened
from search.engines import open_engine
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import document, fill

pytestmark = pytest.mark.slow

ENVIRON = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A source that takes a second or more to index."""
    file = tmp_path / "records.jsonl"
    lines = (
        json.dumps({"id": f"r{n}", "title": f"Letter {n}", "body": f"word{n} " * 900}) for n in range(3000)
    )
    file.write_text("\n".join(lines))
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index of one document, with the database of what runs have read."""
    root = tmp_path / "index"
    engine = open_engine(f"tantivy:{root}", Schema(), create=True)
    fill(engine, [document("old")])
    engine.close()
    with opened(root / NAME, create=True):
        return root


def begun(root: Path, records: Path, *before: str) -> subprocess.Popen[str]:
    """A run that has begun to read."""
    command = (sys.executable, "-m", "index", str(records), "--index", f"tantivy:{root}", "--debug")
    process = subprocess.Popen(
        [*before, *command], text=True, env=ENVIRON, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    while "worker" not in process.stderr.readline():
        assert process.poll() is None
    return process


def ids(root: Path) -> list[str]:
    engine = open_engine(f"tantivy:{root}", Schema())
    try:
        assert engine.verify().problems == ()
        return [found.id for found in engine.scan(SearchRequest())]
    finally:
        engine.close()


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
@pytest.mark.parametrize("delay", [0, 0.5])
def test_it_stops_as_if_it_had_not_begun(
    root: Path, records: Path, how: signal.Signals, code: int, delay: float
) -> None:
    before = sorted(path.name for path in root.iterdir())
    process = begun(root, records)
    time.sleep(delay)
    process.send_signal(how)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (code, "")
    said = [line for line in errors.splitlines() if not re.match(r"\d\d:\d\d:", line)]  # without --debug
    assert said == ["Stopped. The index is as the last completed run left it."]
    assert ids(root) == ["old"]
    assert sorted(path.name for path in root.iterdir()) == before


def test_nohup_is_respected(root: Path, records: Path) -> None:
    process = begun(root, records, "nohup")
    process.send_signal(signal.SIGHUP)
    time.sleep(0.3)
    assert process.poll() is None
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 143
