"""A server at work: it opens the index, and answers in one process or several."""

import gc
import logging
from collections.abc import Callable
from contextlib import closing, nullcontext
from functools import partial

from flask import Flask

from search.api.urls import document_url, search_url
from search.engines import Engine, open_engine
from search.errors import IndexMissing
from search.listening.names import bound_name, is_loopback
from search.listening.rate import Rate
from search.log.service_log import service_log
from search.request import Question
from search.searcher import Searcher
from search.settings import Settings
from webui.app import create_app
from webui.metrics.declared import PROCESSES
from webui.metrics.service import MetricsService
from webui.server.http_server import serve
from webui.server.prefork import run_workers
from webui.server.rate_limit import RateLimit
from webui.server.service_manager import Sockets
from webui.server.signals import Stop, stop_requested
from webui.server.supervised import Supervised

_log = logging.getLogger(__name__)


def serve_index(
    settings: Settings, sockets: Sockets, ready: Callable[[int], None], supervised: Supervised | None
) -> None:
    """Serve the index on the sockets until SIGTERM or SIGINT, or until the supervisor of this process ends.

    `ready` is called with the number of documents as soon as requests are accepted. Raises EngineError if the
    index cannot be opened.
    """
    server = settings.server
    metrics = MetricsService.open(server, sockets.metrics)
    limit = RateLimit(Rate.read(server.rate_limit)) if server.rate_limit else None
    work = partial(_serve, settings, sockets, limit, metrics)

    def announce(documents: int) -> None:
        ready(documents)
        _warn(settings, bound_name(sockets.pages))

    if server.processes == 1:
        with stop_requested() as stop:
            if supervised:
                supervised.stop_with_parent()
            work(announce, stop)
    else:
        table = metrics.table if metrics else None
        parent = supervised.parent if supervised else None
        with service_log(settings, is_to_fork=True):
            run_workers(server, work, announce, sockets.all, table, parent)


def _serve(
    settings: Settings,
    sockets: Sockets,
    limit: RateLimit | None,
    metrics: MetricsService | None,
    ready: Callable[[int], None],
    stop: Stop,
) -> None:
    with (
        closing(_open(settings)) as engine,
        service_log(settings),
        metrics.answering(engine) if metrics else nullcontext(lambda: None) as stopping,
    ):
        app = create_app(settings, engine)
        warm_up(app, engine)
        PROCESSES.set(1)
        ready(engine.info().documents)
        serve(app, sockets.pages, stop, settings.server, limit, stopping)


def warm_up(app: Flask, engine: Engine) -> None:
    """Do once what the first requests would wait for. Raises EngineError if the index cannot be searched.

    What has been made until then stays as long as the process, and is left out of searches for garbage: one
    through all of it takes as long as several requests.
    """
    searcher, client = Searcher(engine), app.test_client()
    question = Question("warm")
    searcher.search(question)
    client.get(search_url(question))
    for hit in searcher.search(Question(per_page=1)).hits:
        client.get(document_url(hit.document.id, question))
    gc.collect()
    gc.freeze()


def _warn(settings: Settings, bound: str) -> None:
    """Say that all visitors would share one limit, where they come through a proxy that is not trusted."""
    is_behind_a_proxy = is_loopback(bound) or settings.site.base_url
    if settings.server.rate_limit and is_behind_a_proxy and not settings.server.trusted_proxies:
        _log.warning(
            "server.rate_limit holds for each address, and all visitors who come through a proxy have the "
            "address of the proxy: name it in server.trusted_proxies if there is one."
        )


def _open(settings: Settings) -> Engine:
    try:
        return open_engine(settings.index, settings.schema)
    except IndexMissing as error:
        url = settings.index
        cure = "opis-index FOLDER" + ("" if url == Settings().index else f" --index {url}")
        raise IndexMissing(f"There is no index at {url}; make one with: {cure}") from error
