"""What happens to an archive when nodes of its cluster fail, on a cluster of this module's own.

1. While the cluster manager is killed, searches go on, with whole answers; then the cluster is
   green again.
2. A node that is killed while documents are written, or while they are committed, costs none that was
   acknowledged: the index has the old commit or the new one. So does one that hangs for a while.
3. While all nodes are down, a server answers 503 with Retry-After, and by itself again when they are back,
   with all documents.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.engines.opensearch.client import Client
from search.errors import EngineError
from search.query.parser import parse
from search.request import FacetRequest, SearchRequest
from search.results import Facet
from search.schema import Schema
from search.settings import Settings
from tests.archive import document, fill
from tests.cluster.indexes import cluster_hosts, cluster_index
from tests.cluster.nodes import HOME, Cluster
from webui.app import create_app

pytestmark = pytest.mark.slow

SCHEMA = Schema()
DOCUMENTS = [
    document(
        f"d{number:03}", "The armistice talks. " * (1 + number % 5), authors=["Kim" if number % 3 else "Mao"]
    )
    for number in range(300)
]
ARMISTICE = SearchRequest(parse("armistice", SCHEMA).query, facets=(FacetRequest("author", 9),), limit=5)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster_hosts()  # else this is skipped
    cluster = Cluster(HOME.parent / "cluster-that-fails", http_port=9221, transport_port=9321, heap="500m")
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    cluster.start()
    with cluster_index(",".join(cluster.hosts)) as url:
        yield url
        cluster.start()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with closing(open_engine(url, SCHEMA, create=True)) as engine:
        fill(engine, DOCUMENTS)
        yield engine


def answered(engine: Engine) -> tuple[list[str], int, object]:
    """What `ARMISTICE` finds, whole or not at all."""
    found = engine.search(ARMISTICE)
    [facet] = found.facets
    assert isinstance(facet, Facet)
    return [hit.id for hit in found.hits], found.total, facet


@contextmanager
def repeated(task: Callable[[], Any]) -> Iterator[list[Any]]:
    """A block in which another thread does a task again and again: its results, and errors."""
    results: list[Any] = []
    ended = threading.Event()

    def repeat() -> None:
        while not ended.is_set():
            try:
                results.append(task())
            except Exception as error:
                results.append(error)
            time.sleep(0.05)

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield results
    finally:
        ended.set()
        thread.join()


def manager(cluster: Cluster) -> int:
    """The number of the node that is the cluster manager."""
    with closing(Client(cluster.hosts)) as client:
        [row] = client.request("GET", "/_cat/cluster_manager", params={"format": "json"})
    return int(row["node"].rpartition("-")[2])


def test_1_searches_go_on(cluster: Cluster, engine: Engine) -> None:
    expected = answered(engine)
    assert expected[1] == 300
    victim = manager(cluster)
    with repeated(lambda: answered(engine)) as answers:
        time.sleep(1)
        cluster.kill(victim)
        time.sleep(10)
        assert len(answers) > 10
        cluster.start_node(victim)
        cluster.await_green()
    assert [answer for answer in answers if answer != expected] == []


@pytest.mark.parametrize(
    ("fault", "moment", "is_manager"),
    [
        ("power cut", "while it writes", False),
        ("power cut", "while it commits", True),
        ("hangs", "while it writes", True),
        ("hangs", "while it commits", False),
    ],
)
def test_2_nothing_acknowledged_is_lost(
    cluster: Cluster, engine: Engine, url: str, fault: str, moment: str, is_manager: bool
) -> None:
    elected = manager(cluster)
    victim = elected if is_manager else elected % 3 + 1
    more = [document(f"e{number:04}", "An armistice, of which nothing is lost.") for number in range(1000)]

    def fail() -> None:
        time.sleep(0.5)
        if fault == "hangs":
            with cluster.hanging(victim):
                time.sleep(5)
        else:
            cluster.kill(victim)
            cluster.start_node(victim)

    failing = threading.Thread(target=fail)
    acknowledged = True
    with repeated(lambda: answered(engine)[1]) as totals:
        try:
            with engine.writer() as writer:
                if moment == "while it writes":
                    failing.start()
                for each in more:
                    writer.put(analyze(each, SCHEMA))
                if moment == "while it commits":
                    failing.start()
        except EngineError:
            acknowledged = False
        failing.join()
        cluster.await_green()
    assert set(totals) <= {300, 1300}, "no half answer, and no error"
    with closing(open_engine(url, SCHEMA)) as reader:
        total = answered(reader)[1]
        assert total == 1300 if acknowledged else total in {300, 1300}
        assert len(list(reader.scan(SearchRequest()))) == total
    if not acknowledged:
        fill(engine, more)
        assert answered(engine)[1] == 1300


def total(client: FlaskClient, text: str) -> int:
    body = client.get(f"/api/v1/search?q={text}").json
    assert body is not None
    return int(body["total"])


def test_3_a_server_waits_for_its_cluster(cluster: Cluster, engine: Engine) -> None:
    expected = answered(engine)
    client = create_app(Settings(), engine).test_client()
    assert total(client, "armistice") == 300
    cluster.stop()
    for question in ("talks", "armistice"):
        began = time.monotonic()
        response = client.get(f"/api/v1/search?q={question}")
        assert response.status_code == 503
        assert "engine_unavailable" in response.text
        assert int(response.headers["Retry-After"]) > 0
        assert time.monotonic() - began < 10
    assert client.get("/healthz").status_code == 503
    cluster.start()
    assert client.get("/healthz").status_code == 200
    assert total(client, "talks") == 300
    assert answered(engine) == expected
