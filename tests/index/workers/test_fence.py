"""A worker that a document has taken over can do little: it reads the sources, and no more.

1. It reaches no network.
2. It reads the folders that it is given, and nothing else; it writes nothing.
3. It starts no program, and what its parent has open is out of its reach.
4. Python's modules can still be loaded, and what is read stays readable as the user that one is.
"""

import multiprocessing
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.workers.fence import fence_off, python_folders, start_no_process

_FORK = multiprocessing.get_context("fork")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are no fences but on Linux")

Outcome = tuple[tuple[str, ...], str]


def fenced(act: Callable[[], object], readable: Path, *, user: int | None = None) -> Outcome:
    """The fences that hold in a process, and what it gets to see of an act: its result or error."""
    ours, theirs = _FORK.Pipe()
    python = python_folders()

    def run() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        fences = fence_off([str(readable), *python], [theirs.fileno()])
        start_no_process()
        try:
            outcome = f"done: {act()}"
        except Exception as error:
            outcome = type(error).__name__
        theirs.send((fences, outcome))

    process = _FORK.Process(target=run)
    process.start()
    assert ours.poll(30), "it says nothing"
    found: Outcome = ours.recv()
    process.join()
    return found


def expect(name: str, outcome: Outcome, *refusals: str) -> None:
    """Skip if the kernel does not have a fence, else what was tried is refused."""
    fences, found = outcome
    if name not in fences:
        pytest.skip(f"the kernel or the container does not allow the fence {name!r}")
    assert found in refusals


@pytest.fixture(params=["as oneself", "as another user"])
def user(request: pytest.FixtureRequest) -> int | None:
    """Who the process is; root can be somebody else as well."""
    if request.param == "as oneself":
        return None
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    return 65534


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_1_no_network(listening: socket.socket, tmp_path: Path, user: int | None) -> None:
    address = listening.getsockname()
    outcome = fenced(lambda: socket.socket().connect(address), tmp_path, user=user)
    expect("network", outcome, "OSError", "PermissionError")


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/etc"])
def test_2_nothing_else_is_read(tmp_path: Path, path: str, user: int | None) -> None:
    def act() -> object:
        return os.listdir(path) if path == "/etc" else Path(path).read_bytes()

    expect("files", fenced(act, tmp_path, user=user), "PermissionError")


def test_2_what_is_given_is_read(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("Text.")
    (tmp_path / "deep" / "a.txt").chmod(0o600)
    assert fenced((tmp_path / "deep" / "a.txt").read_text, tmp_path)[1] == "done: Text."
    assert fenced(lambda: os.listdir(tmp_path), tmp_path)[1] == "done: ['deep']"


def test_2_nothing_is_written(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Text.")
    other = tmp_path_factory.mktemp("other")
    expect("resources", fenced(lambda: (other / "new").write_text("x"), other), "OSError", "PermissionError")
    expect("files", fenced(lambda: (other / "new").write_text("x"), tmp_path), "PermissionError")
    expect("files", fenced(file.unlink, tmp_path), "PermissionError")
    expect("files", fenced(lambda: os.truncate(file, 0), tmp_path), "PermissionError")
    assert file.read_text() == "Text."


def test_3_no_program_is_started(tmp_path: Path, user: int | None) -> None:
    outcome = fenced(lambda: subprocess.run(["/bin/true"], check=True), tmp_path, user=user)
    expect("files", outcome, "PermissionError", "BlockingIOError")


def test_3_what_the_parent_has_open_is_out_of_reach(tmp_path: Path) -> None:
    with (tmp_path / "index").open("w+b") as file:
        file.write(b"secret")
        file.flush()
        number = file.fileno()
        expect("descriptors", fenced(lambda: os.pread(number, 9, 0), tmp_path), "done: b''")
        expect("descriptors", fenced(lambda: os.write(number, b"x"), tmp_path), "OSError")


def test_4_modules_can_be_loaded(tmp_path: Path) -> None:
    def act() -> str:
        for name in [
            name for name in sys.modules if name.partition(".")[0] in {"colorsys", "lxml", "pymarc"}
        ]:
            del sys.modules[name]
        import colorsys  # noqa: PLC0415

        import lxml.etree  # noqa: PLC0415
        import pymarc.marc8_mapping  # noqa: PLC0415

        return " ".join(module.__name__ for module in (colorsys, lxml.etree, pymarc.marc8_mapping))

    assert fenced(act, tmp_path)[1] == "done: colorsys lxml.etree pymarc.marc8_mapping"
