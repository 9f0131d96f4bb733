"""The thread that reads and writes all connections does not run while another sends an answer.

1. It is not asked to write what that thread is about to send, which it would ask for without a pause.
2. It is to write what is left when that thread has done so, and told of it.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from waitress.channel import HTTPChannel

from webui.server.connection import Connection


class _Server:
    """Counts how often the main thread is woken."""

    woken = 0

    def pull_trigger(self) -> None:
        self.woken += 1


def unsent() -> Connection:
    """A connection of which a byte has not been sent."""
    connection = Connection.__new__(Connection)
    connection.total_outbufs_len, connection.outbuf_lock = 1, threading.Condition()
    connection.server = _Server()
    connection._joined = None
    return connection


def test_1_another_thread_sends() -> None:
    connection = unsent()
    with connection.outbuf_lock, ThreadPoolExecutor(1) as main_thread:
        assert not main_thread.submit(connection.writable).result()


def test_2_nobody_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = unsent()
    monkeypatch.setattr(HTTPChannel, "write_soon", lambda _, data: len(data))
    assert connection.write_soon(b"more") == 4
    assert connection.server.woken == 1
    with ThreadPoolExecutor(1) as main_thread:
        assert main_thread.submit(connection.writable).result()
