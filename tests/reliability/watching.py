"""`opis-index --watch` in a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent.parent
QUICK = {"OPIS_WATCH_SECONDS": "0.1", "OPIS_WATCH_QUIET_SECONDS": "0.3", "OPIS_LOG": "json"}


class Watching:
    """A watcher of a source, and the lines of its log."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def next(self) -> dict[str, Any]:
        """The next line of the log."""
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert line, f"it has ended with {self.process.wait()}"
        shown: dict[str, Any] = json.loads(line)
        return shown

    def run(self) -> dict[str, Any]:
        """The next run, which is the next line."""
        line = self.next()
        assert line["event"] == "run", line
        return line

    def message(self, *words: str) -> dict[str, Any]:
        """The next message, which is the next line, and has these words."""
        line = self.next()
        assert line["event"] == "message", line
        assert all(word in line["message"] for word in words), line
        return line

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, list[dict[str, Any]]]:
        """Its exit code after a signal, and the rest of its log."""
        self.process.send_signal(how)
        _, rest = self.process.communicate(timeout=60)
        return self.process.returncode, [json.loads(line) for line in rest.splitlines()]


@contextmanager
def watching(
    *arguments: object, cwd: Path | None = None, stdout: IO[str] | int = subprocess.PIPE, **settings: str
) -> Iterator[Watching]:
    """Watch as `arguments` say; ended in the end."""
    command = [sys.executable, "-W", "ignore", "-m", "index", *map(str, arguments), "--watch"]
    environ = os.environ | {"PYTHONPATH": str(ROOT)} | QUICK | settings
    with subprocess.Popen(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=environ, cwd=cwd
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()
