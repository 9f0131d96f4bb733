"""`opis-serve --processes`: several processes serve one address.

1. Each of them answers; one that dies is replaced, or it is said why not.
2. When the first is told to stop, all do; what is under way is finished.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.webui.server.opis_serve import Server, ask, next_line
from tests.webui.server.process_tree import children, ended, needs_proc, wait_for, workers

pytestmark = pytest.mark.slow


@needs_proc
def test_1_each_process_answers(several: Server) -> None:
    process, address = several
    first, second = workers(process.pid)
    for silent in (first, second):
        os.kill(silent, signal.SIGSTOP)
        assert ask(address) == "ok"
        os.kill(silent, signal.SIGCONT)


@needs_proc
def test_1_a_process_that_dies_is_replaced(several: Server) -> None:
    process, address = several
    before = workers(process.pid)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(workers(process.pid) - before) == 2)
    assert ask(address) == "ok"
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    messages = [line.partition(" ")[2] for line in errors.splitlines() if " request " not in line]
    assert sorted(messages) == sorted(
        f'warning "Process {pid} ended; another takes its place." logger=webui.server.prefork'
        for pid in before
    )


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_2_no_process_is_left(several: Server, how: signal.Signals) -> None:
    process, _ = several
    begun = children(process.pid) | workers(process.pid)
    assert len(begun) == 3
    process.send_signal(how)
    process.wait(timeout=60)
    wait_for(lambda: all(map(ended, begun)))


@needs_proc
def test_1_when_no_process_comes_up_again_it_is_said_why(several: Server, tmp_path: Path) -> None:
    process, _ = several
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    for pid in workers(process.pid):
        os.kill(pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert errors.splitlines()[-1].startswith("Error: There is no index at ")
    assert "Traceback" not in errors


SLOW = """
import time
from flask import Flask
from functools import partial
from search.settings import Server
from webui.server.prefork import run_workers
from webui.server.http_server import serve
from search.listening.sockets import listen

app = Flask(__name__)

@app.get("/")
def slow():
    print("asked", flush=True)
    time.sleep(1)
    return "answered"

def work(up, stop):
    up(0)
    serve(app, sockets, stop)

sockets = listen("127.0.0.1", 0)
run_workers(Server(processes=2), work, lambda _: print(sockets[0].getsockname()[1], flush=True))
"""


def test_2_what_is_under_way_is_finished() -> None:
    """Also if all processes of a group are told at once, as a terminal or a service manager does."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], text=True, stdout=subprocess.PIPE, start_new_session=True
    )
    with socket.create_connection(("127.0.0.1", int(next_line(process))), timeout=60) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert next_line(process) == "asked\n"
        os.killpg(process.pid, signal.SIGTERM)
        with client.makefile("rb") as answer:
            assert answer.read().endswith(b"answered")
    process.communicate(timeout=60)
    assert process.returncode == 0


STARTING = """
import time
from search.settings import Server
from webui.server.prefork import run_workers

class Object:
    def __del__(self):
        print("starting", flush=True)
        time.sleep(0.5)

def work(up, stop):
    Object()
    while not stop.is_requested:
        time.sleep(0.01)

run_workers(Server(processes=2), work, print)
"""


@pytest.mark.parametrize("is_whole_group", [True, False])
def test_2_they_stop_while_they_start(is_whole_group: bool) -> None:
    """Wherever the signal finds them: an exception that a finalizer raises would be lost."""
    process = subprocess.Popen(
        [sys.executable, "-c", STARTING],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert next_line(process) == next_line(process) == "starting\n"
    if is_whole_group:
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0
