"""What a service manager such as systemd hands over: sd_listen_fds(3)."""

import os
import socket
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass

from search.errors import SettingsError

_FIRST = 3  # SD_LISTEN_FDS_START
_TCP = {socket.AF_INET, socket.AF_INET6}
_METRICS = "metrics"  # the name of sockets on which metrics are asked for (FileDescriptorName=)


@dataclass(frozen=True, slots=True)
class Sockets:
    """The sockets on which a server listens, by what is answered there."""

    pages: Sequence[socket.socket]
    metrics: Sequence[socket.socket] = ()

    @property
    def all(self) -> Sequence[socket.socket]:
        """All of them."""
        return *self.pages, *self.metrics

    def close(self) -> None:
        """Close them in this process."""
        for sock in self.all:
            sock.close()


def received_sockets(environ: MutableMapping[str, str] = os.environ) -> Sockets:
    """The sockets that this process was handed; none, unless LISTEN_PID is its id.

    Raises SettingsError if one is none of TCP on which connections are accepted. The variables are removed,
    since they are for this process alone.
    """
    pid, number, names = (environ.pop(f"LISTEN_{name}", "") for name in ("PID", "FDS", "FDNAMES"))
    if pid != str(os.getpid()):
        return Sockets(())
    if not number.isascii() or not number.isdigit():
        raise SettingsError(f"LISTEN_FDS is the number of sockets that are handed over, not {number!r}.")
    descriptors = range(_FIRST, _FIRST + int(number))
    named = dict(zip(descriptors, names.split(":"), strict=False))
    given = {descriptor: _listening(descriptor) for descriptor in descriptors}
    return Sockets(
        [sock for descriptor, sock in given.items() if named.get(descriptor) != _METRICS],
        [sock for descriptor, sock in given.items() if named.get(descriptor) == _METRICS],
    )


def _listening(descriptor: int) -> socket.socket:
    try:
        sock = socket.socket(fileno=descriptor)
        is_usable = sock.family in _TCP and sock.type == socket.SOCK_STREAM
        is_usable = is_usable and bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:
        is_usable = False
    if not is_usable:
        raise SettingsError(
            f"What the service manager hands over as file descriptor {descriptor} is no listening socket of "
            "TCP: give it an address and a port, as in ListenStream=127.0.0.1:8000."
        )
    sock.set_inheritable(False)
    return sock
