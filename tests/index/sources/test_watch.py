"""Watching: every change is noticed once it has come to rest, and nothing else is."""

from collections.abc import Callable
from pathlib import Path

from index.sources.watch import changes


def test_changes_are_noticed_once_at_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    looks = 0
    events: dict[int, Callable[[], object]] = {
        3: lambda: file.write_text("two!"),
        4: lambda: file.write_text("two and more"),  # still being written
        8: lambda: (tmp_path / "b.txt").write_text("new"),
        12: file.unlink,
    }

    def sleep(_: float) -> None:
        nonlocal looks
        looks += 1
        events.get(looks, lambda: None)()

    watching = changes([str(tmp_path)], sleep)
    noticed = []
    for _ in range(3):
        next(watching)
        noticed.append(looks)
    assert noticed == [5, 9, 13]


def test_a_source_that_is_gone_for_a_while_is_no_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    events: dict[int, Callable[[], object]] = {2: folder.rmdir, 5: folder.mkdir}
    folder.mkdir()
    looks = 0

    def sleep(_: float) -> None:
        nonlocal looks
        looks += 1
        events.get(looks, lambda: None)()

    watching = changes([str(folder)], sleep)
    next(watching)
    next(watching)
    assert looks >= 6
