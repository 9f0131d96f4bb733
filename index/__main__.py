"""The command `opis-index`, also `python -m index`."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import click

from search.cli import (
    INTERRUPTED,
    LOG_FORMATS,
    SOME_FAILED,
    TERMINATED,
    Terminated,
    debug_option,
    index_options,
    reporting_errors,
    say,
    stopping_on_signals,
    version_option,
)

if TYPE_CHECKING:
    from index.copying import CopyReport
    from index.runs.report import IndexReport
    from index.verification import Verification
    from search.settings import LogFormat, Settings

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
@click.option(
    "--copy-from",
    "source_index",
    metavar="ADDRESS",
    help="Copy the index at this address to that of --index, without reading any SOURCE.",
)
@click.option("--watch", is_flag=True, help="Keep running, and index again as files change, until Ctrl-C.")
@click.option(
    "--log",
    type=click.Choice(LOG_FORMATS),
    help="With --watch: how runs and messages are logged to stderr, else the setting log.",
)
@click.option(
    "--metrics",
    metavar="HOST:PORT",
    help="With --watch: answer with metrics for Prometheus at /metrics of this address, else watch.metrics.",
)
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
    source_index: str | None,
    watch: bool,
    log: "LogFormat | None",
    metrics: str | None,
    verify: bool,
    list_name: str | None,
    as_json: bool,
) -> None:
    """Make the documents of each SOURCE searchable.

    A SOURCE is a folder, a file, or records as .jsonl or .csv (also .gz). Only files that
    changed since the last run are read again; documents whose files are gone are removed.
    """
    if watch:
        if not sources or removed or verify or list_name or source_index:
            raise click.UsageError(
                "--watch takes a SOURCE, and neither --remove nor --verify nor --list nor --copy-from."
            )
        first = {"rebuild": rebuild, "allow_removal": allow_removal}
        _watch(sources, file, {"index": url, "log": log, "watch.metrics": metrics}, first, as_json=as_json)
    if source_index:
        if sources or removed or list_name:
            raise click.UsageError("--copy-from takes no SOURCE, and neither --remove nor --list.")
    elif not (sources or removed or verify or list_name):
        raise click.UsageError("Name at least one SOURCE to index, for example: opis-index seeds/")
    report = copy = verified = None
    try:
        from search.settings import load_settings  # noqa: PLC0415 - --help is to be quick

        settings = load_settings(file)
        settings = replace(settings, index=url or settings.index)
        if source_index:
            copy = _copy(source_index, settings, rebuild=rebuild, as_json=as_json)
        if sources or removed:
            report = _run(sources, removed, settings, rebuild=rebuild, allow_removal=allow_removal)
        if report and not list_name:
            click.echo(report.to_json() if as_json else report.to_screen(index=settings.index))
        if list_name:
            _list(list_name, settings)
        if verify:
            verified = _verify(settings, as_json=as_json)
    except KeyboardInterrupt as stopped:
        click.echo("Stopped. The index is as the last completed run left it.", err=True)
        sys.exit(_code_of(stopped))
    if verified and verified.problems:
        sys.exit(DAMAGED)
    sys.exit(SOME_FAILED if (report and report.failed) or (copy and copy.refused) else DONE)


def _code_of(stopped: KeyboardInterrupt) -> int:
    return TERMINATED if isinstance(stopped, Terminated) else INTERRUPTED


def _copy(source: str, settings: "Settings", *, rebuild: bool, as_json: bool) -> "CopyReport":
    from index.copying import copy_index  # noqa: PLC0415

    found = copy_index(source, settings, rebuild=rebuild)
    click.echo(found.to_json() if as_json else found.to_screen())
    return found


def _list(name: str, settings: "Settings") -> None:
    from index.runs.listing import LISTS, listed  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415
    from search.errors import SettingsError  # noqa: PLC0415

    if name not in LISTS:
        raise SettingsError(f"There is no list {name!r}; there are {', '.join(LISTS)}.")
    engine = open_engine(settings.index, settings.schema)
    try:
        for line in listed(name, engine):
            click.echo(line)
    finally:
        engine.close()


def _verify(settings: "Settings", *, as_json: bool) -> "Verification":
    from index.verification import verify  # noqa: PLC0415

    found = verify(settings.index, settings)
    click.echo(found.to_json() if as_json else found.to_screen())
    return found


def _watch(
    sources: tuple[str, ...],
    file: str | None,
    given: Mapping[str, str | None],
    first: Mapping[str, bool],
    *,
    as_json: bool,
) -> NoReturn:
    """Keep the index up to date until told to stop; `first` are the options of `_run` for the first run."""
    from index.watching.log import is_for_person  # noqa: PLC0415
    from index.watching.service import watch  # noqa: PLC0415

    def run(sources: Sequence[str], settings: "Settings", *, is_first: bool) -> "IndexReport":
        return _run(sources, (), settings, create=is_first, **(first if is_first else {}))

    def show(report: "IndexReport", settings: "Settings", *, is_first: bool) -> None:
        if as_json:
            say(report.to_json())
        elif is_first and is_for_person(given["log"]):
            say(report.to_screen(index=settings.index))

    try:
        watch(sources, file, given, run, show)
    except KeyboardInterrupt as stopped:
        sys.exit(_code_of(stopped))


def _run(
    sources: Sequence[str],
    removed: Sequence[str],
    settings: "Settings",
    *,
    rebuild: bool = False,
    allow_removal: bool = False,
    create: bool = True,
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
    engine = open_engine(settings.index, schema, create=create)
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
