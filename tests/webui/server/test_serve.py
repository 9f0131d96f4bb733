"""`opis-serve`: it serves, says where, stops when told to, and says the cure when it cannot."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

from search.engines import open_engine
from search.settings import Settings
from tests.in_time import in_time

pytestmark = pytest.mark.slow

Server = tuple[subprocess.Popen[str], str]
"""A server's process and its address."""


def serve(*args: str, cwd: Path) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPIS_")}
    environment["PYTHONPATH"] = os.getcwd()
    return subprocess.Popen(
        [sys.executable, "-m", "webui", *args],
        cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> str:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, Settings().schema, create=True)
    with engine.writer():
        pass
    engine.close()
    return url


def next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def ask(address: str) -> str:
    with urllib.request.urlopen(f"{address}healthz", timeout=10) as response:  # noqa: S310 - our own server
        return str(json.load(response)["status"])


@pytest.mark.parametrize(("options", "how_many"), [((), ""), (("--processes", "2"), " with 2 processes")])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_when_told_to(
    tmp_path: Path, index: str, how: signal.Signals, options: tuple[str, ...], how_many: str
) -> None:
    process = serve("--index", index, "--port", "0", *options, cwd=tmp_path)
    line = next_line(process)
    assert line.startswith("Serving 0 documents on http://127.0.0.1:")
    assert line.endswith(f"/{how_many} (stop with Ctrl-C)\n")
    assert ask(line.split()[4]) == "ok"
    process.send_signal(how)
    output, log = process.communicate(timeout=20)
    assert (process.returncode, output) == (0, "")
    assert [line.split()[1:6] for line in log.splitlines()] == [
        ["request", "127.0.0.1", "GET", "/healthz", "200"]
    ]


