"""No file can end a run, whatever looks at it first: each is a failure of its own, or read.

1. A file that breaks, kills or hangs what looks at it fails alone; files beside it are indexed.
2. A sidecar that cannot be read in time keeps its file out: it might withhold it.
3. Bad aliases keep those of the last run.
"""

import os
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import formats
from index.extracted import Extracted, Passage
from index.indexer import Indexer
from index.runs import inspection
from index.runs.report import IndexReport
from index.sources.files import SourceFile
from index.sources.sidecar import Sidecar, Statements, sidecar_of
from index.workers.limits import WorkerLimits
from search.engines.memory import MemoryEngine
from search.schema import Schema
from tests.in_time import in_time


@pytest.fixture
def run(engine: MemoryEngine, schema: Schema, folder: Path) -> Callable[[], IndexReport]:
    """Index the folder in worker processes, with little time for a file."""
    for n in range(30):
        (folder / f"good{n:02}.txt").write_text(f"Title {n}\n\nText number {n}.")
    return lambda: Indexer(engine, schema, workers=2, limits=WorkerLimits(seconds=2.0)).run([str(folder)])


def failed(report: IndexReport) -> dict[str, str]:
    return {problem.source: problem.reason for problem in report.failed}


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_1_a_damaged_member_of_a_zip_file(run: Callable[[], IndexReport], folder: Path, method: int) -> None:
    for n in range(20):
        path = folder / f"bad{n}.docx"
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("[Content_Types].xml", "<Types/>" * 50)
            archive.writestr("word/document.xml", "<w:document/>" * 50)
        data = bytearray(path.read_bytes())
        data[35 + 5 * n : 45 + 5 * n] = b"\xff" * 10
        path.write_bytes(data)
    report = run()
    assert report.documents >= 30
    assert not [reason for reason in failed(report).values() if "Error" in reason]


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["raises", "dies", "hangs", "eats"])
def test_1_what_recognises_formats_may_break(
    run: Callable[[], IndexReport], folder: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recognise(file: SourceFile, beginning: bytes | None = None) -> formats.Format | None:
        if file.name == "bad.txt":
            match harm:
                case "raises":
                    raise ZeroDivisionError("odd")
                case "dies":
                    os._exit(11)
                case "hangs":
                    time.sleep(60)
                case "eats":
                    bytearray(64 << 30)
        return formats.format_of(file, beginning)

    monkeypatch.setattr(inspection, "format_of", recognise)
    (folder / "bad.txt").write_text("Text.")
    with in_time(40):
        report = run()
    said = {"raises": "odd", "dies": "crashed", "hangs": "longer than 2 seconds", "eats": "memory"}[harm]
    assert said in failed(report)["bad.txt"]
    assert (report.documents, len(report.failed)) == (30, 1)


DEEP = ".".join(["a"] * 1_200)
BAD_SIDECARS = {
    "deep keys": f"{DEEP} = 1\n",
    "deep quoted keys": ".".join(['"a b"'] * 600) + " = 1\n",
    "deep tables": f"[{DEEP}]\nb = 1\n",
    "many deep keys": "".join(f"{DEEP}{n} = 1\n" for n in range(400)),
    "deep lists": "a = " + "[" * 5_000 + "]" * 5_000,
    "deep inline tables": "a = " + "{a=" * 3_000 + "1" + "}" * 3_000,
    "binary": "\0\1\2",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_SIDECARS)
def test_2_a_bad_sidecar_is_a_failure_of_its_file(
    run: Callable[[], IndexReport], folder: Path, name: str
) -> None:
    assert run().documents == 30
    (folder / "good07.txt.meta.toml").write_text(BAD_SIDECARS[name])
    (folder / "new.txt").write_text("New.")
    (folder / "new.txt.meta.toml").write_text(BAD_SIDECARS[name])
    with in_time(40):
        report = run()
    assert set(failed(report)) == {"good07.txt", "new.txt"}
    assert (report.documents, report.removed) == (30, 0)


@pytest.mark.slow
def test_2_a_sidecar_that_takes_too_long_might_withhold(
    run: Callable[[], IndexReport], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def slow(file: SourceFile, statements: Statements) -> Sidecar:
        if file.name == "good03.txt":
            time.sleep(60)
        return sidecar_of(file, statements)

    monkeypatch.setattr(inspection, "sidecar_of", slow)
    with in_time(40):
        report = run()
    assert "longer than" in failed(report)["good03.txt"]
    assert report.documents == 29


def test_2_withholding_works_from_the_next_run_on(run: Callable[[], IndexReport], folder: Path) -> None:
    assert run().documents == 30
    (folder / "good07.txt.meta.toml").write_text("withhold = true")
    report = run()
    assert (report.documents, report.removed) == (29, 1)
    assert [(one.source, one.reason) for one in report.skipped] == [
        ("good07.txt", "It is withheld by good07.txt.meta.toml.")
    ]
    again = run()
    assert (again.documents, again.generation, again.skipped) == (29, report.generation, report.skipped)


def test_2_many_parts_are_no_depth(run: Callable[[], IndexReport], folder: Path) -> None:
    body = "............ a.b.c.d e.g. i.e. " * 100
    (folder / "good07.txt.meta.toml").write_text(f'body = """{body}"""\na.b.c.d.e = "x"\n')
    assert run().failed == ()


def test_3_bad_aliases(run: Callable[[], IndexReport], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Mao; Mao Zedong")
    (folder / "aliases.txt").symlink_to(tmp_path / "secret.txt")
    report = run()
    assert failed(report) == {"aliases.txt": "It is a link that leads out of the folder."}
    (folder / "aliases.txt").unlink()
    os.mkfifo(folder / "aliases.txt")
    with in_time(40):
        assert "not a file" in failed(run())["aliases.txt"]


@pytest.mark.slow
def test_a_file_that_took_too_long_is_read_again_when_it_may_take_longer(
    engine: MemoryEngine, schema: Schema, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: SourceFile, _: formats.ReadContext) -> Iterator[Extracted]:
        time.sleep(1.5 if file.name == "slow.txt" else 0)
        yield Extracted((Passage("paragraph", file.name),))

    monkeypatch.setitem(formats.BY_NAME, "plain text", formats.Format("test", (), read))
    for name in ("slow.txt", "quick.txt"):
        (folder / name).write_text("Text.")

    def run(seconds: float) -> IndexReport:
        limits = WorkerLimits(seconds=seconds)
        return Indexer(engine, schema, workers=1, limits=limits).run([str(folder)])

    first = run(0.5)
    assert (first.documents, list(failed(first))) == (1, ["slow.txt"])
    again = run(0.5)
    assert (again.generation, failed(again)) == (first.generation, failed(first))
    assert again.seconds < 1
    last = run(10)
    assert (last.documents, last.unchanged, failed(last)) == (2, 1, {})
