"""The commands of docs/installing.md that copy an index and put it back.

1. A copy is whole, and holds one commit, though the index is written to all the while.
2. What is restored is whole, and the identity of the archive is in it.
"""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from search.commit_data.identity import IDENTITY_KEY
from search.engines import open_engine
from search.errors import IndexLocked
from search.schema import Schema
from tests.archive import document, fill
from tests.docs.pages import PAGES, ROOT
from tests.in_time import in_time

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("flock") and shutil.which("bash")), reason="needs flock and bash"),
]

BACKUP, RESTORE = re.findall(
    r"```sh\n(.*?)```",
    PAGES["docs/installing.md"].partition("## Backup and restore")[2].partition("\n## ")[0],
    re.DOTALL,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "lib" / "index"


@pytest.fixture
def shell(tmp_path: Path, root: Path) -> Callable[[str], None]:
    """Runs commands of the page, with folders of the test's."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "opis.toml").write_text(f'index = "auto:{root}"\n')

    def run(commands: str) -> None:
        for named, meant in (
            ("runuser -u opis -- /opt/opis/bin/opis-index", f"PYTHONPATH={ROOT} {sys.executable} -m index"),
            ("/var/lib/opis", str(root.parent)),
            ("/var/backups/opis", str(tmp_path / "backups")),
            ("/etc/opis", str(tmp_path / "etc")),
        ):
            commands = commands.replace(named, meant)
        here = "".join(line for line in commands.splitlines(keepends=True) if "systemctl" not in line)
        done = subprocess.run(["bash", "-euc", here], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return run


def state(url: str) -> tuple[int, bytes]:
    engine = open_engine(url, Schema())
    try:
        assert engine.verify().problems == ()
        return engine.info().documents, engine.commit_data("note")
    finally:
        engine.close()


def test_1_a_copy_while_it_is_written_to(
    store: str, root: Path, shell: Callable[[str], None], tmp_path: Path
) -> None:
    engine = open_engine(f"{store}:{root}", Schema(), create=True)
    fill(engine, [document("first", "war and peace")])
    stopped = threading.Event()
    commits: list[int] = []

    def write() -> None:
        while not stopped.is_set():
            try:
                with engine.writer() as writer:
                    writer.put_commit_data("note", str(len(commits)).encode())
                commits.append(1)
            except IndexLocked:
                stopped.wait(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    copies = []
    try:
        with in_time(120):
            for _ in range(5):
                shell(BACKUP)
                copies.append(state(f"{store}:{tmp_path / 'backups' / 'index'}"))
    finally:
        stopped.set()
        thread.join()
        engine.close()
    assert {documents for documents, _ in copies} == {1}
    notes = [int(note or b"-1") for _, note in copies]
    assert notes == sorted(notes)
    assert notes[-1] > notes[0], "nothing was written meanwhile"


def test_2_what_is_restored(root: Path, shell: Callable[[str], None], tmp_path: Path) -> None:
    source = tmp_path / "documents"
    source.mkdir()
    (source / "a.txt").write_text("Text.")
    indexing = [sys.executable, "-m", "index", str(source), "--index", f"auto:{root}"]
    subprocess.run(indexing, cwd=ROOT, check=True, capture_output=True)
    engine = open_engine(f"auto:{root}", Schema())
    identity = engine.commit_data(IDENTITY_KEY)
    engine.close()
    shell(BACKUP)
    for segment in root.glob("*/*.seg"):
        segment.write_bytes(b"")
    shell(RESTORE)
    engine = open_engine(f"auto:{root}", Schema())
    assert (engine.info().documents, engine.commit_data(IDENTITY_KEY)) == (1, identity)
    engine.close()
    assert identity
    subprocess.run(indexing, cwd=ROOT, check=True, capture_output=True)
