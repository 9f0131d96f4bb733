"""Which requests are served, which wait, and which are turned away: `Admission`, without sockets."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from webui.server.admission import Admission, Arrival

pytestmark = pytest.mark.slow


@dataclass(eq=False)
class FakeClient:
    """A connection with one request, whose service takes as long as a test wants."""

    path: str
    command: str = "GET"
    error: object = None
    serve: Callable[[], object] = lambda: None
    served: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        request: Any = SimpleNamespace(
            path=self.path, command=self.command, error=self.error, overloaded=False
        )
        self.requests: Sequence[Arrival] = [request]

    @property
    def is_turned_away(self) -> bool:
        return bool(self.requests[0].overloaded)

    def service(self) -> None:
        if not self.is_turned_away:
            self.serve()
        self.served.set()

    def cancel(self) -> None:
        self.cancelled.set()


def settled(admission: Admission) -> None:
    """Wait until the threads have started."""
    first = FakeClient("/search")
    admission.add_task(first)
    assert first.served.wait(5)
    time.sleep(0.05)


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
