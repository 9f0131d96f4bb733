"""`opis-serve`: serve an index on the web until SIGTERM or SIGINT."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from search.cli import LOG_FORMATS, debug_option, index_options, reporting_errors, version_option
from search.listening.address import Address
from search.listening.sockets import listen
from search.log.service_log import service_log
from search.settings import MOST_PORT, MOST_PROCESSES, LogFormat, Server, Settings, load_settings
from search.wording.counts import plural
from webui.server.descriptors import connection_limit
from webui.server.service_manager import Sockets, received_sockets
from webui.server.supervised import Supervised
from webui.server.supervisor import supervise

_SERVER = Server()
_UNNAMED = "The pages bear the name of the folder; the setting site.title gives the archive one of its own."
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
    type=click.Choice(LOG_FORMATS),
    help="How requests and messages are logged to stderr, else the setting log.",
)
@version_option
@debug_option
@reporting_errors
def main(**options: Any) -> None:
    """Serve an index as a web site with a JSON API."""
    supervised = Supervised.inherited()
    if supervised:
        with supervised.reporting_errors():
            _serve(_settings(**options), supervised.sockets, supervised.ready, supervised)
        return
    settings = _settings(**options)
    connection_limit()  # raises where the system allows too few
    given = received_sockets()
    sockets = _listening(settings.server, given)
    host, port = sockets.pages[0].getsockname()[:2]
    where = _address(host if given.pages else settings.server.host, port)

    def announce(documents: int) -> None:
        processes = settings.server.processes
        several = f" with {processes} processes" if processes > 1 else ""
        click.echo(f"Serving {plural(documents, 'document')} on {where}{several} (stop with Ctrl-C)")
        if sockets.metrics:
            address = Address(*sockets.metrics[0].getsockname()[:2])
            click.echo(f"Metrics on http://{address.name}:{address.port}/metrics")
        if not settings.site.given_title:
            click.echo(_UNNAMED)

    if sys.platform == "win32":
        _serve(settings, sockets, announce)
    else:
        with service_log(settings, is_to_fork=True):
            supervise(sockets, announce)


def _settings(url: str | None, file: str | None, log: LogFormat | None, **options: Any) -> Settings:
    """The settings of the file and the environment, and what the options say instead."""
    settings = load_settings(file)
    given = {name: value for name, value in options.items() if value is not None}
    server = replace(settings.server, **given)
    return replace(settings, index=url or settings.index, log=log or settings.log, server=server)


def _listening(server: Server, given: Sockets) -> Sockets:
    """The sockets that were handed over, and new ones where there are none."""
    metrics = given.metrics
    if server.metrics and not metrics:
        address = Address.read(server.metrics)
        metrics = listen(address.host, address.port, f"--metrics {address.name}:{{}}")
    return Sockets(given.pages or listen(server.host, server.port), metrics)


def _serve(
    settings: Settings,
    sockets: Sockets,
    ready: Callable[[int], None],
    supervised: Supervised | None = None,
) -> None:
    # What answers requests is loaded where they are answered: the process that supervises needs 30 MB less.
    from webui.serving import serve_index  # noqa: PLC0415

    serve_index(settings, sockets, ready, supervised)


def _address(host: str, port: int) -> str:
    shown = "localhost" if host in _ALL_ADDRESSES else f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{shown}:{port}/"


if __name__ == "__main__":
    main()
