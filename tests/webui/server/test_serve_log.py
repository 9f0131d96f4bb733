"""What `opis-serve` writes to its log.

1. The settings and options say in which format, whether, and how much.
2. What goes wrong is in it; the lines of several processes do not mix.
3. A log that cannot be written stops nothing.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Thread

import pytest

from tests.in_time import in_time
from tests.webui.server.opis_serve import Server, ask, next_line, serve

pytestmark = pytest.mark.slow


def messages(*args: str, cwd: Path, ask_for: str = "healthz") -> list[str]:
    """The log of a server that was asked once."""
    process = serve(*args, "--port", "0", cwd=cwd)
    address = next_line(process).split()[4]
    urllib.request.urlopen(address + ask_for, timeout=60).close()  # noqa: S310 - our own server
    process.terminate()
    _, log = process.communicate(timeout=60)
    return log.splitlines()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_1_the_log_as_json(tmp_path: Path, index: str, processes: str) -> None:
    (tmp_path / "opis.toml").write_text('log = "text"\nlog_queries = true\n', encoding="utf-8")
    args = ("--index", index, "--log", "json", "--processes", processes)
    [line] = messages(*args, cwd=tmp_path, ask_for="search?q=Tr%C4%8Dka&page=1")
    entry = json.loads(line)
    assert (entry["path"], entry["total"], entry["query"]) == ("/search", 0, "Trčka")
    assert entry["generation"].startswith("whoosh-")


def test_1_the_log_can_be_off(tmp_path: Path, index: str) -> None:
    assert messages("--index", index, "--log", "off", cwd=tmp_path) == []


def test_1_debug_messages_are_lines_of_the_log(tmp_path: Path, index: str) -> None:
    log = messages("--index", index, "--debug", cwd=tmp_path)
    assert {line.split()[1] for line in log[1:]} <= {"debug", "request"}
    assert sum(" request " in line for line in log) == 1


def test_2_why_an_index_cannot_be_searched_is_in_the_log(tmp_path: Path, index: str) -> None:
    process = serve("--index", index, "--port", "0", cwd=tmp_path)
    address = next_line(process).split()[4]
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    with in_time(60), pytest.raises(urllib.error.HTTPError, match="503"):
        any(ask(address) != "ok" for _ in count())  # until the server looks for a new commit
    process.terminate()
    _, log = process.communicate(timeout=60)
    assert [line.split()[1] for line in log.splitlines() if " 200 " not in line] == ["error", "request"]
    assert str(tmp_path) in log


def ask_often(address: str, path: str, times: int) -> None:
    """Make requests on one connection."""
    host, port = address.removeprefix("http://").strip("/").split(":")
    request = f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall(
            f"{request}\r\n".encode() * (times - 1) + f"{request}Connection: close\r\n\r\n".encode()
        )
        while client.recv(1 << 16):
            pass


def test_2_lines_of_several_processes_do_not_mix(several: Server) -> None:
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
def test_3_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, index: str, how: str) -> None:
    """Neither a stderr that is closed, nor a full disk, nor a pipe that nobody reads from."""
    os.mkfifo(tmp_path / "unread")
    unread = os.open(tmp_path / "unread", os.O_RDWR)
    command = (sys.executable, "-m", "webui", "--index", index, "--port", "0")
    process = subprocess.Popen(
        ["sh", "-c", f'exec "$@" {how}', "sh", *command],
        cwd=tmp_path, text=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    address = next_line(process).split()[4]
    with in_time(60):
        ask_often(address, "/static/" + "x" * 900, 200)
        assert ask(address) == "ok"
        process.terminate()
        process.communicate()
    os.close(unread)
    assert process.returncode == 0
