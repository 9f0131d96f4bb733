"""The command `opis-index`, also `python -m index`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from search.cli import (
    INTERRUPTED,
    SOME_FAILED,
    TERMINATED,
    Terminated,
    debug_option,
    index_options,
    reporting_errors,
    stopping_on_signals,
    version_option,
)

if TYPE_CHECKING:
    from index.runs.report import IndexReport
    from index.verification import Verification
    from search.settings import Settings

DONE, DAMAGED = 0, 3


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@index_options
@click.option(
    "--rebuild", is_flag=True, help="Read everything again, into a new index that replaces the old one."
)
@click.option(
    "--remove",
    "removed",
    multiple=True,
    metavar="SOURCE",
    help="Remove the documents of this SOURCE.",
)
@click.option(
    "--allow-removal", is_flag=True, help="Let a SOURCE lose most or all of its documents in this run."
)
@click.option("--watch", is_flag=True, help="Keep running, and index again as files change, until Ctrl-C.")
@click.option("--verify", is_flag=True, help="Compare every file of the index with its checksum.")
@click.option(
    "--list",
    "list_name",
    metavar="NAME",
    help="Print a list of the report, one file a line: no-text, undated, no-author, skipped …",
)
@click.option("--json", "as_json", is_flag=True, help="Print each report as one line of JSON.")
@version_option
@debug_option
@reporting_errors
@stopping_on_signals()
def main(  # noqa: PLR0913, PLR0917 - one for each option
    sources: tuple[str, ...],
    url: str | None,
    file: str | None,
    rebuild: bool,
    removed: tuple[str, ...],
    allow_removal: bool,
    watch: bool,
    verify: bool,
    list_name: str | None,
    as_json: bool,
) -> None:
    """Make the documents of each SOURCE searchable.

    A SOURCE is a folder, a file, or records as .jsonl or .csv (also .gz). Only files that
    changed since the last run are read again; documents whose files are gone are removed.
    """
    if not (sources or removed or verify or list_name):
        raise click.UsageError("Name at least one SOURCE to index, for example: opis-index seeds/")
    report = verified = None
    try:
        from search.errors import RemovalRefused  # noqa: PLC0415 - --help is to be quick
        from search.settings import load_settings  # noqa: PLC0415

        settings = load_settings(file)
        url = url or settings.index
        if sources or removed:
            waiting = (RemovalRefused,) if watch else ()
            with _saying(*waiting):
                report = _run(sources, removed, settings, url, rebuild=rebuild, allow_removal=allow_removal)
        if report and not list_name:
            click.echo(report.to_json() if as_json else report.to_screen(index=url))
        if list_name:
            _list(list_name, settings, url)
        if verify:
            verified = _verify(settings, url, as_json=as_json)
        if watch and sources:
            _watch(sources, settings, url, as_json=as_json)
    except KeyboardInterrupt as stopped:
        click.echo("Stopped. The index is as the last completed run left it.", err=True)
        sys.exit(TERMINATED if isinstance(stopped, Terminated) else INTERRUPTED)
    if verified and verified.problems:
        sys.exit(DAMAGED)
    sys.exit(SOME_FAILED if report and report.failed else DONE)


@contextmanager
def _saying(*errors: type[Exception]) -> Iterator[None]:
    """Say one of these errors, and go on: under `--watch`, the source may come back."""
    try:
        yield
    except errors as error:
        click.echo(f"Error: {error}", err=True)


def _list(name: str, settings: "Settings", url: str) -> None:
    from index.runs.listing import LISTS, listed  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415
    from search.errors import SettingsError  # noqa: PLC0415

    if name not in LISTS:
        raise SettingsError(f"There is no list {name!r}; there are {', '.join(LISTS)}.")
    engine = open_engine(url, settings.schema)
    try:
        for line in listed(name, engine):
            click.echo(line)
    finally:
        engine.close()


def _verify(settings: "Settings", url: str, *, as_json: bool) -> "Verification":
    from index.verification import verify  # noqa: PLC0415

    found = verify(url, settings)
    click.echo(found.to_json() if as_json else found.to_screen())
    return found


def _watch(sources: tuple[str, ...], settings: "Settings", url: str, *, as_json: bool) -> None:
    """Run again whenever files have changed; a run that fails is repeated at the next change."""
    from index.sources.watch import changes  # noqa: PLC0415
    from search.errors import SearchError  # noqa: PLC0415

    click.echo("Watching for changes (stop with Ctrl-C).", err=True)
    for _ in changes(sources):
        with _saying(SearchError):
            report = _run(sources, (), settings, url)
            click.echo(report.to_json() if as_json else report.to_screen(index=url))


def _run(
    sources: tuple[str, ...],
    removed: tuple[str, ...],
    settings: "Settings",
    url: str,
    *,
    rebuild: bool = False,
    allow_removal: bool = False,
) -> "IndexReport":
    from index.indexer import Indexer  # noqa: PLC0415
    from index.metadata.labels import Labels  # noqa: PLC0415
    from index.runs.progress import ProgressLine  # noqa: PLC0415
    from index.sources.files import check_source  # noqa: PLC0415
    from index.workers.machine import limits_of, worker_count  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415

    labels = Labels.of(settings.labels)
    for source in sources:
        check_source(source)  # before an empty index is created
    schema = settings.schema
    engine = open_engine(url, schema, create=True)
    progress = ProgressLine()
    try:
        workers = worker_count()
        limits = limits_of(workers, settings.limits.seconds)
        return Indexer(engine, schema, labels, workers, limits).run(
            sources, removed=removed, rebuild=rebuild, progress=progress, allow_removal=allow_removal
        )
    finally:
        progress.done()
        engine.close()


if __name__ == "__main__":
    main(prog_name="python -m index")
