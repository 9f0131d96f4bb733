"""The lists of the report for pipes, and the recipe for scans that is built on one.

1. Each list prints its files or names, one a line and nothing else, also without a SOURCE.
2. The shell lines of the documentation put text into PDFs that have none.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.files import pdf

ROOT = Path(__file__).parents[2]
WORDS = [[(72.0, 700.0, 12.0, "The gate of the mill is open.")]]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("no-text", ["empty.txt"]),
        ("undated", ["empty.txt", "a.txt", "b.txt"]),
        ("duplicates", ["a.txt\tb.txt"]),
        ("skipped", ["photo.tiff"]),
        ("failed", []),
    ],
)
def test_each_list(run_command: Callable[..., Result], folder: Path, name: str, lines: list[str]) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "photo.tiff").write_bytes(b"II*\0")
    for letter in "ab":
        (folder / f"{letter}.txt").write_text("# On Works\n\nThe text.")
    run_command(folder)
    printed = run_command("--list", name)
    assert printed.exit_code == 0
    plain = printed.stdout.replace(f"{folder}/", "").splitlines()
    assert sorted(plain) == sorted(lines)


def test_a_list_after_a_run(run_command: Callable[..., Result], folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    assert run_command(folder, "--list", "no-text").stdout == f"{folder}/empty.txt\n"
    assert run_command(folder / "empty.txt", "--list", "no-text").stdout.splitlines()


def test_names_of_one_person_are_lines_for_the_aliases(
    run_command: Callable[..., Result], folder: Path
) -> None:
    (folder / "r.csv").write_text("id,title,authors\na,A,Anna Berg\nb,B,A. Berg\n")
    run_command(folder)
    assert run_command("--list", "name-candidates").stdout == "A. Berg; Anna Berg\n"


def test_an_unknown_list_is_refused(run_command: Callable[..., Result], folder: Path) -> None:
    refused = run_command("--list", "nonsense")
    assert refused.exit_code == 2
    assert "no-text" in refused.stderr


@pytest.mark.slow
def test_the_recipe_for_scans(tmp_path: Path) -> None:
    section = (ROOT / "docs" / "indexing.md").read_text(encoding="utf-8").partition("## Scans")[2]
    [recipe] = re.findall(r"```sh\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    scans, bin_folder = tmp_path / "scans", tmp_path / "bin"
    scans.mkdir()
    bin_folder.mkdir()
    (scans / "a scan.pdf").write_bytes(pdf([[]]))
    (scans / "read.pdf").write_bytes(pdf([[(72.0, 700.0, 12.0, "Words.")]]))
    (tmp_path / "recognised.pdf").write_bytes(pdf(WORDS))
    programs = {
        "opis-index": f'exec "{sys.executable}" -m index "$@"',
        "ocrmypdf": f'echo "$1" >> "{tmp_path}/done"; cp "{tmp_path}/recognised.pdf" "$2"',
    }
    for program, line in programs.items():
        (bin_folder / program).write_text(f"#!/bin/sh\n{line}\n")
        (bin_folder / program).chmod(0o755)
    environment = os.environ | {
        "HOME": str(tmp_path),
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    ran = subprocess.run(
        ["sh", "-e", "-c", recipe], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "done").read_text().splitlines() == [f"{scans}/a scan.pdf"]
    assert "1 changed" in ran.stdout
    assert "without text" not in ran.stdout.rpartition("The archive holds")[2]
