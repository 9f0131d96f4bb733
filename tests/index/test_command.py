"""The command `opis-index`.

1. It indexes, says what happened and where to look; with --json it prints one object and nothing else.
2. Exit codes: 0 done, 1 some failed, 2 unusable arguments or settings, 3 the index cannot be used.
3. Errors are one line that says what to do, never a traceback.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from index.__main__ import main
from search.cli import LOG_FORMATS
from search.engines import open_engine
from search.schema import Schema
from search.settings import LogFormat

KEYS = [
    "added",
    "changed",
    "unchanged",
    "removed",
    "failed",
    "skipped",
    "remarks",
    "no_text",
    "documents",
    "undated",
    "date_not_understood",
    "no_author",
    "no_title",
    "duplicates",
    "name_candidates",
    "encodings_guessed",
    "languages",
    "slow",
    "boilerplate",
    "totals",
    "engine",
    "generation",
    "seconds",
    "committed",
    "rebuilt",
]

Command = Callable[..., Result]


def test_it_indexes_the_seeds(run_command: Command, seeds: Path) -> None:
    result = run_command(seeds)
    assert result.exit_code == 0
    assert "5 added" in result.stdout
    assert "opis-serve --index whoosh:index" in result.stdout
    assert result.stderr == ""
    assert "5 unchanged" in run_command(seeds).stdout


def test_json_is_all_it_prints(run_json: Callable[..., dict[str, Any]], seeds: Path) -> None:
    report = run_json(seeds)
    assert list(report) == KEYS
    assert (report["added"], report["documents"], report["engine"]) == (5, 5, "whoosh")
    again = run_json(seeds)
    assert (again["unchanged"], again["generation"]) == (5, report["generation"])


def test_failures_are_told_and_exit_with_1(run_command: Command, folder: Path) -> None:
    (folder / "good.txt").write_text("Text.")
    (folder / "bad.txt").write_bytes(b"\0")
    result = run_command(folder)
    assert result.exit_code == 1
    assert "bad.txt: It holds binary data, not text." in result.stdout
    failed = json.loads(run_command(folder, "--json").stdout)["failed"]
    assert failed == [{"source": "bad.txt", "reason": "It holds binary data, not text."}]


def test_what_is_skipped_is_counted_by_kind(run_command: Command, folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.wpd").write_bytes(b"\xffWPC")
    (folder / "web.warc").write_bytes(b"\x00\x01")
    result = run_command(folder)
    assert result.exit_code == 0
    assert "nothing was indexed, for none of the 6 files could be read" in result.stdout
    assert "5 × The format .wpd is not read; convert it to .docx with LibreOffice" in result.stdout
    assert "(0.wpd, 1.wpd, 2.wpd, …)" in result.stdout
    assert "1 × The format .warc is not read; take the pages out of it" in result.stdout
    (folder / "a.txt").write_text("Text.")
    assert "1 added" in run_command(folder).stdout
    assert "nothing to do, 1 unchanged" in run_command(folder).stdout


def test_a_source_can_be_removed(run_command: Command, seeds: Path, folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    run_command(seeds, folder)
    assert "The archive holds 1 document: 5 removed" in run_command("--remove", seeds).stdout


def _one_line(result: Result, code: int) -> str:
    assert result.exit_code == code
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


def test_no_source_is_a_usage_error(run_command: Command) -> None:
    result = run_command()
    assert result.exit_code == 2
    assert "Name at least one SOURCE" in result.stderr


def test_what_cannot_be_used_exits_with_2(run_command: Command, seeds: Path, tmp_path: Path) -> None:
    assert "nowhere" in _one_line(run_command("nowhere"), 2)
    assert "nonsense" in _one_line(run_command(seeds, index="nonsense"), 2)
    assert "none.toml" in _one_line(run_command(seeds, "--settings", "none.toml"), 2)
    assert "Nothing was indexed" in _one_line(run_command("--remove", seeds), 2)
    (tmp_path / "opis.toml").write_text('labels = {"Regeste" = "sumary"}')
    assert "sumary" in _one_line(run_command(seeds), 2)


def test_an_index_that_cannot_be_used_exits_with_3(run_command: Command, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    _one_line(run_command(seeds, index="whoosh:file"), 3)


def test_a_damaged_index_says_its_cure_which_works(
    run_command: Command, seeds: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.txt").write_text("Text.")
    run_command(seeds, folder)
    [segment] = (tmp_path / "index").glob("*/*.seg")
    segment.write_bytes(b"")
    assert "--rebuild" in _one_line(run_command(seeds), 3)
    result = run_command(seeds, "--rebuild")
    assert result.exit_code == 1
    assert "holds 5 documents" in result.stdout
    assert "a.txt: What was indexed of it is not in the index any more" in result.stdout
    assert run_command(folder).exit_code == 0


def test_only_one_run_writes_at_a_time(run_command: Command, seeds: Path, tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", Schema(), create=True)
    with engine.writer():
        _one_line(run_command(seeds), 3)
    engine.close()
    assert run_command(seeds).exit_code == 0


def test_help_is_quick() -> None:
    script = "import sys, index.__main__; sys.exit(any(map(sys.modules.get, sys.argv)))"
    command = [sys.executable, "-c", script, "nltk", "whoosh", "search.settings"]
    assert subprocess.run(command, check=False).returncode == 0
    assert get_args(LogFormat) == LOG_FORMATS, "help lists them without the settings"


def test_what_was_done_where_no_document_has_changed(
    run_command: Command, run_json: Callable[..., dict[str, Any]], folder: Path
) -> None:
    (folder / "a.txt").write_text("Text.")
    run_command(folder)
    assert "1 document: nothing to do, 1 unchanged" in run_command(folder).stdout
    (folder / "aliases.txt").write_text("Anna Berg; A. Berg\n")
    assert "1 document: no document has changed, 1 unchanged" in run_command(folder).stdout
    assert "1 document: the index was made anew, 1 unchanged" in run_command(folder, "--rebuild").stdout
    (folder.parent / "opis.toml").write_text('language = "german"\n')
    assert "1 document: the index was made anew, 1 unchanged" in run_command(folder).stdout
    report = run_json(folder)
    assert (report["committed"], report["rebuilt"]) == (False, False)


@pytest.mark.slow
def test_two_runs_at_once_lose_nothing(
    run_json: Callable[..., dict[str, Any]], tmp_path: Path, folder: Path
) -> None:
    sources = [folder / name for name in ("one", "two")]
    for source in sources:
        source.mkdir()
        for number in range(20):
            (source / f"{source.name}{number}.txt").write_text("Text.")
    command = [sys.executable, "-m", "index", "--index", f"whoosh:{tmp_path / 'index'}"]
    started = [
        subprocess.Popen([*command, str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for source in sources
    ]
    said = [run.communicate(timeout=60)[1] for run in started]
    for run, errors, source in zip(started, said, sources, strict=True):
        assert (run.returncode, "Another process is writing" in errors) in {(0, False), (3, True)}
        if run.returncode:
            run_json(source)
    assert run_json(*sources)["unchanged"] == 40
    assert run_json(sources[0], "--rebuild")["documents"] == 40


def test_debug_logs_to_stderr_while_the_command_runs(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("A letter.", encoding="utf-8")
    url = f"whoosh:{tmp_path / 'index'}"
    run = CliRunner().invoke(main, [str(tmp_path / "letters"), "--index", url, "--debug"])
    assert run.exit_code == 0
    for line in (
        "index.runs.plan: planned: 1 files to read, 0 vanished, 0 documents kept",
        "index.runs.transaction: read a.txt: 1 documents",
        f"search.engines.disk.generations: committed {tmp_path / 'index'}",
    ):
        assert line in run.stderr
