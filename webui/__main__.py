"""`opis-serve`: serve an index on the web until SIGTERM or SIGINT."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from functools import partial
from socket import socket
from typing import Any, get_args

import click

from search.cli import debug_option, index_options, reporting_errors, version_option
from search.engines import Engine, open_engine
from search.errors import IndexMissing
from search.listening.names import bound_name, is_loopback
from search.listening.rate import Rate
from search.listening.sockets import listen
from search.log.service_log import service_log
from search.request import Question
from search.searcher import Searcher
from search.settings import MOST_PORT, MOST_PROCESSES, LogFormat, Server, Settings, load_settings
from search.wording.counts import plural
from webui import create_app
from webui.metrics.declared import PROCESSES
from webui.metrics.service import MetricsService
from webui.server.descriptors import connection_limit
from webui.server.http_server import serve
from webui.server.prefork import run_workers
from webui.server.rate_limit import RateLimit
from webui.server.signals import exit_on_signals

_log = logging.getLogger(__name__)

_SERVER = Server()
_ALL_ADDRESSES = {"", "*", "0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@index_options
@click.option("--host", metavar="HOST", help=f"The address to listen on, else server.host ({_SERVER.host}).")
@click.option(
    "--port",
    type=click.IntRange(0, MOST_PORT),
    metavar="PORT",
    help=f"The port, else server.port ({_SERVER.port}); 0 is any free one.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, MOST_PROCESSES),
    metavar="N",
    help=f"Number of server processes, else server.processes ({_SERVER.processes}); "
    "more than one per processor does not help.",
)
@click.option(
    "--metrics",
    metavar="HOST:PORT",
    help="Answer with metrics for Prometheus at /metrics of this address, else server.metrics.",
)
@click.option(
    "--log",
    type=click.Choice(get_args(LogFormat)),
    help="How requests and messages are logged to stderr, else the setting log.",
)
@version_option
@debug_option
@reporting_errors
def main(url: str | None, file: str | None, log: LogFormat | None, **options: Any) -> None:
    """Serve an index as a web site with a JSON API."""
    settings = load_settings(file)
    given = {name: value for name, value in options.items() if value is not None}
    server = replace(settings.server, **given)
    settings = replace(settings, index=url or settings.index, log=log or settings.log, server=server)
    connection_limit()  # raises where the system allows too few
    sockets = listen(server.host, server.port)
    metrics = MetricsService.open(server)
    where = _address(server.host, sockets[0].getsockname()[1])

    def announce(documents: int) -> None:
        several = f" with {server.processes} processes" if server.processes > 1 else ""
        click.echo(f"Serving {plural(documents, 'document')} on {where}{several} (stop with Ctrl-C)")
        if metrics:
            click.echo(f"Metrics on {metrics.url}")
        _warn(settings, bound_name(sockets))

    limit = RateLimit(Rate.read(server.rate_limit)) if server.rate_limit else None
    work = partial(_serve, settings, sockets, limit, metrics)
    if server.processes == 1:
        exit_on_signals()
        work(announce)
    else:
        everywhere = [*sockets, *(metrics.sockets if metrics else ())]
        table = metrics.table if metrics else None
        with service_log(settings, is_to_fork=True):
            run_workers(server.processes, work, announce, everywhere, server.drain_seconds, table)


def _serve(
    settings: Settings,
    sockets: Sequence[socket],
    limit: RateLimit | None,
    metrics: MetricsService | None,
    ready: Callable[[int], None],
) -> None:
    """Open the index and serve it; `ready` is called with the number of documents once it is open."""
    with (
        closing(_open(settings)) as engine,
        service_log(settings),
        metrics.answering(engine) if metrics else nullcontext(lambda: None) as stopping,
    ):
        app = create_app(settings, engine)
        searcher = Searcher(engine)
        searcher.search(Question("warm"))  # load the analyzer before the first request
        PROCESSES.set(1)
        ready(searcher.info().documents)
        serve(app, sockets, settings.server, limit, stopping)


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


def _address(host: str, port: int) -> str:
    shown = "localhost" if host in _ALL_ADDRESSES else f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{shown}:{port}/"


if __name__ == "__main__":
    main()
