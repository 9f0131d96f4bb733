"""What was measured on, and with which versions? Nothing that tells whose machine it is."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.contenders.datasette import command
from tests.bench.load import can_load
from tests.bench.measures import Figures
from tests.bench.processes import ROOT

_LIBRARIES = {
    "Whoosh": "whoosh",
    "Tantivy": "tantivy",
    "NLTK": "nltk",
    "PyStemmer": "PyStemmer",
    "Flask": "flask",
    "waitress": "waitress",
}


def machine() -> Figures:
    """The machine as it is now: `busy` is the load of the last minute, before anything was measured."""
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
        "busy": round(os.getloadavg()[0], 1),
        "versions": _versions(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _versions() -> dict[str, str]:
    versions = {"Opis": _opis(), "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for label, name in _LIBRARIES.items():
        try:
            versions[label] = version(name)
        except PackageNotFoundError:
            continue
    if command().exists():
        said = subprocess.run([command(), "--version"], capture_output=True, text=True, check=True).stdout
        versions["Datasette"] = said.split()[-1]
    if can_load():
        said = subprocess.run(["wrk", "--version"], capture_output=True, text=True, check=False).stdout
        versions["wrk"] = said.split()[1].removeprefix("debian/")
    return versions


def _opis() -> str:
    """The version, and the commit where there is one."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return version("opis")
    return f"{version('opis')} ({said})"
