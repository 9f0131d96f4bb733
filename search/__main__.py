"""`opis-search QUERY`: search from the command line, for a person or a program."""

import sys
from contextlib import closing
from functools import partial
from typing import Any

import click
from click.core import ParameterSource

from search.cli import SOME_FAILED, debug_option, index_options, reporting_errors, version_option
from search.command.options import SearchCommand, completed, search_options
from search.parameters.export import MEDIA_TYPES


@click.command(
    cls=SearchCommand,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Search an index for QUERY; an empty QUERY lists everything, newest first.",
)
@click.argument("query", nargs=-1)
@index_options
@search_options
@click.option(
    "--format",
    metavar="NAME",
    help=f"Write all results: as {', '.join(MEDIA_TYPES)}.",
    shell_complete=partial(completed, tuple(MEDIA_TYPES)),
)
@click.option(
    "--queries", metavar="FILE", help="Answer the queries of a file, one a line, as csv or jsonl; - is stdin."
)
@click.option("--explain", is_flag=True, help="Print below the results why each has its score.")
@click.option("--receipt", is_flag=True, help="Print below the results what they rest on, for a footnote.")
@click.option("--json", is_flag=True, help="Print the body of the JSON endpoint.")
@version_option
@debug_option
@click.pass_context
@reporting_errors
def main(context: click.Context, query: tuple[str, ...], **options: Any) -> None:
    # `--help` need not load an engine; and open_archive would load all exports, for 6 % of a query's time.
    from search.command.contradictions import refuse_contradictions  # noqa: PLC0415
    from search.command.outputs import output_of  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415
    from search.searcher import Searcher  # noqa: PLC0415
    from search.settings import load_settings  # noqa: PLC0415

    refuse_contradictions(_given(context))
    settings = load_settings(options["file"])
    output = output_of(query, options, settings)
    with closing(open_engine(options["url"] or settings.index, settings.schema)) as engine:
        is_done = output.print(Searcher(engine, settings.limits.query_cost))
    if not is_done:
        sys.exit(SOME_FAILED)


def _given(context: click.Context) -> set[str]:
    """The options on the command line, as they are typed, and QUERY if there is one."""
    return {
        param.opts[0] if isinstance(param, click.Option) else "QUERY"
        for param in context.command.params
        if context.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    }


if __name__ == "__main__":
    main()
