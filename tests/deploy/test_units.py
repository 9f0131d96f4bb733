"""The units of systemd in deploy/.

1. systemd finds nothing to complain about, neither now nor where they are installed.
2. What they may do is little: `systemd-analyze security` sees an exposure below 2 of 10.
3. The service has longer to stop than requests under way, and what starts or stops it in order is no failure.
4. The settings in deploy/ can be used, and lead where the units do.
"""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from index.__main__ import main as index_main
from search.cli import SOME_FAILED, TERMINATED, USAGE_ERROR
from search.settings import Server, load_settings
from tests.deploy.proxies import DEPLOY, program
from webui.__main__ import main as serve_main

UNITS = sorted(path.name for path in DEPLOY.glob("opis-*.*"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
COMMANDS = {"opis-serve": serve_main, "opis-index": index_main}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The units, with programs and settings that are there."""
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/opis/bin", str(tmp_path / "bin"))
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for command in COMMANDS:
        shutil.copy(sys.executable, tmp_path / "bin" / command)
    return tmp_path


def analyze(*args: str, folder: Path) -> str:
    run = subprocess.run(
        [program("systemd-analyze"), *args], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_1_nothing_to_complain_about(folder: Path) -> None:
    assert len(UNITS) == 5
    assert analyze("verify", *(f"./{name}" for name in UNITS), folder=folder) == ""


@pytest.mark.parametrize("name", SERVICES)
def test_2_exposure(folder: Path, name: str) -> None:
    said = analyze("security", "--offline=true", "--no-pager", f"./{name}", folder=folder)
    [exposure] = re.findall(r"Overall exposure level for \S+: ([0-9.]+)", said)
    assert float(exposure) < 2


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def test_3_time_and_exit_codes() -> None:
    assert float(unit("opis-serve.service")["Service"]["TimeoutStopSec"]) > Server().drain_seconds
    assert unit("opis-serve.service")["Service"]["RestartPreventExitStatus"] == str(USAGE_ERROR)
    assert unit("opis-index.service")["Service"]["SuccessExitStatus"] == str(SOME_FAILED)
    assert unit("opis-watch.service")["Service"]["SuccessExitStatus"] == str(TERMINATED)


@pytest.mark.parametrize("name", SERVICES)
def test_4_command_lines(name: str) -> None:
    service = unit(name)["Service"]
    path, *args = service["ExecStart"].split()
    command = COMMANDS[path.removeprefix("/opt/opis/bin/")]
    assert command.make_context(path, args).params["file"] == "/etc/opis/opis.toml"
    assert (service["User"], service["StateDirectory"]) == ("opis", "opis")


def test_4_settings() -> None:
    settings = load_settings(str(DEPLOY / "opis.toml"), {})
    assert settings.index == "auto:/var/lib/opis/index"
    assert "127.0.0.1" in settings.server.trusted_proxies
    assert settings.site.base_url == "https://archive.example.org"
    assert unit("opis-serve.socket")["Socket"]["ListenStream"] == f"127.0.0.1:{settings.server.port}"
