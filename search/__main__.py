"""`python -m search QUERY`: search from the command line, for a person or, with --json, for a program."""

import click
import msgspec

from search.cli import reporting_errors
from search.results import Answer, DocumentHit, Highlight


@click.command(help="Search an index for QUERY; an empty QUERY lists everything, newest first.")
@click.argument("query", nargs=-1)
@click.option("--index", "url", metavar="URL", help="The index, such as auto:var/index (the default).")
@click.option("--settings", metavar="FILE", help="Settings, instead of opis.toml.")
@click.option("--facet", "facets", metavar="NAME", multiple=True, help="Count this facet; repeat for more.")
@click.option("--match", type=click.Choice(["all", "any"]), help="All words (the default) or any of them.")
@click.option("--json", "as_json", is_flag=True, help="Print the body of the JSON endpoint.")
@reporting_errors
def main(
    query: tuple[str, ...],
    url: str | None,
    settings: str | None,
    facets: tuple[str, ...],
    match: str | None,
    as_json: bool,
) -> None:
    from search.api.parameters import parse_parameters  # noqa: PLC0415
    from search.api.payload import answer_payload  # noqa: PLC0415
    from search.engines import open_engine  # noqa: PLC0415 - `--help` need not load an engine
    from search.searcher import Searcher  # noqa: PLC0415
    from search.settings import load_settings  # noqa: PLC0415

    configured = load_settings(settings)
    pairs = [("q", " ".join(query)), *(("facet", name) for name in facets)]
    question = parse_parameters(pairs + ([("match", match)] if match else []), configured.schema)
    engine = open_engine(url or configured.index, configured.schema)
    try:
        answer = Searcher(engine).search(question)
    finally:
        engine.close()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(answer_payload(answer))).decode())
    else:
        click.echo(_screen(answer, show_facets=bool(facets)))


def _screen(answer: Answer, *, show_facets: bool) -> str:
    lines = [_headline(answer)]
    lines += [f"  note: {diagnostic.message}" for diagnostic in answer.query.diagnostics]
    if answer.suggestion:
        lines.append(f"  Did you mean: {answer.suggestion}")
    for number, found in enumerate(answer.hits, 1):
        lines += ["", *_hit(number, found)]
    for facet in answer.facets if show_facets else ():
        lines += ["", facet.field.capitalize()]
        lines += [f"  {value.count:>6,}  {value.value}" for value in facet.values]
        lines += [f"  {facet.missing:>6,}  (none)"] if facet.missing else []
    return "\n".join(lines)


def _headline(answer: Answer) -> str:
    documents = "1 document" if answer.total == 1 else f"{answer.total:,} documents"
    shown = f", the first {len(answer.hits)}" if answer.total > len(answer.hits) else ""
    relaxed = "; none has all the words, these have some" if answer.query.relaxed else ""
    return f"{documents}{shown}{relaxed}"


def _hit(number: int, found: DocumentHit) -> list[str]:
    document = found.document
    about = " · ".join(
        part for part in (document.date.text if document.date else "", *document.authors) if part
    )
    titles = [highlight for highlight in found.highlights if highlight.field == "title"]
    title = _marked(titles[0]) if titles else document.title
    passages = [highlight for highlight in found.highlights if highlight.field != "title"]
    lines = [f"{number:>3}. {title}", f"     {about}" if about else "", f"     {document.id}"]
    lines += [f"       {_marked(highlight)}" for highlight in passages]
    return [line for line in lines if line]


def _marked(highlight: Highlight) -> str:
    """The text with its matches in bold, which click drops where the output is no terminal."""
    return highlight.shown(str, lambda text: click.style(text, bold=True))


if __name__ == "__main__":
    main()
