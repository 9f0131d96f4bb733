"""SIGHUP: a new server takes the place of the one that answers, and nobody is turned away.

1. While the server is reloaded, again and again, each request is answered: none is refused, cut off, a 5xx.
2. The old processes are gone afterwards, and no descriptor is left open.
3. The new server has the settings that are on disk by then; if they cannot be used, or there is no index, the
   old one goes on and the log says why.
4. Signals while it starts or is reloaded: SIGHUPs make one more server, SIGTERM ends all.
5. A service manager is told; sockets that it hands over are used, and wait while the server is started anew.
6. Where a terminal is closed, the server ends.
"""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.in_time import in_time
from tests.webui.server.opis_serve import ask, next_line, serve
from tests.webui.server.process_tree import children, ended, needs_proc, wait_for
from tests.webui.server.request_stream import request_stream

pytestmark = [pytest.mark.slow, needs_proc]

PROGRAM = (sys.executable, "-m", "webui")


@pytest.fixture
def settings(tmp_path: Path, index: str) -> Path:
    """The settings of a server, which names its title on each page."""
    file = tmp_path / "opis.toml"
    file.write_text(f'index = "{index}"\n[site]\ntitle = "The first"\n[server]\nport = 0\n')
    return file


def title_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310 - our own server
        return str(response.read().decode().partition("<title>")[2].partition("</title>")[0])


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def end(process: subprocess.Popen[str]) -> list[str]:
    """End a server; its log, without requests."""
    process.terminate()
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    return [line for line in log.splitlines() if " request " not in line]


def reload(process: subprocess.Popen[str]) -> None:
    """Reload a server, and wait until the old processes have ended."""
    before = children(process.pid)
    process.send_signal(signal.SIGHUP)
    wait_for(lambda: bool(children(process.pid) - before) and all(map(ended, before)))


def reloaded(process: subprocess.Popen[str]) -> int:
    """Wait until the log says that a server was reloaded; the id of its process."""
    assert process.stderr is not None
    with in_time(60):
        while not (found := re.search(r"Reloaded: process (\d+)", line := process.stderr.readline())):
            assert line, "the server ended"
    return int(found[1])


@pytest.mark.parametrize("processes", ["1", "2"])
def test_1_2_every_request_is_answered(tmp_path: Path, index: str, processes: str) -> None:
    args = ("--index", index, "--port", "0", "--processes", processes)
    process = serve(*args, "--log", "off", cwd=tmp_path)
    address = next_line(process).split()[4]
    opened = descriptors(process.pid)
    port = int(address.rstrip("/").rpartition(":")[2])
    with request_stream("127.0.0.1", port) as stream:
        for _ in range(5):
            reload(process)
    assert stream.faults == []
    assert stream.answered > 50
    assert len(children(process.pid)) == 1
    assert descriptors(process.pid) == opened
    end(process)


def test_3_settings_are_read_again(tmp_path: Path, settings: Path) -> None:
    process = serve(cwd=tmp_path)
    address = next_line(process).split()[4]
    assert "The first" in title_of(address)
    settings.write_text(settings.read_text().replace("The first", "The second"))
    reload(process)
    assert "The second" in title_of(address)
    assert [line.split(" ", 2)[1] for line in end(process)] == ["info"]


@pytest.mark.parametrize("fault", ["a setting", "no index", "no program"])
def test_3_if_no_new_one_can_start_the_old_one_goes_on(tmp_path: Path, settings: Path, fault: str) -> None:
    (tmp_path / "webui").mkdir()
    process = serve(cwd=tmp_path)
    address = next_line(process).split()[4]
    if fault == "a setting":
        settings.write_text("colour = 1\n" + settings.read_text())
        why = "There is no setting 'colour'"
    elif fault == "no index":
        settings.write_text(settings.read_text().replace("whoosh:", "whoosh:/nowhere"))
        why = "There is no index at whoosh:/nowhere"
    else:
        (tmp_path / "webui" / "__init__.py").write_text("raise SystemExit(7)")
        why = "it ended at once (exit code 7)"
    [before] = children(process.pid)
    process.send_signal(signal.SIGHUP)
    assert process.stderr is not None
    with in_time(60):
        while "goes on as it was" not in (line := process.stderr.readline()):
            assert line, "the server ended"
    assert why in line
    wait_for(lambda: children(process.pid) == {before})
    assert ask(address) == "ok"
    end(process)


