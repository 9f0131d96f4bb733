"""`opis-search QUERY`: search from the command line, for a person or, with --json, for a program."""

from dataclasses import replace

import click
import msgspec

from search.cli import debug_option, reporting_errors


@click.command(help="Search an index for QUERY; an empty QUERY lists everything, newest first.")
@click.argument("query", nargs=-1)
@click.option("--index", "url", metavar="URL", help="The index, such as auto:var/index (the default).")
@click.option("--settings", metavar="FILE", help="Settings, instead of opis.toml.")
@click.option("--facet", "facets", metavar="NAME", multiple=True, help="Count this facet; repeat for more.")
@click.option(
    "--match", type=click.Choice(["all", "any", "most"]), help="All words, any of them, or any, most first."
)
@click.option("--explain", is_flag=True, help="Print below the results why each has its score.")
@click.option("--json", "as_json", is_flag=True, help="Print the body of the JSON endpoint.")
@debug_option
@reporting_errors
def main(  # noqa: PLR0913, PLR0917 - one for each option
    query: tuple[str, ...],
    url: str | None,
    settings: str | None,
    facets: tuple[str, ...],
    match: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    from search.api.parameters import parse_parameters  # noqa: PLC0415
    from search.api.payload import answer_payload  # noqa: PLC0415
    from search.api.terminal import answer_text, explanation_text  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415 - `--help` need not load an engine
    from search.searcher import Searcher  # noqa: PLC0415
    from search.settings import load_settings  # noqa: PLC0415

    if explain and as_json:
        raise click.UsageError("--explain prints text: leave out --json.")
    configured = load_settings(settings)
    pairs = [("q", " ".join(query)), *(("facet", name) for name in facets)]
    question = parse_parameters(pairs + ([("match", match)] if match else []), configured.schema)
    engine = open_engine(url or configured.index, configured.schema)
    try:
        searcher = Searcher(engine, configured.limits.query_cost)
        answer = searcher.search(question)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(answer_payload(answer))).decode())
            return
        if explain:  # which tells of the hits alone
            answer = replace(answer, more=None)
        click.echo(answer_text(answer, show_facets=bool(facets)))
        if explain:
            click.echo(f"\n{explanation_text(searcher.explain(question))}")
    finally:
        engine.close()


if __name__ == "__main__":
    main()
