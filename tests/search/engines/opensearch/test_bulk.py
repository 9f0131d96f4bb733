"""Bulk requests, to a host that answers as a test says.

1. What the cluster had no time for is sent again, and nothing else; what it refuses is a clear error.
2. A request whose answer is lost is sent again; documents that replaced one are counted.
3. Batches that concern the same document are sent one after the other, whatever is under way.
4. A request to all shards is sent again until all have answered.
5. Where a host hangs, who stops sending waits for a moment at most, as does the end of the process.
"""

import threading
import time
from contextlib import closing

import msgspec
import pytest

from search.engines.opensearch import all_shards, bulk
from search.engines.opensearch.all_shards import ask_all
from search.engines.opensearch.bulk import Action, Bulk
from search.engines.opensearch.client import Client
from search.errors import DocumentRefused, EngineError, EngineUnavailable
from tests.cluster.fake_host import FakeHost, fake_host

TAKEN = {"status": 201, "result": "created"}
REPLACED = {"status": 200, "result": "updated"}
BUSY = {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "too much"}}
REFUSED = {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "no such field"}}


def answer(*items: object) -> tuple[int, object]:
    errors = any(item in (BUSY, REFUSED) for item in items)
    return 200, {"errors": errors, "items": [{"index": item} for item in items]}


def keys_sent(host: FakeHost) -> list[list[str]]:
    """The keys of the documents in each request, sorted."""
    bodies = [body.splitlines()[::2] for _, _, body in host.requests]
    return [[msgspec.json.decode(line)["index"]["_id"] for line in lines] for lines in bodies]


def batch(*keys: str) -> list[Action]:
    return [Action(key, b"{}") for key in keys]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(bulk, "FIRST_PAUSE", 0.001)


def sent(host: FakeHost, *batches: list[Action]) -> Bulk:
    with closing(Client([host.name])) as client, closing(Bulk(client, "letters-1")) as sender:
        for one in batches:
            sender.send(one)
        sender.finish()
        return sender


def test_1_busy() -> None:
    with fake_host(answer(TAKEN, BUSY, BUSY), answer(BUSY, REPLACED), answer(TAKEN)) as host:
        assert sent(host, batch("a", "b", "c")).replaced == 1
    assert keys_sent(host) == [["a", "b", "c"], ["b", "c"], ["b"]]


def test_1_lost_shards() -> None:
    """A node that goes away may say so with a status that does not pass otherwise."""
    lost = {"status": 500, "error": {"type": "node_closed_exception", "reason": "node closed"}}
    with fake_host((200, {"errors": True, "items": [{"index": lost}]}), answer(TAKEN)) as host:
        sent(host, batch("a"))
    assert keys_sent(host) == [["a"], ["a"]]


def test_1_too_large() -> None:
    """A document that is sent alone is refused, and others go on."""
    with (
        fake_host((413, {}), answer(TAKEN), (413, {})) as host,
        closing(Client([host.name])) as client,
        closing(Bulk(client, "letters-1")) as sender,
    ):
        with pytest.raises(DocumentRefused, match=r"a request of 1 MB\. Raise http\.max_content_length"):
            sender.send_alone(batch("a")[0])
        sender.send_alone(batch("b")[0])
        sender.send(batch("c", "d"))
        with pytest.raises(EngineError, match=r"no request of 1 MB, .* http\.max_content_length"):
            sender.finish()


def test_1_refused() -> None:
    with (
        fake_host(answer(TAKEN, REFUSED)) as host,
        pytest.raises(EngineError, match="refuses a document: mapper_parsing_exception: no such field"),
    ):
        sent(host, batch("a", "b"))
    assert len(host.requests) == 1


def test_1_busy_for_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", -1.0)
    with fake_host(answer(BUSY)) as host, pytest.raises(EngineUnavailable, match="has taken no document"):
        sent(host, batch("a"))


def test_2_lost_answers() -> None:
    with fake_host("hang up", answer(REPLACED)) as host:
        assert sent(host, batch("a")).replaced == 1
    assert keys_sent(host) == [["a"], ["a"]]


def test_3_the_same_document() -> None:
    """The first of three was refused for now, and is sent again before the others are sent at all."""
    with fake_host(answer(BUSY), *[answer(TAKEN)] * 3) as host:
        sent(host, *([Action("a", document)] for document in (b"1", b"2", b"3")))
    assert [body.splitlines()[1] for _, _, body in host.requests] == [b"1", b"1", b"2", b"3"]


def test_3_others_wait_for_none() -> None:
    with fake_host(*[answer(TAKEN)] * 6) as host:
        sent(host, *[batch("a")] * 3, *[batch(key) for key in "bcd"])
    assert sorted(keys_sent(host)) == [["a"]] * 3 + [["b"], ["c"], ["d"]]


def test_4_all_shards() -> None:
    shards = [{"total": 3, "successful": successful, "failed": 0} for successful in (1, 2, 3)]
    moving = {"total": 4, "successful": 3, "failed": 0}
    with fake_host(*[(200, {"_shards": some}) for some in (*shards, moving)]) as host:
        with closing(Client([host.name])) as client:
            assert ask_all(client, 3, "POST", "/letters-1/_refresh")["_shards"] == shards[-1]
            assert ask_all(client, 3, "POST", "/letters-1/_refresh")["_shards"] == moving
        assert len(host.requests) == 4


def test_4_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_shards, "PATIENCE", -1.0)
    failed = {"_shards": {"total": 3, "successful": 2, "failed": 1}}
    with (
        fake_host((200, failed)) as host,
        closing(Client([host.name])) as client,
        pytest.raises(EngineUnavailable, match="Some of the 3 shards"),
    ):
        ask_all(client, 3, "POST", "/letters-1/_refresh")


def test_5_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CLOSING_SECONDS", 0.1)
    with fake_host("silence") as host, closing(Client([host.name])) as client:
        began = time.monotonic()
        with closing(Bulk(client, "letters-1")) as sender:
            sender.send(batch("a"))
        assert time.monotonic() - began < 1
        assert all(thread.daemon for thread in threading.enumerate() if thread.name == "bulk")
