"""What a service manager hands over, and what it is told.

1. Sockets are taken if LISTEN_PID is the id of this process; one named `metrics` is for metrics.
2. What is no listening socket of TCP is said in one sentence.
3. A service manager is told where there is one; that it cannot be told harms nothing.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from search.listening.notify import notify
from webui.server.service_manager import received_sockets

GIVE = """
import os, sys
for place, descriptor in enumerate(sys.argv[2].split(","), 3):
    os.dup2(int(descriptor), place + 100)
for place in range(3, 3 + len(sys.argv[2].split(","))):
    os.dup2(place + 100, place, inheritable=True)
os.environ["LISTEN_PID"] = sys.argv[1] or str(os.getpid())
os.execv(sys.executable, [sys.executable, "-c", '''
import os
from search.errors import SettingsError
from webui.server.service_manager import received_sockets
try:
    sockets = received_sockets()
except SettingsError as error:
    print(error)
else:
    pages, metrics = ([sock.getsockname()[1] for sock in each] for each in (sockets.pages, sockets.metrics))
    print(pages, metrics, [name for name in os.environ if name.startswith("LISTEN_")])
'''])
"""


def given(*sockets: socket.socket, names: str = "", number: str = "", pid: str = "") -> str:
    """What a process says of the sockets that it is given."""
    environ = os.environ | {"LISTEN_FDS": number or str(len(sockets)), "LISTEN_FDNAMES": names}
    descriptors = [sock.fileno() for sock in sockets]
    run = subprocess.run(
        [sys.executable, "-c", GIVE, pid, ",".join(map(str, descriptors))],
        env=environ, pass_fds=descriptors, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout.strip()


def test_1_sockets_are_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = [sock.getsockname()[1] for sock in (one, other)]
        assert given(one) == f"[{ports[0]}] [] []"
        assert given(one, other) == f"{ports} [] []"
        assert given(one, other, names="opis-serve.socket:metrics") == f"[{ports[0]}] [{ports[1]}] []"
        assert given(one, pid="1") == "[] [] []"


def test_1_nothing_is_handed_over() -> None:
    assert received_sockets({}).all == ()
    assert received_sockets({"LISTEN_FDS": "1"}).all == ()


@pytest.mark.parametrize("kind", ["not listening", "UDP", "path"])
def test_2_no_listening_socket_of_tcp(tmp_path: Path, kind: str) -> None:
    family = socket.AF_UNIX if kind == "path" else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM if kind == "UDP" else socket.SOCK_STREAM) as sock:
        if kind == "path":
            sock.bind(str(tmp_path / "opis.sock"))
            sock.listen()
        assert given(sock) == (
            "What the service manager hands over as file descriptor 3 is no listening socket of TCP: "
            "give it an address and a port, as in ListenStream=127.0.0.1:8000."
        )


def test_2_no_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        assert given(sock, number="many") == (
            "LISTEN_FDS is the number of sockets that are handed over, not 'many'."
        )


def test_3_it_is_told(tmp_path: Path) -> None:
    for address in (str(tmp_path / "notify"), f"@opis-{os.getpid()}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(address.replace("@", "\0"))
            notify("READY=1", "STATUS=Well.", environ={"NOTIFY_SOCKET": address})
            assert manager.recv(100) == b"READY=1\nSTATUS=Well."
    notify("READY=1", environ={})
    notify("READY=1", environ={"NOTIFY_SOCKET": str(tmp_path / "nobody")})
