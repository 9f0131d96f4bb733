"""The lines of a watcher for a person at a terminal.

1. A terminal that has gone ends nothing.
"""

import errno
import logging

import pytest

from index.watching.log import _TerminalHandler


def test_1_a_terminal_that_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_line: str) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(logging, "raiseExceptions", False)
    _TerminalHandler(write).handle(logging.makeLogRecord({"msg": "Stopped."}))
