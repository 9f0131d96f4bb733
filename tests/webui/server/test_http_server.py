"""What clients can do to the server over real sockets, and what it does for those that mean well.

1. Connections that are silent or slow keep nobody else from being answered, and are closed.
2. Requests above what the server can do are turned away within a second; the health check is answered.
3. Work for a client that has left ends.
4. SIGTERM: what is under way is answered, whole; nothing more is accepted; it lasts a limited time.
5. A connection is kept after a 304 and after several requests sent at once. A short answer is one packet.
6. A response that breaks off does not look whole, in HTTP/1.0 either, in which proxies may ask.
"""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

from tests.webui.server.stub_server import StubServer, http_request, read_all, stub_server

pytestmark = pytest.mark.slow


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


def timed(server: StubServer, path: str) -> tuple[int, float]:
    """The status of a response, and the seconds that it took."""
    started = time.monotonic()
    answer = server.answer(http_request(path, "Connection: close"))
    return status(answer), time.monotonic() - started


@pytest.fixture(scope="module")
def lasting() -> Iterator[StubServer]:
    """A server that several tests share."""
    with stub_server(threads=2, waiting=2, drain_seconds=10) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[StubServer]:
    """A server for one test, which may stop it."""
    with stub_server(threads=2, waiting=2, drain_seconds=getattr(request, "param", 10)) as server:
        yield server


def test_1_silent_connections_keep_nobody_away(lasting: StubServer) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(lasting.connect())
        for path in ("/healthz", "/search"):
            answered, seconds = timed(lasting, path)
            assert answered == 200
            assert seconds < 2


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (b"GET /search HTTP/1.1\r\nX: ", b"x"),
        (b"POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"POST /search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"\r\n\r\n", b"\r\n\r\n"),
        (b"", b""),
    ],
    ids=["header", "body", "chunks", "blank lines", "nothing"],
)
def test_1_slow_connections_are_closed(lasting: StubServer, first: bytes, more: bytes) -> None:
    started = time.monotonic()
    with lasting.connect() as client:
        client.sendall(first)
        client.settimeout(0.2)
        answer = b""
        while time.monotonic() < started + 30:
            try:
                if not (part := client.recv(1000)):
                    break
                answer += part
            except TimeoutError:
                with suppress(BrokenPipeError, ConnectionResetError):
                    client.sendall(more)
            except ConnectionResetError:
                break
    assert 0.9 < time.monotonic() - started < 30
    assert status(answer) in ({408} if more == b"x" else {0, 408})


def test_1_a_client_that_does_not_read_is_left(lasting: StubServer) -> None:
    with lasting.send(http_request("/long")) as client:
        time.sleep(3)
        answer = read_all(client)
        assert len(answer) < 20_000_000


def test_1_who_reads_too_slowly_does_not_hold_a_thread(lasting: StubServer) -> None:
    """A byte now and then is not enough: two such clients would keep all others from exports."""
    clients = [lasting.send(http_request("/api/v1/export?line=10000000")) for _ in range(2)]
    until = time.monotonic() + 10
    time.sleep(0.5)
    statuses = [timed(lasting, "/api/v1/export")[0]]
    while statuses[-1] == 503 and time.monotonic() < until:
        for client in clients:
            client.recv(10)
        statuses.append(timed(lasting, "/api/v1/export")[0])
    for client in clients:
        client.close()
    assert statuses[0] == 503
    assert statuses[-1] == 200


def test_1_a_client_that_reads_steadily_is_served(lasting: StubServer) -> None:
    with lasting.send(http_request("/long", "Connection: close")) as client:
        read = 0
        while part := client.recv(1 << 17):
            read += len(part)
            time.sleep(0.02)
    assert read > 20_000_000


def test_2_what_is_too_much_is_turned_away_at_once(server: StubServer) -> None:
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(timed, server, "/search?seconds=5") for _ in range(8)]
        time.sleep(0.3)
        health, seconds = timed(server, "/healthz")
        assert (health, seconds < 2) == (200, True)
        results = sorted(future.result() for future in asked)
    assert [answered for answered, _ in results] == [200] * 2 + [503] * 6
    turned_away = sorted(seconds for answered, seconds in results if answered == 503)
    assert turned_away[3] < 2, "four of them found no place to wait"
    assert 0.7 < turned_away[4] < turned_away[5] < 4, "two of them waited for most of a second"


def test_2_an_export_has_a_thread_beside_the_searches(lasting: StubServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(timed, lasting, "/search?seconds=2") for _ in range(2)]
        time.sleep(0.2)
        with lasting.send(http_request("/api/v1/export", "Connection: close")) as client:
            answer = read_all(client)
        assert answer.count(b"line\n") == 10
        assert [future.result()[0] for future in asked] == [200, 200]