def test_4_three_while_one_starts_make_one_more(tmp_path: Path, settings: Path) -> None:
    """For the settings may have been read before they were changed."""
    process = serve(cwd=tmp_path)
    address = next_line(process).split()[4]
    text = settings.read_text()
    settings.unlink()
    os.mkfifo(settings)  # the next server waits for its settings
    process.send_signal(signal.SIGHUP)
    with in_time(60):
        reading = settings.open("w")  # as soon as it reads
    with reading:
        settings.unlink()
        settings.write_text(text)
        for _ in range(3):
            process.send_signal(signal.SIGHUP)
        reading.write(text)
    first, second = reloaded(process), reloaded(process)
    assert first != second
    wait_for(lambda: children(process.pid) == {second})
    assert ask(address) == "ok"
    assert end(process) == []


def test_4_one_at_the_start_is_remembered(tmp_path: Path, settings: Path) -> None:
    process = serve(cwd=tmp_path)
    wait_for(lambda: len(children(process.pid)) == 1)
    process.send_signal(signal.SIGHUP)
    assert next_line(process).startswith("Serving")
    second = reloaded(process)
    wait_for(lambda: children(process.pid) == {second})
    assert end(process) == []


@pytest.mark.parametrize("delay", [0, 0.3, 1.5])
@pytest.mark.parametrize("is_reloaded", [False, True])
def test_4_sigterm_ends_all(tmp_path: Path, settings: Path, delay: float, is_reloaded: bool) -> None:
    process = serve(cwd=tmp_path)
    wait_for(lambda: len(children(process.pid)) == 1)
    if is_reloaded:
        next_line(process)
        process.send_signal(signal.SIGHUP)
    time.sleep(delay)
    begun = children(process.pid)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert all(map(ended, begun))


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket on which a service manager is told."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))
        sock.settimeout(60)
        yield sock


ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.set_inheritable(3, True)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1", "LISTEN_FDNAMES": "opis-serve.socket"}
os.execv(sys.executable, [sys.executable, "-m", "webui"])
"""


def activated(tmp_path: Path, given: socket.socket) -> subprocess.Popen[str]:
    """A server that a service manager starts with a socket."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("OPIS_")}
    environ |= {"PYTHONPATH": os.getcwd(), "NOTIFY_SOCKET": str(tmp_path / "notify")}
    return subprocess.Popen(
        [sys.executable, "-c", ACTIVATE, str(given.fileno())],
        cwd=tmp_path, env=environ, text=True, pass_fds=[given.fileno()],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_5_a_service_manager(tmp_path: Path, settings: Path, manager: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as given:
        port = given.getsockname()[1]
        process = activated(tmp_path, given)
        assert manager.recv(1000) == b"READY=1\nSTATUS=Serving 0 documents."
        assert next_line(process).split()[4] == f"http://127.0.0.1:{port}/"
        with request_stream("127.0.0.1", port) as stream:
            process.send_signal(signal.SIGHUP)
            assert manager.recv(1000).startswith(b"RELOADING=1\nMONOTONIC_USEC=")
            assert manager.recv(1000).startswith(b"READY=1\n")
            for _ in range(2):
                end(process)
                assert manager.recv(1000) == b"STOPPING=1"
                process = activated(tmp_path, given)
                assert manager.recv(1000).startswith(b"READY=1\n")
        assert stream.faults == []
        assert stream.answered
        end(process)


def test_6_a_terminal_that_is_closed_ends_it(tmp_path: Path, settings: Path) -> None:
    pid, terminal = pty.fork()
    if pid == 0:  # the leader of a session, as a shell in a window is
        os.chdir(tmp_path)
        os.environ["PYTHONPATH"] = str(Path(__file__).parents[3])
        os.execv(sys.executable, PROGRAM)  # noqa: S606
    with in_time(60):
        output = b""
        while b"Serving" not in output:
            output += os.read(terminal, 1000)
    [server] = children(pid)
    os.close(terminal)
    with in_time(60):
        _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    wait_for(lambda: ended(server))
