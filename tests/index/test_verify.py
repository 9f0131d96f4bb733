"""`opis-index --verify` tells whether the index is as it was written.

1. A whole one: one sentence and exit code 0, alone or after a run.
2. A damaged one: which files, the cure, and exit code 3.
3. With --json one line for each report.
4. One that is not there is an error with the cure.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.on_disk import live

Command = Callable[..., Result]

WHOLE = r"The index \w+:index is whole: \d+ files, \d+ KB, written \S+Z\.\n"


@pytest.mark.parametrize("store", ["whoosh", "tantivy", "auto"])
def test_1_a_whole_index_is_one_sentence(run_command: Command, seeds: Path, store: str) -> None:
    after_run = run_command(seeds, "--verify", index=f"{store}:index")
    assert after_run.exit_code == 0
    assert "5 added" in after_run.stdout
    alone = run_command("--verify", index=f"{store}:index")
    assert (alone.exit_code, alone.stderr) == (0, "")
    assert re.fullmatch(WHOLE, alone.stdout)
    assert after_run.stdout.endswith(alone.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("store", ["whoosh", "tantivy"])
def test_2_damage_is_named_with_the_cure(
    run_command: Command, seeds: Path, tmp_path: Path, store: str
) -> None:
    run_command(seeds, index=f"{store}:index")
    file = max(live(tmp_path / "index").iterdir(), key=lambda file: file.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    file.unlink()  # truncated in place, a file that a library still maps would end this process
    file.write_bytes(content)
    result = run_command("--verify", index=f"{store}:index")
    assert result.exit_code == 3
    assert result.stdout == (
        f"The index {store}:index is damaged:\n"
        f"  {file.name} is not as it was written.\n"
        f"Rebuild it with: opis-index SOURCE --rebuild --index {store}:index\n"
    )
    assert run_command(seeds, "--rebuild", "--verify", index=f"{store}:index").exit_code == 0


def test_3_as_json(run_command: Command, seeds: Path, tmp_path: Path) -> None:
    report, verified = run_command(seeds, "--verify", "--json").stdout.splitlines()
    assert json.loads(report)["added"] == 5
    found = json.loads(verified)
    assert (found["index"], found["problems"]) == ("whoosh:index", [])
    files = [file for file in live(tmp_path / "index").iterdir() if file.name != "checksums.json"]
    assert (found["files"], found["bytes"]) == (len(files), sum(file.stat().st_size for file in files))


def test_4_one_that_is_not_there(run_command: Command) -> None:
    result = run_command("--verify")
    assert result.exit_code == 3
    assert "make one with" in result.stderr
    assert result.stderr.count("\n") == 1