def test_3_work_for_a_client_that_has_left_ends(server: StubServer) -> None:
    client = server.send(http_request("/search?seconds=20"))
    assert server.says() == "asked"
    started = time.monotonic()
    client.close()
    assert server.says() == "abandoned"
    assert time.monotonic() - started < 15


def test_3_who_leaves_while_waiting_is_not_served(server: StubServer) -> None:
    with server.send(http_request("/search?seconds=0.6")), server.send(http_request("/search?seconds=0.6")):
        assert [server.says(), server.says()] == ["asked", "asked"]
        server.send(http_request("/search")).close()
        time.sleep(1)
        server.process.terminate()
        output, _ = server.process.communicate(timeout=60)
    assert output == b""


def test_4_what_is_under_way_or_waits_is_answered(server: StubServer) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(timed, server, "/search?seconds=1.2") for _ in range(4)]
        assert [server.says(), server.says()] == ["asked", "asked"]
        with server.connect() as silent, server.send(http_request("/healthz")) as kept:
            answers(kept, 1, lambda answer: answer.endswith(b"well"))
            time.sleep(0.05)
            server.process.send_signal(signal.SIGTERM)
            assert read_all(silent) == read_all(kept) == b""
        with pytest.raises(ConnectionRefusedError):
            server.connect()
        assert [future.result()[0] for future in asked] == [200] * 4
    assert server.process.wait(timeout=60) == 0


def test_4_a_long_answer_is_sent_whole(server: StubServer) -> None:
    with server.send(http_request("/long")) as client:
        first = client.recv(1000)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert len(first + read_all(client)) > 20_000_000
    assert server.process.wait(timeout=60) == 0


@pytest.mark.parametrize("server", [0.5], indirect=True)
def test_4_it_does_not_wait_for_ever(server: StubServer) -> None:
    with server.send(http_request("/search?seconds=20")):
        assert server.says() == "asked"
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=60) == 0
        assert time.monotonic() - started < 15


def test_5_headers_and_body_come_together(lasting: StubServer) -> None:
    with lasting.send(http_request("/healthz")) as client:
        answer = client.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"well")


def answers(client: socket.socket, count: int, ends: Callable[[bytes], bool]) -> bytes:
    answer = b""
    while answer.count(b"HTTP/1.1 ") < count or not ends(answer):
        part = client.recv(1000)
        assert part, "the server closed the connection"
        answer += part
    return answer


def test_5_a_connection_is_kept_after_a_304(lasting: StubServer) -> None:
    with lasting.connect() as client:
        for _ in range(3):
            client.sendall(http_request("/same"))
            answer = answers(client, 1, lambda answer: answer.endswith(b"\r\n\r\n"))
            assert status(answer) == 304
            assert b"connection: close" not in answer.lower()
    with lasting.send(http_request("/same", "Connection: close")) as client:
        assert b"connection: close" in read_all(client).lower()
    with lasting.connect() as client:
        client.sendall(http_request("/same", version="1.0"))
        assert status(read_all(client)) == 304


def test_5_several_requests_sent_at_once_are_answered_in_turn(lasting: StubServer) -> None:
    with lasting.connect() as client:
        client.sendall(http_request("/search") + http_request("/same") + http_request("/healthz"))
        answer = answers(client, 3, lambda answer: answer.endswith(b"well"))
    assert answer.index(b"found") < answer.index(b" 304 ") < answer.index(b"well")


def read_to_the_end(client: socket.socket) -> bytes:
    """What comes until the other side closes the connection. Raises ConnectionResetError if it breaks off."""
    return b"".join(iter(lambda: client.recv(1 << 16), b""))


@pytest.mark.parametrize("path", ["/api/v1/export", "/search"])
def test_6_a_whole_response_ends_the_connection(lasting: StubServer, path: str) -> None:
    with lasting.send(http_request(path, version="1.0")) as client:
        body = read_to_the_end(client).partition(b"\r\n\r\n")[2]
    assert body == (b"found" if path == "/search" else b"line\n" * 10)


def test_6_a_long_response_is_whole(lasting: StubServer) -> None:
    with lasting.send(http_request("/api/v1/export?line=10000000", version="1.0")) as client:
        assert len(read_to_the_end(client).partition(b"\r\n\r\n")[2]) == 100_000_000


def test_6_a_response_that_fails_resets_the_connection(lasting: StubServer) -> None:
    broken = http_request("/api/v1/export?fails", version="1.0")
    with lasting.send(broken) as client, pytest.raises(ConnectionResetError):
        read_to_the_end(client)


def test_6_the_end_of_the_process_resets_the_connection(server: StubServer) -> None:
    with server.send(http_request("/api/v1/export", version="1.0")) as client:
        assert client.recv(1000)
        server.process.kill()
        with pytest.raises(ConnectionResetError):
            read_to_the_end(client)
