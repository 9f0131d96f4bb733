"""Which files a SOURCE holds.

1. In the same order always, hidden ones passed over, whatever their names.
2. Nothing from outside the folder; a link that leads nowhere outside is passed over, inside it is given.
3. Pipes, sockets and devices are never opened; a file too large to be held is not read into memory.
"""

import os
import socket
import sys
import tracemalloc
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.metadata.ids import file_slug, slug
from index.sources.files import walk
from search.errors import SettingsError
from tests.in_time import in_time


def names(source: Path) -> list[str]:
    return [file.name for file in walk(str(source))]


def test_files_come_in_order_and_hidden_ones_do_not(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.txt", ".hidden.txt", ".git/x.txt", "Z.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    assert names(folder) == ["Z.txt", "a.txt", "b.txt", "c/d.txt"]


def test_a_source_may_be_one_file(folder: Path) -> None:
    (folder / "a.txt").write_text("text")
    assert names(folder / "a.txt") == ["a.txt"]


def test_a_folder_may_look_like_a_file(folder: Path) -> None:
    (folder / "x.txt").mkdir()
    (folder / "x.txt" / "y.txt").write_text("text")
    assert names(folder) == ["x.txt/y.txt"]


def test_a_source_must_be_there(folder: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        names(folder / "nowhere")


def test_links_do_not_lead_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "o.txt").write_text("secret")
    (folder / "a.txt").write_text("text")
    (folder / "sub").mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    (folder / "again.txt").symlink_to(folder / "a.txt")
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    special = {file.name for file in walk(str(folder)) if "leads out" in file.skip}
    assert special == {"out.txt", "out"}
    assert [name for name in names(folder) if name not in special] == ["a.txt", "again.txt", "dangling.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_any_name_can_be_walked_and_shown(folder: Path) -> None:
    for name in (
        b"two words.txt",
        b"new\nline.txt",
        b"\xff\xfe.txt",
        "приказ.txt".encode(),
        "日本.txt".encode(),
    ):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text("text")
    found = names(folder)
    assert len(found) == 5
    assert all(name.encode() for name in found)
    assert len({file_slug(name) for name in found}) == 5
    assert all(len(file.sha256()) == 64 for file in walk(str(folder)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "a"),
        ("letters/1951/telegram-12.txt", "letters~1951~telegram-12"),
        ("records.jsonl.gz", "records"),
        ("v1.2 notes.md", "v1.2-notes"),
        ("Über Élan.txt", "Uber-Elan"),
    ],
)
def test_ids_of_files(name: str, expected: str) -> None:
    assert file_slug(name) == expected


def test_ids_that_lose_letters_stay_apart() -> None:
    assert slug("приказ") != slug("доклад")
    assert slug("a?b") != slug("a!b")
    assert slug(".") not in {".", ""}


def test_3_what_is_no_file_is_passed_over(
    indexer: Indexer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("Text.")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "b.txt.meta.toml")
    (folder / "b.txt").write_text("Text.")
    (folder / "link.txt").symlink_to(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening, in_time():
        monkeypatch.chdir(folder)  # the name of a socket has to be short
        listening.bind("s.txt")
        report = indexer.run([str(folder)])
        assert indexer.run([str(folder / "pipe.txt")]).skipped
    assert report.added == 1
    assert {problem.source for problem in report.skipped} == {"link.txt", "pipe.txt", "s.txt"}
    assert all("not a file" in problem.reason for problem in (*report.skipped, *report.failed))
    assert [problem.source for problem in report.failed] == ["b.txt"]


@pytest.mark.slow
def test_3_a_file_too_large_is_not_held(indexer: Indexer, folder: Path) -> None:
    for name in ("a.txt", "a.md"):
        with (folder / name).open("wb") as file:
            file.truncate(300 << 20)
    tracemalloc.start()
    try:
        report = indexer.run([str(folder)])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(report.failed) == 2
    assert peak < 64 << 20
