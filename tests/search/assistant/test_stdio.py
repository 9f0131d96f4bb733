"""`opis-mcp` over stdin and stdout, as a desktop assistant starts it.

1. A client searches and reads; nothing but the protocol is on stdout.
2. It ends when its client leaves, or is told to.
3. What cannot be used is one line on stderr, with the cure.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters

from search.assistant.__main__ import main
from search.cli import CLOSED_PIPE
from search.engines import open_engine
from search.schema import Schema
from tests.archive import fill
from tests.search.assistant.conftest import DOCUMENTS, data_of, in_own_loop, text_of

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-m", "search.assistant"]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("OPIS_")} | {"PYTHONPATH": os.getcwd()}


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"whoosh:{tmp_path_factory.mktemp('assistant') / 'index'}"
    fill(open_engine(url, Schema(), create=True), DOCUMENTS).close()
    return url


def test_1_a_client_searches_and_reads(index: str, tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "--index", index], env=environment(), cwd=tmp_path
    )

    async def run() -> None:
        async with Client(server) as client:
            found = data_of(await client.call_tool("search", {"q": "armistice talks"}))
            assert [hit["id"] for hit in found["hits"]] == ["long", "telegram"]
            read = await client.call_tool("read_document", {"id": found["hits"][1]["id"]})
            assert "The armistice talks went on." in text_of(read)
            assert (await client.call_tool("search", {"page": 0})).is_error

    in_own_loop(run)


def send(process: subprocess.Popen[str], message: Any) -> None:
    assert process.stdin is not None
    process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    process.stdin.flush()


def test_1_nothing_but_the_protocol_is_on_stdout(index: str, tmp_path: Path) -> None:
    process = start("--index", index, "--debug", cwd=tmp_path)
    assert process.stdout is not None
    send(process, "this is no message")
    send(process, INITIALIZE)
    answer = json.loads(process.stdout.readline())
    assert (answer["id"], answer["result"]["serverInfo"]["name"]) == (1, "opis")
    send(process, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    arguments = {"name": "search", "arguments": {"q": "armistice"}}
    send(process, {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": arguments})
    while (message := json.loads(process.stdout.readline())).get("id") != 2:
        assert message["jsonrpc"] == "2.0"
    assert message["result"]["structuredContent"]["total"] == 3
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")
    assert "search.answering.retrieval: understood" in errors


def test_2_it_ends_when_nobody_reads_its_answers(index: str, tmp_path: Path) -> None:
    process = start("--index", index, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdin is not None
    send(process, INITIALIZE)
    assert process.stdout.readline()
    process.stdout.close()
    send(process, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
    process.stdin.close()
    with process.stderr as errors:
        assert process.wait(timeout=60) in {0, CLOSED_PIPE}  # whichever of the two it sees first
        assert errors.read() == ""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_2_it_ends_when_told_to(index: str, tmp_path: Path, how: signal.Signals) -> None:
    process = start("--index", index, cwd=tmp_path)
    assert process.stdout is not None
    send(process, INITIALIZE)
    assert process.stdout.readline()
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (-how, "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--index", "auto:nowhere"), 3, "opis-index"),
        (("--index", "nonsense"), 2, "nonsense"),
        (("--settings", "none.toml"), 2, "none.toml"),
        (("--http", "8765"), 2, "HOST:PORT"),
        (("--http", "no such host:8765"), 2, "no such host"),
        (("--http", "0.0.0.0:0"), 2, "site.base_url"),
        (("--http", "127.0.0.1:99999"), 2, "127.0.0.1:99999"),
        (("--http", "192.0.2.1:8765"), 2, "192.0.2.1, port 8765"),
    ],
)
def test_3_errors_are_one_line(index: str, arguments: tuple[str, ...], code: int, said: str) -> None:
    given = arguments if "--index" in arguments else (*arguments, "--index", index)
    run = CliRunner().invoke(main, given)
    assert (run.exit_code, run.stdout) == (code, "")
    assert run.stderr.startswith("Error: ")
    assert len(run.stderr.splitlines()) == 1
    assert said in run.stderr


def test_3_without_the_extra(tmp_path: Path) -> None:
    program = "import sys; sys.modules['mcp'] = None\nfrom search.assistant.__main__ import main\nmain([])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "Error: opis-mcp needs an extra; install it with: pip install 'opis[mcp]'\n"
