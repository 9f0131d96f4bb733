"""`opis-serve`: it serves, says where, stops when told to, and says the cure when it cannot.

1. It says where it serves, and stops when told to.
2. What it cannot serve, or cannot serve so, it says at the start, with the cure.
"""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.webui.server.opis_serve import ask, next_line, serve

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("options", "how_many"), [((), ""), (("--processes", "2"), " with 2 processes")])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_1_it_serves_and_stops_when_told_to(
    tmp_path: Path, index: str, how: signal.Signals, options: tuple[str, ...], how_many: str
) -> None:
    process = serve("--index", index, "--port", "0", *options, cwd=tmp_path)
    line = next_line(process)
    assert line.startswith("Serving 0 documents on http://127.0.0.1:")
    assert line.endswith(f"/{how_many} (stop with Ctrl-C)\n")
    assert next_line(process) == (
        "The pages bear the name of the folder; the setting site.title gives the archive one of its own.\n"
    )
    assert ask(line.split()[4]) == "ok"
    process.send_signal(how)
    output, log = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")
    assert [line.split()[1:6] for line in log.splitlines()] == [
        ["request", "127.0.0.1", "GET", "/healthz", "200"]
    ]


def test_1_on_loopback_a_name_of_another_site_is_not_answered(tmp_path: Path, index: str) -> None:
    process = serve("--index", index, "--port", "0", cwd=tmp_path)
    address = next_line(process).split()[4]
    request = urllib.request.Request(f"{address}api/v1/search", headers={"Host": "rebound.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(request, timeout=60)  # noqa: S310
    process.terminate()
    process.communicate(timeout=60)


def outcome(*args: str, cwd: Path) -> tuple[int, str, str]:
    process = serve(*args, cwd=cwd)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def test_1_settings_say_where_and_options_come_first(tmp_path: Path, index: str) -> None:
    (tmp_path / "opis.toml").write_text(
        'site.title = "Letters"\n[server]\nhost = "no such host"\nport = 0\nprocesses = 2\n'
    )
    process = serve("--index", index, "--host", "localhost", cwd=tmp_path)
    line = next_line(process)
    process.send_signal(signal.SIGTERM)
    assert not next_line(process), "an archive with a title needs no hint"
    process.communicate(timeout=60)
    assert line.startswith("Serving 0 documents on http://localhost:")
    assert "with 2 processes" in line


@pytest.mark.parametrize("processes", ["1", "2"])
def test_2_no_index_is_said_with_its_cure(tmp_path: Path, processes: str) -> None:
    args = ("--index", "auto:nowhere", "--port", "0", "--processes", processes)
    status, output, errors = outcome(*args, cwd=tmp_path)
    assert (status, output) == (3, "")
    assert errors == (
        "Error: There is no index at auto:nowhere; make one with: opis-index FOLDER --index auto:nowhere\n"
    )


@pytest.mark.parametrize("processes", ["1", "2"])
def test_2_a_port_in_use_is_said_with_its_cure(tmp_path: Path, index: str, processes: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, errors = outcome(
            "--index", index, "--port", str(port), "--processes", processes, cwd=tmp_path
        )
    assert status == 2
    assert errors.startswith(f"Error: Port {port} is in use")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ("--index", "nonsense", "--port", "0"),
        ("--index", "nonsense", "--port", "0", "--processes", "2"),
        ("--settings", "none.toml"),
        ("--port", "many"),
        ("--host", "no such host", "--port", "0"),
        ("--processes", "0"),
        ("--processes", "many"),
        ("--processes", "1000000"),
        ("--colour", "red"),
    ],
)
def test_2_unusable_arguments_are_refused(tmp_path: Path, args: tuple[str, ...]) -> None:
    status, output, errors = outcome(*args, cwd=tmp_path)
    assert (status, output) == (2, "")
    assert errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("processes", ["1", "2"])
def test_2_too_few_open_files_are_said_at_the_start(tmp_path: Path, index: str, processes: str) -> None:
    command = (sys.executable, "-m", "webui", "--index", index, "--port", "0", "--processes", processes)
    run = subprocess.run(
        ["sh", "-c", 'ulimit -n 64 && exec "$@"', "sh", *command],
        cwd=tmp_path, text=True, capture_output=True, timeout=60, check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.startswith("Error: The system lets this process open 64 files")
    assert "ulimit -n" in run.stderr
    assert run.stderr.count("\n") == 1
