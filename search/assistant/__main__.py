"""`opis-mcp`: serve an index to assistants, over stdin and stdout or over HTTP, until it is stopped."""

import signal

import click

from search.cli import debug_option, index_options, reporting_errors, version_option
from search.errors import SettingsError


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@index_options
@click.option(
    "--http", "address", metavar="HOST:PORT", help="Serve HTTP on this address, instead of stdin and stdout."
)
@version_option
@debug_option
@reporting_errors
def main(url: str | None, file: str | None, address: str | None) -> None:
    """Serve an index to assistants by the Model Context Protocol: read-only tools to search and to read."""
    try:
        import mcp  # noqa: F401, PLC0415 - an extra, and `--help` need not load it
    except ImportError as error:
        raise SettingsError("opis-mcp needs an extra; install it with: pip install 'opis[mcp]'") from error
    from search.archive import open_archive  # noqa: PLC0415
    from search.assistant.http import PATH, allowed, http_server, listen  # noqa: PLC0415
    from search.assistant.server import assistant_server, serve_stdio  # noqa: PLC0415
    from search.listening.address import Address  # noqa: PLC0415

    where = Address.read(address) if address is not None else None
    with open_archive(url, file) as archive:
        server = assistant_server(archive)
        if where is None:
            _end_on_signals()
            serve_stdio(server)
            return
        web = http_server(server, allowed(where, archive.settings.site.base_url))
        with listen(where) as listener:
            click.echo(
                f"Serving {archive.info.documents:,} documents to assistants on "
                f"http://{where.name}:{listener.getsockname()[1]}{PATH} (stop with Ctrl-C)",
                err=True,
            )
            _end_on_signals()
            web.run(sockets=[listener])


def _end_on_signals() -> None:
    """Let signals end the process as they do by default: a thread that waits for stdin knows no exception."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    main()
