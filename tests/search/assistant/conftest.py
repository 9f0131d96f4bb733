"""An archive in memory, and the client of the package `mcp` in the same process."""

import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from search.answer import Answer
from search.archive import Archive
from search.assistant.server import assistant_server
from search.document import Block, Document, Reference
from search.engines import Engine, open_engine
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, Site
from tests.archive import document, fill

SETTINGS = Settings(site=Site(title="Letters", base_url="https://letters.example"))
AT_ONCE = SETTINGS.server.searches
"""Calls that are carried out at the same time."""
SENTENCE = "The armistice talks went on. "
LONG = "\n\n".join(f"Paragraph {number}. {SENTENCE * 20}" for number in range(100))
DOCUMENTS = (
    document(
        "telegram", "The armistice talks went on.", title="Telegram on the armistice", authors=["Kuznetsov"],
        recipients=["Molotov"], date="1953-07-29", type="telegram", language="Russian", subjects=["Truce"],
        reference=Reference("AVPRF F. 059", fond="059"), summary="On the armistice.",
        collection="Foreign Ministry",
    ),
    document("report", "The armistice was signed.", authors=["Molotov"], date="1953-07"),
    document("long", LONG, title="A long report", date="1951", blocks=(Block("paragraph", 0, 12, page="7"),)),
)  # fmt: skip


class SlowSearcher(Searcher):
    """A searcher whose searches wait until they are released; `begun` has the texts of those that began."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        object.__setattr__(self, "begun", [])
        object.__setattr__(self, "release", threading.Event())

    begun: list[str]
    release: threading.Event

    def search(self, question: Question) -> Answer:
        self.begun.append(question.text)
        self.release.wait(20)
        return super().search(question)


Call = Callable[..., CallToolResult]
"""Calls a tool by name, with arguments, as a client does."""


def archive_of(documents: Iterable[Document], settings: Settings = SETTINGS) -> Archive:
    """An archive in memory."""
    return Archive(Searcher(fill(open_engine("memory:", Schema(), create=True), documents)), settings)


def in_own_loop(run: Callable[[], Awaitable[Any]]) -> Any:
    """What a coroutine function returns, run in a thread of its own.

    In the main thread, Playwright's browser has an event loop that runs as long as the tests.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result()


def with_client(archive: Archive, work: Callable[[Client], Awaitable[Any]]) -> Any:
    """What `work` returns with a client of the archive's tools."""

    async def run() -> Any:
        async with Client(assistant_server(archive)) as client:
            return await work(client)

    return in_own_loop(run)


def call_of(archive: Archive) -> Call:
    """Calls the tools of an archive."""

    def call(name: str, /, **arguments: Any) -> CallToolResult:
        result = with_client(archive, lambda client: client.call_tool(name, arguments))
        assert isinstance(result, CallToolResult)
        return result

    return call


def text_of(result: CallToolResult) -> str:
    """The text of a result, which is one piece."""
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def data_of(result: CallToolResult) -> Mapping[str, Any]:
    """The data of a result that is no error."""
    assert not result.is_error, text_of(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content


@pytest.fixture(scope="session")
def archive() -> Archive:
    return archive_of(DOCUMENTS)


@pytest.fixture(scope="session")
def call(archive: Archive) -> Call:
    return call_of(archive)
