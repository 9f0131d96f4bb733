"""`python -m webui`: serve an index on the web, until told to stop."""

import errno
import logging
import signal
from dataclasses import replace
from typing import NoReturn

import click
from flask import Flask
from waitress import create_server

from search.__main__ import reporting_errors
from search.engines import Engine, open_engine
from search.errors import IndexMissing, SettingsError
from search.request import Question
from search.searcher import Searcher
from search.settings import Settings, load_settings
from webui import create_app

_EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--index", "url", metavar="URL", help="The index to serve, such as auto:var/index.")
@click.option("--settings", "file", metavar="FILE", help="The settings file, else opis.toml if there is one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@reporting_errors
def main(url: str | None, file: str | None, host: str, port: int) -> None:
    """Serve an index as a web site with a JSON API."""
    settings = load_settings(file)
    if url:
        settings = replace(settings, index=url)
    engine = _open(settings)
    _serve(create_app(settings, engine), engine, host, port)


def _open(settings: Settings) -> Engine:
    try:
        return open_engine(settings.index, settings.schema)
    except IndexMissing as error:
        url = settings.index
        cure = "python -m index FOLDER" + ("" if url == Settings().index else f" --index {url}")
        raise IndexMissing(f"There is no index at {url}; make one with: {cure}") from error


def _serve(app: Flask, engine: Engine, host: str, port: int) -> None:
    """Answer requests until SIGTERM or SIGINT; those under way are finished first."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is no news at every request
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=8,
            ident=None,
            max_request_body_size=1 << 20,
            max_request_header_size=16_384,
            channel_timeout=30,
            clear_untrusted_proxy_headers=True,
        )
    except (OSError, ValueError) as error:
        raise SettingsError(_why_not(error, host, port)) from error
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _stop)
    documents = engine.info().documents
    Searcher(engine).search(Question("warm"))  # the first visitor is not to wait for what is loaded once
    click.echo(
        f"Serving {documents:,} document{'' if documents == 1 else 's'} on "
        f"{_address(host, server.effective_port)} (stop with Ctrl-C)"
    )
    try:
        server.run()  # returns when a signal has raised SystemExit in it
    finally:
        server.close()
        engine.close()


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def _address(host: str, port: int) -> str:
    shown = "localhost" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _why_not(error: OSError | ValueError, host: str, port: int) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use; stop what uses it, or choose another: python -m webui --port {port + 1}"
        )
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return f"Port {port} needs privileges; choose one above 1023, such as --port 8000."
    return f"Cannot listen on {host}, port {port}: {error}."


if __name__ == "__main__":
    main()
