"""The output of `opis-search` in a shell.

1. Whoever reads no more ends the command quietly; an output that cannot be written is one sentence.
2. A terminal has lines of its width and matches in bold; a pipe has neither.
"""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from search.command.layout import WIDEST, display_width
from search.engines import open_engine
from search.schema import Schema
from tests.archive import document, fill

pytestmark = pytest.mark.slow  # a process each

SEARCH = (sys.executable, "-m", "search")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an index whose results are more than is buffered."""
    url = f"auto:{tmp_path_factory.mktemp('large') / 'index'}"
    documents = [document(f"d{n}", f"{n} armistice talks. " * 100, title=f"Telegram {n}") for n in range(100)]
    fill(open_engine(url, Schema(), create=True), documents).close()
    return url


FORMS = (["--limit", "100"], ["--format", "jsonl"], ["--json", "--limit", "100"], ["--queries", "names.txt"])


@pytest.mark.parametrize("arguments", FORMS)
def test_1_a_closed_pipe(large: str, arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("talks\n" * 2000, encoding="utf-8")
    query = [] if "--queries" in arguments else ["armistice"]
    command = [*SEARCH, *query, "--index", large, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=here()
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()  # before anything can be written
        assert (process.stderr.read(), process.wait()) == (b"", 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", FORMS)
def test_1_a_full_disk(large: str, arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("talks\n" * 2000, encoding="utf-8")
    query = [] if "--queries" in arguments else ["armistice"]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [*SEARCH, *query, "--index", large, *arguments],
            stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, env=here(), check=False,
        )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.decode() == "Error: The output cannot be written: No space left on device.\n"


def test_2_a_terminal(large: str) -> None:
    ours, theirs = pty.openpty()
    command = [*SEARCH, "armistice", "--index", large]
    with subprocess.Popen(command, stdout=theirs, env=here(COLUMNS="70")) as process:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 1 << 16):
                shown += block
        except OSError:  # Linux says so where the other end is closed
            pass
        os.close(ours)
    assert process.returncode == 0
    lines = shown.decode().splitlines()
    assert max(map(display_width, lines)) <= 70
    assert any("\x1b[1marmistice\x1b[0m" in line for line in lines)


def test_2_a_pipe(large: str) -> None:
    run = subprocess.run(
        [*SEARCH, "armistice", "--index", large], capture_output=True, env=here(COLUMNS="70"), check=True
    )
    assert b"\x1b" not in run.stdout
    assert max(map(len, run.stdout.decode().splitlines())) > WIDEST


def here(**others: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])} | others