def test_on_loopback_a_name_of_another_site_is_not_answered(tmp_path: Path, index: str) -> None:
    process = serve("--index", index, "--port", "0", cwd=tmp_path)
    address = next_line(process).split()[4]
    request = urllib.request.Request(f"{address}api/v1/search", headers={"Host": "rebound.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(request, timeout=10)  # noqa: S310
    process.terminate()
    process.communicate(timeout=20)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells processes by /proc")


def children(pid: int) -> set[int]:
    """The processes that one has begun and that have not ended."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # gone in the meantime
        if int(parent) == pid and state != "Z":
            found.add(int(path.parent.name))
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    with in_time(20):
        while not condition():
            time.sleep(0.02)


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def several(tmp_path: Path, index: str) -> Iterator[Server]:
    """A server of two processes, and its address."""
    process = serve("--index", index, "--port", "0", "--processes", "2", cwd=tmp_path)
    yield process, next_line(process).split()[4]
    process.kill()
    process.communicate()


@needs_proc
def test_each_process_answers(several: Server) -> None:
    process, address = several
    first, second = children(process.pid)
    for silent in (first, second):
        os.kill(silent, signal.SIGSTOP)
        assert ask(address) == "ok"
        os.kill(silent, signal.SIGCONT)


@needs_proc
def test_a_process_that_dies_is_replaced(several: Server) -> None:
    process, address = several
    before = children(process.pid)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(children(process.pid) - before) == 2)
    assert ask(address) == "ok"
    process.terminate()
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    messages = [line.partition(" ")[2] for line in errors.splitlines() if " request " not in line]
    assert sorted(messages) == sorted(
        f'warning "Process {pid} ended; another takes its place." logger=webui.server.prefork'
        for pid in before
    )


def messages(*args: str, cwd: Path, ask_for: str = "healthz") -> list[str]:
    """The log of a server that was asked once."""
    process = serve(*args, "--port", "0", cwd=cwd)
    address = next_line(process).split()[4]
    urllib.request.urlopen(address + ask_for, timeout=10).close()  # noqa: S310 - our own server
    process.terminate()
    _, log = process.communicate(timeout=20)
    return log.splitlines()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_the_log_as_json(tmp_path: Path, index: str, processes: str) -> None:
    (tmp_path / "opis.toml").write_text('log = "text"\nlog_queries = true\n', encoding="utf-8")
    args = ("--index", index, "--log", "json", "--processes", processes)
    [line] = messages(*args, cwd=tmp_path, ask_for="search?q=Tr%C4%8Dka&page=1")
    entry = json.loads(line)
    assert (entry["path"], entry["total"], entry["query"]) == ("/search", 0, "Trčka")
    assert entry["generation"].startswith("whoosh-")


def test_the_log_can_be_off(tmp_path: Path, index: str) -> None:
    assert messages("--index", index, "--log", "off", cwd=tmp_path) == []


def test_debug_messages_are_lines_of_the_log(tmp_path: Path, index: str) -> None:
    log = messages("--index", index, "--debug", cwd=tmp_path)
    assert {line.split()[1] for line in log[1:]} <= {"debug", "request"}
    assert sum(" request " in line for line in log) == 1


def test_why_an_index_cannot_be_searched_is_in_the_log(tmp_path: Path, index: str) -> None:
    process = serve("--index", index, "--port", "0", cwd=tmp_path)
    address = next_line(process).split()[4]
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    time.sleep(1.2)
    with pytest.raises(urllib.error.HTTPError, match="503"):
        ask(address)
    process.terminate()
    _, log = process.communicate(timeout=20)
    assert [line.split()[1] for line in log.splitlines()] == ["error", "request"]
    assert str(tmp_path) in log


def ask_often(address: str, path: str, times: int) -> None:
    """Make requests on one connection."""
    host, port = address.removeprefix("http://").strip("/").split(":")
    request = f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as client:
        client.sendall(
            f"{request}\r\n".encode() * (times - 1) + f"{request}Connection: close\r\n\r\n".encode()
        )
        while client.recv(1 << 16):
            pass


def test_lines_of_several_processes_do_not_mix(several: Server) -> None:
    process, address = several
    path = "/static/" + "x" * 800
    lines: list[str] = []
    reader = Thread(target=lambda: lines.extend(process.stderr or []))
    reader.start()
    with ThreadPoolExecutor(4) as pool:
        for asked in [pool.submit(ask_often, address, path, 50) for _ in range(8)]:
            asked.result()
    process.terminate()
    reader.join(20)
    assert len(lines) == 400
    assert {tuple(line.split()[1:6]) for line in lines} == {("request", "127.0.0.1", "HEAD", path, "404")}


@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full", "2>unread"])
def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, index: str, how: str) -> None:
    """Neither a stderr that is closed, nor a full disk, nor a pipe that nobody reads from."""
    os.mkfifo(tmp_path / "unread")
    unread = os.open(tmp_path / "unread", os.O_RDWR)
    command = (sys.executable, "-m", "webui", "--index", index, "--port", "0")
    process = subprocess.Popen(
        ["sh", "-c", f'exec "$@" {how}', "sh", *command],
        cwd=tmp_path, text=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    address = next_line(process).split()[4]
    with in_time(20):
        ask_often(address, "/static/" + "x" * 900, 200)
        assert ask(address) == "ok"
        process.terminate()
        process.communicate()
    os.close(unread)
    assert process.returncode == 0


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left(several: Server, how: signal.Signals) -> None:
    process, _ = several
    begun = children(process.pid)
    assert len(begun) == 2
    process.send_signal(how)
    process.wait(timeout=20)
    wait_for(lambda: all(map(ended, begun)))


@needs_proc
def test_when_no_process_comes_up_again_it_is_said_why(several: Server, tmp_path: Path) -> None:
    process, _ = several
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    for pid in children(process.pid):
        os.kill(pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 3
    assert errors.splitlines()[-1].startswith("Error: There is no index at ")
    assert "Traceback" not in errors


SLOW = """
import time
from flask import Flask
from functools import partial
from webui.server.prefork import run_workers
from webui.server.http_server import serve
from search.listening.sockets import listen

app = Flask(__name__)

@app.get("/")
def slow():
    print("asked", flush=True)
    time.sleep(1)
    return "answered"

def work(up):
    up(0)
    serve(app, sockets)

sockets = listen("127.0.0.1", 0)
run_workers(2, work, lambda _: print(sockets[0].getsockname()[1], flush=True))
"""


def test_what_is_under_way_is_finished() -> None:
    """Also if all processes of a group are told at once, as a terminal or a service manager does."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], text=True, stdout=subprocess.PIPE, start_new_session=True
    )
    with socket.create_connection(("127.0.0.1", int(next_line(process))), timeout=20) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert next_line(process) == "asked\n"
        os.killpg(process.pid, signal.SIGTERM)
        with client.makefile("rb") as answer:
            assert answer.read().endswith(b"answered")
    process.communicate(timeout=20)
    assert process.returncode == 0


def outcome(*args: str, cwd: Path) -> tuple[int, str, str]:
    process = serve(*args, cwd=cwd)
    output, errors = process.communicate(timeout=10)
    return process.returncode, output, errors


def test_settings_say_where_and_options_come_first(tmp_path: Path, index: str) -> None:
    (tmp_path / "opis.toml").write_text('[server]\nhost = "no such host"\nport = 0\nprocesses = 2\n')
    process = serve("--index", index, "--host", "localhost", cwd=tmp_path)
    line = next_line(process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert line.startswith("Serving 0 documents on http://localhost:")
    assert "with 2 processes" in line


@pytest.mark.parametrize("processes", ["1", "2"])
def test_no_index_is_said_with_its_cure(tmp_path: Path, processes: str) -> None:
    args = ("--index", "auto:nowhere", "--port", "0", "--processes", processes)
    status, output, errors = outcome(*args, cwd=tmp_path)
    assert (status, output) == (3, "")
    assert errors == (
        "Error: There is no index at auto:nowhere; make one with: opis-index FOLDER --index auto:nowhere\n"
    )


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_port_in_use_is_said_with_its_cure(tmp_path: Path, index: str, processes: str) -> None:
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
def test_unusable_arguments_are_refused(tmp_path: Path, args: tuple[str, ...]) -> None:
    status, output, errors = outcome(*args, cwd=tmp_path)
    assert (status, output) == (2, "")
    assert errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("processes", ["1", "2"])
def test_too_few_open_files_are_said_at_the_start(tmp_path: Path, index: str, processes: str) -> None:
    command = (sys.executable, "-m", "webui", "--index", index, "--port", "0", "--processes", processes)
    run = subprocess.run(
        ["sh", "-c", 'ulimit -n 64 && exec "$@"', "sh", *command],
        cwd=tmp_path, text=True, capture_output=True, timeout=20, check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.startswith("Error: The system lets this process open 64 files")
    assert "ulimit -n" in run.stderr
    assert run.stderr.count("\n") == 1
