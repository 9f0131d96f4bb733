"""`opis-serve` in a process of its own."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

Server = tuple[subprocess.Popen[str], str]
"""A server's process and its address."""


def serve(*args: str, cwd: Path, stderr: IO[str] | int = subprocess.PIPE) -> subprocess.Popen[str]:
    """Start it with these arguments."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPIS_")}
    environment["PYTHONPATH"] = os.getcwd()
    return subprocess.Popen(
        [sys.executable, "-m", "webui", *args],
        cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=stderr,
    )  # fmt: skip


def next_line(process: subprocess.Popen[str]) -> str:
    """The next line of its output."""
    assert process.stdout is not None
    return process.stdout.readline()


def ask(address: str) -> str:
    """The status that its health check tells."""
    with urllib.request.urlopen(f"{address}healthz", timeout=60) as response:  # noqa: S310 - our own server
        return str(json.load(response)["status"])
