"""Calls that wait can be cancelled, many are carried out, and none takes longer than its limit."""

import threading
from typing import Any

import anyio
import anyio.to_thread
from mcp import Client

from search.archive import Archive
from search.assistant.server import OVERLOADED, assistant_server
from search.engines.deadline import check_time
from search.errors import Abandoned
from search.searcher import Searcher
from search.settings import Limits, Server, Settings
from tests.search.assistant.conftest import (
    AT_ONCE,
    SETTINGS,
    SlowSearcher,
    call_of,
    data_of,
    in_own_loop,
    text_of,
)


def test_calls_wait_are_cancelled_and_carried_out(archive: Archive) -> None:
    searcher = SlowSearcher(archive.searcher.engine)
    slow = Archive(searcher, SETTINGS)

    async def run() -> list[int]:
        totals: list[int] = []

        async def ask(client: Client, text: str) -> None:
            result = await client.call_tool("search", {"q": text})
            totals.append(data_of(result)["total"])

        async with Client(assistant_server(slow)) as client, anyio.create_task_group() as tasks:
            for _ in range(AT_ONCE):
                tasks.start_soon(ask, client, "armistice")
            while len(searcher.begun) < AT_ONCE:
                await anyio.sleep(0.01)
            with anyio.move_on_after(0.1) as scope:
                await ask(client, "waits in vain")
            assert scope.cancelled_caught
            for _ in range(10):
                tasks.start_soon(ask, client, "armistice")
            searcher.release.set()
        return totals

    assert in_own_loop(run) == [3] * (AT_ONCE + 10)
    assert "waits in vain" not in searcher.begun


def test_what_would_wait_too_long_is_turned_away(archive: Archive) -> None:
    searcher = SlowSearcher(archive.searcher.engine)
    narrow = Archive(searcher, Settings(server=Server(threads=1, waiting=2)))

    async def run() -> list[str]:
        errors: list[str] = []

        async def ask(client: Client) -> None:
            result = await client.call_tool("search", {"q": "armistice"})
            if result.is_error:
                errors.append(text_of(result))

        async with Client(assistant_server(narrow)) as client, anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(ask, client)
            while len(errors) < 2:
                await anyio.sleep(0.01)
            searcher.release.set()
        return errors

    assert in_own_loop(run) == [OVERLOADED] * 2


class _Endless(Searcher):
    def search(self, question: Any) -> Any:  # noqa: ARG002
        begun.set()
        try:
            while True:
                check_time()
        except Abandoned:
            ended.set()
            raise


begun, ended = threading.Event(), threading.Event()


def test_a_call_under_way_ends_when_it_is_cancelled(archive: Archive) -> None:
    async def run() -> None:
        async with Client(assistant_server(Archive(_Endless(archive.searcher.engine), SETTINGS))) as client:
            with anyio.move_on_after(20) as scope:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(client.call_tool, "search", {"q": "endless"})
                    await anyio.to_thread.run_sync(begun.wait)
                    tasks.cancel_scope.cancel()
            assert not scope.cancelled_caught

    in_own_loop(run)
    assert ended.wait(20)


def test_a_call_has_a_time_limit(archive: Archive) -> None:
    settings = Settings(limits=Limits(query_seconds=0.05))
    result = call_of(Archive(_Endless(archive.searcher.engine), settings))("search", q="endless")
    assert result.is_error
    assert "takes too long" in text_of(result)
