"""How a cluster is asked.

1. An answer is decoded; a refusal says its status, type and reason.
2. A request goes to another host where one does not answer, and again after a while where none does.
3. A request that may have been executed is sent again only if that is said to be safe.
4. A host that fails is put aside, and asked again later; where none answers, requests fail at once.
5. A search waits no longer than it has time.
6. A process that is a fork of another has connections of its own.
"""

import multiprocessing
import random
import socket
import time
from collections.abc import Iterator

import pytest

from search.engines.deadline import time_limit
from search.engines.opensearch.client import Client, Refused, varied
from search.engines.opensearch.hosts import Hosts
from search.errors import EngineUnavailable, QueryTimeout
from tests.cluster.fake_host import Answer, fake_host
from tests.in_time import in_time

SILENCE: Answer = "silence"
TOO_MANY: Answer = (429, {"error": {"type": "rejected_execution_exception", "reason": "full"}, "status": 429})
NO_MANAGER: Answer = (503, {"error": {"type": "cluster_manager_not_discovered_exception", "reason": None}})
LOST: Answer = (
    500,
    {
        "error": {
            "type": "search_phase_execution_exception",
            "reason": "all shards failed",
            "root_cause": [{"type": "node_disconnected_exception", "reason": "disconnected"}],
        }
    },
)
BUCKETS: Answer = (
    503,
    {
        "error": {
            "type": "search_phase_execution_exception",
            "reason": "",
            "root_cause": [],
            "caused_by": {"type": "too_many_buckets_exception", "reason": "more than 65535"},
        }
    },
)


