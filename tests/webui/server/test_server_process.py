"""How a supervisor starts a server.

1. It starts the program as it was started itself: a script, a module, or a line of Python.
2. Where the system does not let it, one sentence says so.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from search.errors import SettingsError
from tests.webui.server.opis_serve import ask, next_line
from webui.server import server_process
from webui.server.service_manager import Sockets
from webui.server.supervisor import supervise

LINE = "from webui.__main__ import main; main()"


@pytest.mark.slow
@pytest.mark.parametrize("how", ["script", "script that Python is given", "line"])
def test_1_as_it_was_started(tmp_path: Path, index: str, how: str) -> None:
    script = tmp_path / "opis-serve"
    script.write_text(f"#!{sys.executable}\n{LINE}\n")
    script.chmod(0o755 if how == "script" else 0o644)
    command = {
        "script": [str(script)],
        "script that Python is given": [sys.executable, "opis-serve"],
        "line": [sys.executable, "-c", LINE],
    }[how]
    with subprocess.Popen(
        [*command, "--index", index, "--port", "0"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": os.getcwd()}, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            assert ask(next_line(process).split()[4]) == "ok"
        finally:
            process.terminate()


def test_2_the_system_does_not_let_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_process, "_program", lambda: [str(tmp_path / "gone")])
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    with pytest.raises(SettingsError, match="can be started: No such file or directory"):
        supervise(Sockets(()), lambda _: None)
    assert not before or len(os.listdir("/proc/self/fd")) == before
