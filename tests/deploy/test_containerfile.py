"""deploy/Containerfile, as far as it can be checked without a program that builds images.

1. What it copies is there, what it starts is installed, and what it sets is a setting.
2. The image is small and closed: no build tool, a user in figures, one volume, a health check.
3. Its steps install a program that starts, in a folder (`CONTAINERFILE=1`, as in `make soak`).
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from search.settings import load_settings
from tests.deploy.proxies import DEPLOY

ROOT = DEPLOY.parent
TEXT = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
STEPS = [
    tuple(line.split(maxsplit=1))
    for line in re.sub(r"\\\n", "", TEXT).splitlines()
    if line and not line.startswith("#")
]
BUILD, FINAL = (
    STEPS[: (second := [n for n, step in enumerate(STEPS) if step[0] == "FROM"][1])],
    STEPS[second:],
)


def values(instruction: str, steps: list[tuple[str, ...]] = FINAL) -> list[str]:
    return [value for name, value in steps if name == instruction]


def test_1_what_it_copies_is_there() -> None:
    copied = [name for value in values("COPY", BUILD) for name in value.split()[:-1]]
    assert "requirements.lock" in copied
    for name in copied:
        assert (ROOT / name).exists()
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(copied)


def test_1_what_it_starts_is_installed() -> None:
    [entry] = values("ENTRYPOINT")
    scripts = re.findall(
        r"^(opis-\w+) = ", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert json.loads(entry)[0] in scripts
    assert any("/opt/opis/bin:" in value for value in values("ENV"))


def test_1_what_it_sets_is_a_setting() -> None:
    variables = dict(pair.split("=", 1) for value in values("ENV") for pair in value.split())
    settings = load_settings(
        os.devnull, {name: v for name, v in variables.items() if name.startswith("OPIS_")}
    )
    [volume] = values("VOLUME")
    assert settings.index.startswith(f"auto:{volume}/")
    assert values("EXPOSE") == [str(settings.server.port)]


def test_2_it_is_closed() -> None:
    assert values("USER") == ["10001:10001"]
    assert values("STOPSIGNAL") == ["SIGTERM"]
    [check] = values("HEALTHCHECK")
    assert "/healthz" in check
    assert not [value for value in values("RUN") if "pip" in value or "apt" in value]
    assert all("--require-hashes" in value for value in values("RUN", BUILD) if ".lock" in value)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("CONTAINERFILE"), reason="downloads what the image has")
def test_3_its_steps(tmp_path: Path) -> None:
    """In folders for /build, /opt/opis, /wheels and /src."""
    source = tmp_path / "src"
    source.mkdir()
    for name, value in BUILD:
        if name == "COPY":
            *copied, _ = value.split()
            for item in copied:
                copy = shutil.copytree if (ROOT / item).is_dir() else shutil.copy
                copy(ROOT / item, source / item)
        elif name == "RUN":
            command = re.sub(r"(?<![\w.])/(build|opt/opis|wheels)\b", rf"{tmp_path}/\1", value)
            command = re.sub(r"^python ", f"{sys.executable} ", command).replace(
                "&& python ", f"&& {sys.executable} "
            )
            subprocess.run(["sh", "-ec", command], cwd=source, check=True)
    environ = {"PATH": f"{tmp_path}/opt/opis/bin:/usr/bin:/bin"}
    run = subprocess.run(["opis-serve", "--version"], env=environ, check=True, capture_output=True, text=True)
    assert run.stdout.startswith("Opis ")
    installed = {
        path.name.partition("-")[0] for path in tmp_path.glob("opt/opis/lib/*/site-packages/*.dist-info")
    }
    assert installed.isdisjoint({"pip", "setuptools", "hatchling", "wheel"})
