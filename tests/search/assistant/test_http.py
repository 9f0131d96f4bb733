"""`opis-mcp --http` on a real socket.

1. A client searches, in either era of the protocol, and many clients do at once.
2. Only requests for its own hosts, at its own path, of a bounded size are answered.
3. It says where it serves, and ends when told to.
"""

import json
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import anyio
import pytest
from mcp import Client

from search.archive import Archive
from search.assistant.http import MAX_REQUEST, PATH, allowed, http_server, listen
from search.assistant.server import assistant_server
from search.engines import open_engine
from search.errors import SettingsError
from search.listening.address import Address
from search.schema import Schema
from tests.archive import fill
from tests.in_time import in_time
from tests.search.assistant.conftest import AT_ONCE, DOCUMENTS, SETTINGS, SlowSearcher, data_of, in_own_loop
from tests.search.assistant.test_stdio import COMMAND, INITIALIZE, environment

slow = pytest.mark.slow
Server = tuple[subprocess.Popen[str], str]
"""A server's process and its address."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("assistant")
    fill(open_engine(f"whoosh:{folder / 'index'}", Schema(), create=True), DOCUMENTS).close()
    process = subprocess.Popen(
        [*COMMAND, "--index", "whoosh:index", "--http", "127.0.0.1:0"],
        cwd=folder, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("Serving 3 documents to assistants on http://127.0.0.1:")
    assert line.endswith("/mcp (stop with Ctrl-C)\n")
    yield process, line.split()[6]
    process.kill()
    process.communicate()


@slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_1_a_client_searches(server: Server, mode: str) -> None:
    async def run() -> None:
        async with Client(server[1], mode=mode) as client:
            found = data_of(await client.call_tool("search", {"q": "armistice"}))
            assert found["total"] == 3
            assert (await client.call_tool("read_document", {"id": "nowhere"})).is_error

    in_own_loop(run)


@slow
def test_1_many_clients_search_at_once(server: Server) -> None:
    async def run() -> list[int]:
        totals: list[int] = []

        async def ask() -> None:
            async with Client(server[1]) as client:
                totals.append(data_of(await client.call_tool("search", {"q": "armistice"}))["total"])

        async with anyio.create_task_group() as tasks:
            for _ in range(12):
                tasks.start_soon(ask)
        return totals

    assert in_own_loop(run) == [3] * 12


@slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_1_a_client_that_leaves_cancels_its_call(archive: Archive, mode: str) -> None:
    searcher = SlowSearcher(archive.searcher.engine)
    listener = listen(Address("127.0.0.1", 0))
    where = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    web = http_server(assistant_server(Archive(searcher, SETTINGS)), allowed(Address("127.0.0.1", 0), ""))
    thread = threading.Thread(target=lambda: web.run(sockets=[listener]))
    thread.start()

    async def ask(text: str) -> None:
        async with Client(where, mode=mode) as client:
            await client.call_tool("search", {"q": text})

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(AT_ONCE):
                tasks.start_soon(ask, "waits")
            while len(searcher.begun) < AT_ONCE:
                await anyio.sleep(0.01)
            with anyio.move_on_after(0.5):
                await ask("leaves")
            await anyio.sleep(1)  # until the server has noticed
            searcher.release.set()
        await ask("comes last")

    try:
        with in_time(60):
            while not web.started:
                time.sleep(0.01)
        in_own_loop(run)
    finally:
        searcher.release.set()
        web.should_exit = True
        thread.join(20)
    assert searcher.begun == [*["waits"] * AT_ONCE, "comes last"]


def post(address: str, message: Any, **headers: str) -> int:
    """The status of a POST."""
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(address, json.dumps(message).encode(), accepted | headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - our own server
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@slow
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8765"}, 200),
        ({"Host": "attacker.example"}, 421),
        ({"Host": "127.0.0.1.attacker.example:80"}, 421),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
@pytest.mark.parametrize("version", [None, "2026-07-28"])
def test_2_only_its_own_hosts_are_answered(
    server: Server, headers: dict[str, str], status: int, version: str | None
) -> None:
    given = headers | ({"MCP-Protocol-Version": version} if version else {})
    found = post(server[1], INITIALIZE, **given)
    assert found == status if status != 200 else found not in (403, 421)


@slow
def test_2_nothing_but_the_path_of_the_tools(server: Server) -> None:
    _, address = server
    for path in ("/", "/sse", "/messages/", "/mcp/", "/mcp/x", "/openapi.json", "/docs", "/.well-known/x"):
        assert post(address.removesuffix("/mcp") + path, INITIALIZE) == 404, path


@slow
def test_2_nobody_waits_for_messages_that_never_come(server: Server) -> None:
    connection = HTTPConnection(server[1].removeprefix("http://").removesuffix("/mcp"), timeout=60)
    connection.request("GET", "/mcp", headers={"Accept": "text/event-stream"})
    response = connection.getresponse()
    assert (response.status, response.headers["Allow"]) == (405, "POST")
    connection.close()


@slow
def test_2_a_large_request_is_refused_before_it_is_read(server: Server) -> None:
    connection = HTTPConnection(server[1].removeprefix("http://").removesuffix("/mcp"), timeout=60)
    connection.putrequest("POST", "/mcp")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(MAX_REQUEST + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@slow
def test_3_it_ends_when_told_to(server: Server) -> None:
    process, _ = server
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (-signal.SIGTERM, "")
    assert all(line.startswith(("Invalid Host", "Invalid Origin")) for line in errors.splitlines())


def test_3_a_port_in_use_is_said_with_its_cure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            SettingsError, match=f"^Port {port} is in use; stop what uses it, or choose another.$"
        ):
            listen(Address("127.0.0.1", port))


def test_2_the_hosts_of_a_public_server() -> None:
    security = allowed(Address.read("0.0.0.0:8765"), "https://letters.example")
    assert "letters.example" in security.allowed_hosts
    assert "https://letters.example" in security.allowed_origins
    assert "0.0.0.0:*" not in security.allowed_hosts
    assert "[::1]:*" in allowed(Address.read("[::1]:8765"), "").allowed_hosts
    assert "192.0.2.1:*" in allowed(Address.read("192.0.2.1:80"), "").allowed_hosts
    with pytest.raises(SettingsError, match="base_url"):
        allowed(Address.read("[::]:8765"), "")


@pytest.mark.parametrize("text", ["", "8765", "host", "host:", ":8765", "host:65536", "host:-1", "host:８０"])
def test_2_what_is_no_address(text: str) -> None:
    with pytest.raises(SettingsError, match="HOST:PORT"):
        Address.read(text)
