"""A source that seems to be emptied is not removed from the index.

1. A run is refused if it would remove all documents of a source, or more than half of them and more than
   20; the index and its other sources stay as they were, also in a rebuild.
2. Removing a few, withholding, renaming, and what --allow-removal or --remove asks for go through.
3. The command exits with 2.
4. A folder that has become a file has lost all it had, and so has a file that has become a folder.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from search.errors import RemovalRefused


@pytest.fixture
def full(indexer: Indexer, folder: Path) -> Path:
    """A folder of 30 texts, indexed."""
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Text {number}.")
    indexer.run([str(folder)])
    return folder


def lose(folder: Path, count: int) -> None:
    for path in sorted(folder.iterdir())[:count]:
        path.unlink()


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("lost", [21, 30])
def test_a_source_that_lost_most_is_refused(
    indexer: Indexer, engine: MemoryEngine, full: Path, lost: int, rebuild: bool
) -> None:
    before = engine.info()
    lose(full, lost)
    (full / "new.txt").write_text("New.") if lost < 30 else None
    with pytest.raises(RemovalRefused, match=f"{lost} of the 30 documents of .* --allow-removal"):
        indexer.run([str(full)], rebuild=rebuild)
    assert engine.info() == before
    report = indexer.run([str(full)], rebuild=rebuild, allow_removal=True)
    assert (report.removed, report.documents) == (lost, 31 - lost if lost < 30 else 0)


def test_other_sources_of_the_run_wait_too(indexer: Indexer, full: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.txt").write_text("Text.")
    lose(full, 30)
    with pytest.raises(RemovalRefused):
        indexer.run([str(other), str(full)])
    assert indexer.run([str(other)]).documents == 31


@pytest.mark.parametrize("lost", [1, 15, 20])
def test_a_few_go_as_before(indexer: Indexer, full: Path, lost: int) -> None:
    lose(full, lost)
    assert indexer.run([str(full)]).removed == lost


def test_renaming_the_folders_is_no_removal(indexer: Indexer, full: Path) -> None:
    (full / "box").mkdir()
    for path in full.glob("*.txt"):
        path.rename(full / "box" / path.name)
    assert indexer.run([str(full)]).documents == 30


def test_withholding_is_being_told(indexer: Indexer, full: Path) -> None:
    rows = "".join(f"{number}.txt,yes\n" for number in range(30))
    (full / "metadata.csv").write_text(f"file,withhold\n{rows}")
    assert indexer.run([str(full)]).removed == 30


def test_records_count_as_documents(indexer: Indexer, folder: Path) -> None:
    records = [{"id": f"r{number}", "title": "T"} for number in range(30)]

    def write(withheld: bool, count: int) -> None:
        lines = [json.dumps(record | {"withhold": withheld}) for record in records[:count]]
        (folder / "r.jsonl").write_text("\n".join(lines))

    write(withheld=False, count=30)
    indexer.run([str(folder)])
    write(withheld=False, count=5)
    with pytest.raises(RemovalRefused):
        indexer.run([str(folder)])
    write(withheld=True, count=30)
    assert indexer.run([str(folder)]).removed == 30


def test_a_source_that_is_named_is_removed(indexer: Indexer, full: Path) -> None:
    lose(full, 30)
    assert indexer.run([], removed=[str(full)]).removed == 30


def test_the_command_says_what_would_go(run_command: Callable[..., Result], folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    run_command(folder)
    (folder / "a.txt").unlink()
    refused = run_command(folder)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "1 of the 1 documents" in refused.stderr
    assert "1 removed" in run_command(folder, "--allow-removal").stdout


def test_a_folder_that_is_gone_loses_nothing(run_command: Callable[..., Result], folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    run_command(folder)
    shutil.rmtree(folder)
    assert run_command(folder).exit_code == 2
    folder.mkdir()
    (folder / "a.txt").write_text("Text.")
    assert "1 unchanged" in run_command(folder).stdout


def test_a_folder_that_is_a_file_now(indexer: Indexer, folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    indexer.run([str(folder)])
    shutil.rmtree(folder)
    folder.write_text("A text, too.")
    with pytest.raises(RemovalRefused, match="1 of the 1 documents"):
        indexer.run([str(folder)])
    assert indexer.run([str(folder)], allow_removal=True).documents == 1
    folder.unlink()
    folder.mkdir()
    (folder / "b.txt").write_text("Text.")
    with pytest.raises(RemovalRefused, match="1 of the 1 documents"):
        indexer.run([str(folder)])
