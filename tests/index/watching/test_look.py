"""Looks at a source.

1. Two looks differ when a file was changed, added, removed or renamed, whatever its size and times are.
2. What is away says why; nothing that a folder may hold raises.
3. Of a source that is a file, the files that describe it are looked at, too.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.watching.look import look_at


def same_size_and_time(folder: Path) -> None:
    """As rsync -t renames a file into place."""
    known = (folder / "a.txt").stat()
    fresh = folder / ".a.txt.x4Ge"
    fresh.write_text("two")
    os.utime(fresh, ns=(known.st_atime_ns, known.st_mtime_ns))
    fresh.rename(folder / "a.txt")


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "a.txt").write_text("longer"),
    lambda folder: (folder / "b.txt").write_text("new"),
    lambda folder: (folder / "a.txt").unlink(),
    lambda folder: (folder / "a.txt").rename(folder / "c.txt"),
    lambda folder: (folder / "aliases.txt").write_text("A; B"),
    lambda folder: (folder / "box" / "d.txt").write_text("below"),
    same_size_and_time,
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    (folder / "box").mkdir(parents=True)
    (folder / "a.txt").write_text("one")
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_1_what_changes_is_seen(folder: Path, change: Callable[[Path], object]) -> None:
    before = look_at(str(folder))
    assert look_at(str(folder)) == before
    change(folder)
    assert look_at(str(folder)) != before


def test_1_temporary_files_are_not_seen(folder: Path) -> None:
    before = look_at(str(folder))
    (folder / ".a.txt.x4Ge").write_text("half of a")
    assert look_at(str(folder)) == before


def test_2_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_at(str(folder / "none")).away == "No such file or directory"
    assert look_at(str(folder / "a.txt" / "none")).away == "Not a directory"

    def stale(_: object) -> None:
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(os, "scandir", stale)
    assert look_at(str(folder)).away == "Stale file handle"


def test_2_what_cannot_be_read_is_in_no_known_state(folder: Path) -> None:
    (folder / "broken.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    assert set(look_at(str(folder)).files) == {"a.txt", "broken.txt", "pipe"}


@pytest.mark.parametrize("name", ["aliases.txt", "metadata.csv", "a.txt.meta.toml"])
def test_3_beside_a_file(folder: Path, name: str) -> None:
    source = str(folder / "a.txt")
    before = look_at(source)
    (folder / "b.txt").write_text("of no concern")
    assert look_at(source) == before
    (folder / name).write_text("x")
    assert look_at(source) != before
