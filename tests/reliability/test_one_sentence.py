"""A command that fails says one sentence, whatever a library has to say about it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOISY = """
import os
from search.cli import reporting_errors
from search.errors import IndexDamaged

@reporting_errors
def command():
    os.write(2, b"thread '<unnamed>' panicked at src/lib.rs:1\\n")
    raise IndexDamaged("One sentence.")

command()
"""


@pytest.mark.parametrize(("backtrace", "lines"), [("", 1), ("1", 2)])
def test_a_library_that_panics_is_not_heard_unless_asked_for(backtrace: str, lines: int) -> None:
    environ = os.environ | {"RUST_BACKTRACE": backtrace}
    ended = subprocess.run(
        [sys.executable, "-c", NOISY], check=False, env=environ, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 3
    assert ended.stderr.splitlines()[-1] == "Error: One sentence."
    assert ended.stderr.count("\n") == lines


@pytest.mark.parametrize("module", ["search", "index", "webui"])
def test_an_index_that_is_not_there(module: str, tmp_path: Path) -> None:
    arguments = {"search": ["war"], "index": ["--verify"], "webui": ["--port", "0"]}[module]
    ended = subprocess.run(
        [sys.executable, "-m", module, *arguments, "--index", f"tantivy:{tmp_path / 'none'}"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 3
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("Error: There is no index")