@pytest.fixture
def dead() -> Iterator[str]:
    """A host at which nothing listens, and no other process begins to."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server of the test's may
        bound.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{bound.getsockname()[1]}"


def test_1_what_is_sent_and_answered() -> None:
    with fake_host((200, {"took": 3}), (200, b"")) as host:
        client = Client([host.name])
        assert client.request("POST", "/a/_search", {"size": 0}, {"x": True, "y": "é"}) == {"took": 3}
        assert client.request("POST", "/_bulk", b"{}\n") is None
        assert host.requests == [
            ("POST", "/a/_search?x=true&y=%C3%A9", b'{"size":0}'),
            ("POST", "/_bulk", b"{}\n"),
        ]
        assert host.headers["Content-Type"] == "application/x-ndjson"
        client.close()


REFUSALS: list[tuple[Answer, int, str, str]] = [
    ((404, {"error": {"type": "index_not_found_exception", "reason": "no such index"}}), 404,
     "index_not_found_exception", "no such index"),
    ((404, {"found": False}), 404, "", ""),
    ((405, {"error": "no such method", "status": 405}), 405, "", "no such method"),
    ((400, b"<html>"), 400, "", "<html>"),
    (BUCKETS, 503, "too_many_buckets_exception", "more than 65535"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "status", "kind", "reason"), REFUSALS)
def test_1_refusals(answer: Answer, status: int, kind: str, reason: str) -> None:
    with fake_host(answer) as host:
        client = Client([host.name])
        with pytest.raises(Refused) as raised:
            client.request("GET", "/")
        assert (raised.value.status, raised.value.type, raised.value.reason) == (status, kind, reason)
        assert len(host.requests) == 1
        client.close()


def test_1_what_is_no_opensearch() -> None:
    with fake_host((200, b"<html>")) as host, pytest.raises(EngineUnavailable, match="is no OpenSearch"):
        Client([host.name]).request("GET", "/")


def test_2_another_host_is_asked(dead: str) -> None:
    with fake_host((200, {"n": 1})) as host:
        client = Client([dead, host.name])
        for _ in range(4):
            client.request("POST", "/", {})
        assert len(host.requests) == 4
        client.close()


@pytest.mark.parametrize("passing", [TOO_MANY, NO_MANAGER, LOST, (502, b""), "hang up"])
def test_2_what_passes_is_asked_again(passing: Answer) -> None:
    with fake_host(passing, passing, (200, {"n": 1})) as host:
        client = Client([host.name])
        assert client.request("GET", "/") == {"n": 1}
        assert len(host.requests) == 3
        client.close()


def test_2_waits_vary_without_the_numbers_of_others() -> None:
    """A thread that waits took numbers of a program that had seeded the generator that all modules share."""
    state = random.getstate()
    waits = {varied(2.0) for _ in range(20)}
    assert len(waits) > 1
    assert all(1 <= wait <= 2 for wait in waits)
    assert random.getstate() == state


def test_2_the_cluster_comes_back(dead: str) -> None:
    client = Client([dead], patience=0.2)
    with pytest.raises(EngineUnavailable, match=f"{dead} does not answer .*refused.*see whether it runs"):
        client.request("GET", "/")
    with fake_host(port=int(dead.rpartition(":")[2])):
        assert client.request("GET", "/") == {}
    client.close()


@pytest.mark.parametrize("passing", [NO_MANAGER, LOST, "hang up"])
def test_3_what_may_be_done_is_not_repeated(passing: Answer) -> None:
    with fake_host(passing) as host:
        client = Client([host.name])
        with pytest.raises(EngineUnavailable):
            client.request("POST", "/", {})
        assert len(host.requests) == 1
        assert client.request("POST", "/", {}) == {}
        client.close()


def test_3_what_was_turned_away_or_is_safe_is_repeated() -> None:
    with fake_host(TOO_MANY, (200, {"n": 1}), "hang up", (200, {"n": 2})) as host:
        client = Client([host.name])
        assert client.request("POST", "/", {}) == {"n": 1}
        assert client.request("POST", "/", {}, repeat=True) == {"n": 2}
        client.close()


def test_4_hosts_take_turns_and_failing_ones_wait() -> None:
    now = [0.0]
    hosts = Hosts(["a", "b", "c"], clock=lambda: now[0])
    assert [hosts.in_turn()[0] for _ in range(6)] == ["b", "c", "a", "b", "c", "a"]
    hosts.failed("b")
    assert {hosts.in_turn()[-1] for _ in range(6)} == {"b"}
    now[0] = 1.5
    assert "b" in {hosts.in_turn()[0] for _ in range(3)}
    hosts.failed("b")  # once more, for twice as long
    now[0] = 3.0
    assert {hosts.in_turn()[-1] for _ in range(3)} == {"b"}
    hosts.answered("b")
    assert {hosts.in_turn()[0] for _ in range(3)} == {"a", "b", "c"}


def test_4_when_a_cluster_is_down() -> None:
    now = [5.0]
    hosts = Hosts(["a", "b"], clock=lambda: now[0])
    hosts.failed("a")
    assert hosts.down_since is None
    hosts.failed("b")
    now[0] = 9.0
    hosts.failed("a")
    assert hosts.down_since == 5.0
    hosts.answered("b")
    assert hosts.down_since is None


def test_4_a_cluster_that_is_down_is_asked_once(dead: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    client = Client([dead], patience=0.2)
    for _ in range(2):
        with pytest.raises(EngineUnavailable):
            client.request("GET", "/")
        time.sleep(0.2)
    monkeypatch.setattr(time, "sleep", waits.append)
    with pytest.raises(EngineUnavailable):
        client.request("GET", "/")
    assert waits == []


def test_5_a_silent_host_ends_the_search_in_time() -> None:
    with fake_host("silence") as host, time_limit(0.2), in_time(20):
        client = Client([host.name])
        with pytest.raises(QueryTimeout):
            client.request("GET", "/")
        client.close()


def test_5_another_host_answers_for_a_silent_one() -> None:
    # A busy machine may take longer for the one that answers, too; then both are asked again.
    with fake_host(*[SILENCE] * 20) as silent, fake_host(*[(200, {"n": 1})] * 20) as host:
        client = Client([silent.name, host.name])
        assert client.request("GET", "/", timeout=0.1) == {"n": 1}
        client.close()


def test_6_forks_have_connections_of_their_own() -> None:
    with fake_host() as host:
        client = Client([host.name])
        client.request("GET", "/parent")
        pool = client._connections._pools[host.name]
        context = multiprocessing.get_context("fork")
        results = context.Queue()
        child = context.Process(
            target=lambda: results.put(
                (client.request("GET", "/child"), client._connections._pools[host.name] is pool)
            )
        )
        child.start()
        assert results.get(timeout=60) == ({}, False)
        child.join()
        client.request("GET", "/parent")
        assert [path for _, path, _ in host.requests] == ["/parent", "/child", "/parent"]
        client.close()
