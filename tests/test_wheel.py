"""The built wheel works from another directory, without the sources beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import search
from tests.archive import SEEDS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run(
        [*build, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True, timeout=120
    )
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str) -> str:
    environ = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-W", "ignore", "-m", *arguments]
    done = subprocess.run(
        command, cwd=installed.parent, env=environ, check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout


def test_the_wheel_indexes_and_searches(installed: Path) -> None:
    url = f"auto:{installed.parent / 'index'}"
    assert "5 added" in run(installed, "index", str(SEEDS), "--index", url)
    assert "Kuznetsov" in run(installed, "search", "author:kuznetsov", "--index", url)


def test_the_wheel_installs_the_commands(installed: Path) -> None:
    [entries] = installed.glob("opis-*.dist-info/entry_points.txt")
    declared = entries.read_text(encoding="utf-8")
    for command in ("opis-index", "opis-mcp", "opis-search", "opis-serve"):
        assert f"{command} = " in declared
    assert "--http HOST:PORT" in run(installed, "search.assistant", "--help")


def test_the_wheel_states_its_version(installed: Path) -> None:
    [metadata] = installed.glob("opis-*.dist-info")
    command = [sys.executable, "-c", "import search; print(search.__version__)"]
    environ = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=installed, env=environ, check=True, capture_output=True, text=True)
    assert f"opis-{done.stdout.strip()}" == metadata.stem


def test_the_wheel_holds_what_pages_and_analysis_need(installed: Path) -> None:
    for file in (
        "webui/templates/search.html",
        "webui/static/opis.css",
        "webui/translations/de.po",
        "webui/static/document.css",
        "search/citation/kinds.toml",
        "search/vocabulary/languages.toml",
        "search/languages/english.toml",
        "search/analysis/russian_nouns.txt",
        "search/py.typed",
    ):
        assert (installed / file).exists()
    assert (installed / "index/metadata/labels.toml").exists()
    assert not list(installed.glob("tests*"))


PROGRAM = """
from datetime import date
from search import Answer, Archive, Document, DocumentHit, Facet, ParameterError, open_archive, __version__

def titles(archive: Archive, text: str) -> list[str]:
    answer: Answer = archive.search(text, author=["Kuznetsov"], date_from=date(1951, 1, 1), highlight=False)
    hits: tuple[DocumentHit, ...] = answer.hits
    return [hit.document.title for hit in hits]

with open_archive("auto:var/index") as archive:
    document: Document = archive.document("a")
    values = archive.facet_values("author", "armistice")
    exported: int = archive.export("found.csv", "csv", "armistice", sort="date")
    days: list[str | None] = [d.date.earliest_iso if d.date else None for d in archive.documents("armistice")]
    note: str = archive.cite(document).note
    offsets: list[int] = [match.start for match in archive.find(document, "armistice")]
    counts: dict[str, int] = {v.value: v.count for v in values.values} if isinstance(values, Facet) else {}
    try:
        print(titles(archive, "armistice"), document.date, counts, __version__)
    except ParameterError as error:
        print(error.parameter)
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"from search import {', '.join(search._PUBLIC)}", "Success"),
        ("archive.search('x', author={})", "arg-type"),
        ("archive.serach('x')", "attr-defined"),
        ("from search import nonsense", "attr-defined"),
    ],
)
def test_a_program_is_type_checked_against_the_wheel(
    installed: Path, tmp_path: Path, line: str, found: str
) -> None:
    (tmp_path / "program.py").write_text(f"{PROGRAM}{line}\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(installed.parent / "mypy")]
    environ = os.environ | {"PYTHONPATH": str(installed)}
    checked = subprocess.run(
        [*command, "program.py"],
        cwd=tmp_path, env=environ, check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert found in checked.stdout
