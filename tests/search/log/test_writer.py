"""A log that is slow, full or closed makes nobody wait, and says afterwards what it lost."""

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.log.writer import LineWriter, write_at_once
from tests.in_time import in_time

LINE = b"x" * 1023 + b"\n"
MUCH = 500  # lines, far more than a pipe holds


def lost(count: int) -> bytes:
    return b"%d lost\n" % count


Pipe = tuple[io.FileIO, io.FileIO]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """The end from which a pipe is read, and that to which it is written."""
    read_end, write_end = os.pipe()
    with io.FileIO(read_end) as reader, io.FileIO(write_end, "w") as writer:
        yield reader, writer


def read_for(descriptor: int, seconds: float) -> bytes:
    os.set_blocking(descriptor, False)
    parts, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            parts.append(os.read(descriptor, 1 << 16))
        except BlockingIOError:
            time.sleep(0.01)
    return b"".join(parts)


def test_lines_are_written_in_their_order(tmp_path: Path) -> None:
    lines = [b"%d\n" % number for number in range(1000)]
    with (tmp_path / "log").open("wb") as file:
        writer = LineWriter(file.fileno(), lost)
        for line in lines:
            writer.write(line)
        writer.close()
    assert (tmp_path / "log").read_bytes() == b"".join(lines)


def test_a_log_that_nobody_reads_makes_nobody_wait(pipe: Pipe) -> None:
    reader, log = pipe
    writer = LineWriter(log.fileno(), lost, most_waiting=100)
    with in_time(60):
        for _ in range(MUCH):
            writer.write(LINE)
        writer.close(0.1)
    lines = read_for(reader.fileno(), 0.5).splitlines(keepends=True)
    [said] = [line for line in lines if line != LINE]
    assert int(said.split()[0]) == MUCH - (len(lines) - 1)
    assert len(lines) > 100


def test_a_closed_log_makes_nobody_wait(pipe: Pipe) -> None:
    reader, log = pipe
    reader.close()
    writer = LineWriter(log.fileno(), lost)
    with in_time(60):
        for _ in range(MUCH):
            writer.write(LINE)
        writer.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_what_a_full_disk_has_lost_is_said_once_there_is_room(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    writer = LineWriter(full, lost)
    writer.write(LINE)
    writer.write(LINE)
    time.sleep(0.2)
    with (tmp_path / "log").open("wb") as file:
        os.dup2(file.fileno(), full)
        writer.write(b"again\n")
        writer.close()
    os.close(full)
    assert (tmp_path / "log").read_bytes() == b"2 lost\nagain\n"


def test_half_a_line_is_ended_before_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written: list[bytes] = []

    def write(_: int, data: bytes) -> int:
        if data == b"second\n":
            written.append(b"sec")
            return 3
        if data == b"ond\n":
            raise OSError(28, "No space left on device")
        written.append(data)
        return len(data)

    monkeypatch.setattr("search.log.writer.os.write", write)
    writer = LineWriter(-1, lost)
    for line in (b"first\n", b"second\n", b"third\n"):
        writer.write(line)
    writer.close()
    assert b"".join(written) == b"first\nsec\n1 lost\nthird\n"


def test_what_cannot_be_written_at_once_is_not_waited_for(pipe: Pipe) -> None:
    reader, log = pipe
    with in_time(60):
        for _ in range(MUCH):
            write_at_once(log.fileno(), LINE)
    assert set(read_for(reader.fileno(), 0.2).splitlines(keepends=True)) == {LINE}
    reader.close()
    write_at_once(log.fileno(), LINE)
