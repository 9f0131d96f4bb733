"""`python -m webui`: it serves, says where, stops when told to, and says the cure when it cannot."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from search.engines import open_engine
from search.settings import Settings


def serve(*args, cwd):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPIS_")}
    environment["PYTHONPATH"] = os.getcwd()
    return subprocess.Popen(
        [sys.executable, "-m", "webui", *args],
        cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def index(tmp_path):
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, Settings().schema, create=True)
    with engine.writer():
        pass
    engine.close()
    return url


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_when_told_to(tmp_path, index, how):
    process = serve("--index", index, "--port", "0", cwd=tmp_path)
    line = process.stdout.readline()
    assert line.startswith("Serving 0 documents on http://127.0.0.1:")
    address = line.split()[4]
    with urllib.request.urlopen(f"{address}healthz") as response:  # noqa: S310 - our own server
        assert json.load(response)["status"] == "ok"
    process.send_signal(how)
    _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def outcome(*args, cwd):
    process = serve(*args, cwd=cwd)
    output, errors = process.communicate(timeout=10)
    return process.returncode, output, errors


def test_no_index_is_said_with_its_cure(tmp_path):
    status, output, errors = outcome("--index", "auto:nowhere", cwd=tmp_path)
    assert (status, output) == (3, "")
    assert errors == (
        "Error: There is no index at auto:nowhere; "
        "make one with: python -m index FOLDER --index auto:nowhere\n"
    )


def test_a_port_in_use_is_said_with_its_cure(tmp_path, index):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, errors = outcome("--index", index, "--port", str(port), cwd=tmp_path)
    assert status == 2
    assert errors.startswith(f"Error: Port {port} is in use")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    "args", [("--index", "nonsense"), ("--settings", "none.toml"), ("--port", "many"), ("--colour", "red")]
)
def test_unusable_arguments_are_refused(tmp_path, args):
    status, output, errors = outcome(*args, cwd=tmp_path)
    assert (status, output) == (2, "")
    assert errors
    assert "Traceback" not in errors
