"""The built wheel works from another directory, without the sources beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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
        "search/analysis/stopwords/english.txt",
        "search/analysis/russian_nouns.txt",
    ):
        assert (installed / file).exists()
    assert (installed / "index/metadata/labels.toml").exists()
    assert not list(installed.glob("tests*"))
