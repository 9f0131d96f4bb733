"""Which requests are served, which wait, and which are turned away: `Admission`, without sockets."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from search.listening.clients import Origin
from search.listening.rate import Rate
from search.metrics.table import Table
from tests.in_time import in_time
from tests.webui.server.process_tree import wait_for
from webui.metrics.declared import ALL, TURNED_AWAY, UNDER_WAY, WAITING
from webui.server.admission import Admission, Arrival
from webui.server.rate_limit import RateLimit

pytestmark = pytest.mark.slow


@dataclass(eq=False)
class FakeClient:
    """A connection with one request, whose service takes as long as a test wants."""

    path: str
    command: str = "GET"
    error: object = None
    address: str = "192.0.2.1"
    serve: Callable[[], object] = lambda: None
    served: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        request: Any = SimpleNamespace(
            path=self.path, command=self.command, error=self.error, overloaded=False, wait=0.0
        )
        self.requests: Sequence[Arrival] = [request]

    @property
    def is_turned_away(self) -> bool:
        return bool(self.requests[0].overloaded)

    def origin_of(self, _request: object, /) -> Origin:
        return Origin(self.address)

    def service(self) -> None:
        if not self.is_turned_away:
            self.serve()
        self.served.set()

    def cancel(self) -> None:
        self.cancelled.set()


def settled(admission: Admission) -> None:
    """Wait until all threads wait for something to do."""
    with in_time(60):
        admission.finish(60)


@pytest.fixture
def release() -> threading.Event:
    return threading.Event()


@pytest.fixture
def busy(release: threading.Event) -> Admission:
    """One that searches with one thread, which is busy until `release`, and lets one wait."""
    admission = Admission(threads=1, waiting=1)
    settled(admission)
    working = threading.Event()

    def work() -> None:
        working.set()
        release.wait(10)

    admission.add_task(FakeClient("/search", serve=work))
    assert working.wait(5)
    return admission


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/static/opis.css", "//healthz", "/openapi.json", "/favicon.ico", "/api/v1/export",
     "/sitemap.xml", "/sitemap-2.xml"],
)  # fmt: skip
def test_what_is_no_search_is_served_beside_searches(busy: Admission, path: str) -> None:
    client = FakeClient(path)
    busy.add_task(client)
    assert client.served.wait(5)
    assert not client.is_turned_away


@pytest.mark.parametrize(
    "client",
    [FakeClient("/search", command="OPTIONS"), FakeClient("", error="no request")],
    ids=["OPTIONS", "error"],
)
def test_so_are_questions_about_an_address_and_errors(busy: Admission, client: FakeClient) -> None:
    busy.add_task(client)
    assert client.served.wait(5)
    assert not client.is_turned_away


def test_one_waits_and_the_next_is_turned_away_at_once(busy: Admission, release: threading.Event) -> None:
    waiting, further = FakeClient("/search"), FakeClient("/documents/x")
    busy.add_task(waiting)
    busy.add_task(further)
    assert further.served.wait(5)
    assert further.is_turned_away
    release.set()
    assert waiting.served.wait(5)
    assert not waiting.is_turned_away


def test_who_waits_too_long_is_turned_away(busy: Admission) -> None:
    waiting = FakeClient("/search")
    busy.add_task(waiting)
    assert not waiting.served.wait(0.4)
    assert waiting.served.wait(5)
    assert waiting.is_turned_away


def test_at_the_end_nobody_is(busy: Admission, release: threading.Event) -> None:
    waiting = FakeClient("/search")
    busy.add_task(waiting)
    busy.end()
    assert not waiting.served.wait(1.2)
    release.set()
    assert waiting.served.wait(5)
    assert not waiting.is_turned_away


def test_a_flood_of_cheap_requests_is_cut_off() -> None:
    admission, release = Admission(threads=1, waiting=1), threading.Event()
    settled(admission)
    flood = [FakeClient("/healthz", serve=lambda: release.wait(10)) for _ in range(1100)]
    for client in flood:
        admission.add_task(client)
    assert 0 < sum(client.cancelled.is_set() for client in flood) <= 100
    release.set()
    assert all(client.served.wait(5) for client in flood if not client.cancelled.is_set())


def test_a_panic_costs_no_thread(caplog: pytest.LogCaptureFixture) -> None:
    class Panic(BaseException):
        """What pyo3 raises for a panic."""

    def panic() -> None:
        raise Panic

    admission = Admission(threads=1, waiting=1)
    settled(admission)
    broken = FakeClient("/search", serve=panic)
    admission.add_task(broken)
    assert broken.cancelled.wait(5)
    settled(admission)
    assert "could not be served" in caplog.text


def test_who_asks_too_often_takes_no_place(release: threading.Event) -> None:
    limit = RateLimit(Rate(2, 3600.0))
    admission = Admission(threads=1, waiting=0, limit=limit)
    settled(admission)
    asked = [FakeClient(path) for path in ("/search", "/api/v1/export", "/documents/x", "/healthz")]
    other = FakeClient("/search", address="192.0.2.2")
    for client in (*asked, other):
        admission.add_task(client)
        assert client.served.wait(5)
        settled(admission)
    assert [client.requests[0].wait > 0 for client in asked] == [False, False, True, False]
    assert not other.requests[0].wait


@pytest.fixture
def table() -> Iterator[Table]:
    table = Table(ALL)
    table.take()
    yield table
    table.close()


def test_what_is_measured(table: Table, release: threading.Event) -> None:
    admission = Admission(threads=1, waiting=1, limit=RateLimit(Rate(3, 3600.0)))
    settled(admission)
    working = FakeClient("/search", serve=lambda: release.wait(10))
    waiting, full, limited = (FakeClient("/search") for _ in range(3))
    admission.add_task(working)
    wait_for(lambda: list(table.totals()[UNDER_WAY]) == [1, 0, 0])
    admission.add_task(waiting)
    assert list(table.totals()[WAITING]) == [1, 0, 0]
    for client in (full, limited):
        admission.add_task(client)
        assert client.served.wait(5)
    assert waiting.served.wait(5)
    release.set()
    assert working.served.wait(5)
    wait_for(lambda: not any(table.totals()[UNDER_WAY]))
    assert list(table.totals()[WAITING]) == [0, 0, 0]
    assert list(table.totals()[TURNED_AWAY]) == [1, 1, 1, 0]
