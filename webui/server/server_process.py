"""A process that serves: this program, started once more, and so with the code and settings as on disk.

It inherits the sockets, a pipe on which it reports, and one that closes when it is to stop.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence

import msgspec

from webui.server.service_manager import Sockets
from webui.server.supervised import VARIABLE, Inheritance, Report

_ARENAS = "2"  # of glibc's memory; else each thread keeps what it has freed, 22 MB after 1,000 searches


class ServerProcess:
    """A process that serves; when it does, or has ended, `reports` can be read from.

    Raises OSError if the program cannot be started.
    """

    def __init__(self, sockets: Sockets) -> None:
        reports, report = os.pipe()
        parent, held = os.pipe()
        self.reports, self._held = os.fdopen(reports, "rb", 0), os.fdopen(held, "wb", 0)
        pages, metrics = ([sock.fileno() for sock in named] for named in (sockets.pages, sockets.metrics))
        given = Inheritance(pages, metrics, report, parent)
        environ = {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
        environ.setdefault("MALLOC_ARENA_MAX", _ARENAS)
        environ[VARIABLE] = msgspec.json.encode(given).decode()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})  # for the server, which inherits it
        try:
            self._process = subprocess.Popen(  # noqa: S603 - as it was started itself
                _program(), env=environ, pass_fds=given.descriptors
            )
        except OSError:
            self.reports.close()
            self._held.close()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
            os.close(report)
            os.close(parent)
        self.pid = self._process.pid

    def report(self) -> int:
        """The number of documents that it serves.

        Raises the SearchError for which it cannot, and EOFError if it has ended without saying why.
        """
        text = self.reports.read(1 << 16)  # up to its end it could take long: workers have it open, too
        self.reports.close()
        if not text:
            raise EOFError
        report = msgspec.json.decode(text, type=Report)
        report.check()
        return report.documents

    def stop(self) -> None:
        """Have it finish what is under way."""
        self._process.terminate()
        self._held.close()
        self.reports.close()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._process.wait()

    def has_ended(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def exit_code(self) -> int:
        """With which it has ended; as a shell has it, where that was by a signal."""
        code = self._process.wait()
        return code if code >= 0 else 128 - code

    def how_it_ended(self) -> str:
        """In words."""
        code = self._process.wait()
        return f"exit code {code}" if code >= 0 else f"signal {-code}"


def _program() -> Sequence[str]:
    """The command line of this program: a script's, whose Python may be another by now, or Python's."""
    is_script = os.access(sys.argv[0], os.X_OK) and not sys.argv[0].endswith(".py")
    return sys.argv if is_script else [sys.executable, *sys.orig_argv[1:]]
