"""How good is the ranking? TREC queries and judgements in, AP, nDCG@10, P@10 and R@100 out.

    python -m search.evaluate --index URL --queries queries.tsv --qrels qrels.txt

`queries.tsv` holds `id TAB text`, `qrels.txt` the TREC format `id 0 document grade`; a grade above 0
is relevant. AP is taken over the top 1000 (Buckley and Voorhees, "Retrieval System Evaluation",
2005), nDCG@10 with the gain of the grade and a discount of log2(rank + 1) (Järvelin and Kekäläinen,
2002). Queries are read as a user's are, with match=any unless another is chosen; those without a judgement
are left out.
"""

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Literal, get_args

import click
import msgspec

from search.cli import debug_option, index_options, reporting_errors
from search.engines import Engine, open_engine
from search.errors import SettingsError
from search.request import Question
from search.searcher import Searcher
from search.settings import load_settings

DEPTH = 1000
"""Hits of a ranking that are measured."""

Grades = Mapping[str, int]
"""Document id -> grade of a judgement; above 0 it is relevant."""

Match = Literal["any", "default"]
"""Whether documents must have any word of a query, or what those who do not choose get."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one ranking, or their means over many."""

    average_precision: float
    ndcg_10: float
    precision_10: float
    recall_100: float

    def rounded(self) -> dict[str, float]:
        """Name of the measure -> its value, to four digits."""
        names = ("AP", "nDCG@10", "P@10", "R@100")
        figures = (self.average_precision, self.ndcg_10, self.precision_10, self.recall_100)
        return {name: round(figure, 4) for name, figure in zip(names, figures, strict=True)}


def measure(ranking: Sequence[str], grades: Grades) -> Scores:
    """The measures of one ranking against the grades of the judged documents."""
    relevant = {doc for doc, grade in grades.items() if grade > 0}
    gains = [max(0, grades.get(doc, 0)) for doc in ranking[:DEPTH]]
    found = 0
    precisions = []
    for rank, gain in enumerate(gains, 1):
        if gain > 0:
            found += 1
            precisions.append(found / rank)
    return Scores(
        average_precision=sum(precisions) / len(relevant),
        ndcg_10=_dcg(gains[:10]) / _dcg(sorted((grades[doc] for doc in relevant), reverse=True)[:10]),
        precision_10=sum(gain > 0 for gain in gains[:10]) / 10,
        recall_100=sum(gain > 0 for gain in gains[:100]) / len(relevant),
    )


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of each measure."""
    return Scores(
        fmean(s.average_precision for s in scores),
        fmean(s.ndcg_10 for s in scores),
        fmean(s.precision_10 for s in scores),
        fmean(s.recall_100 for s in scores),
    )


def evaluate(
    engine: Engine, queries: Mapping[str, str], judgements: Mapping[str, Grades], match: Match = "any"
) -> list[Scores]:
    """The measures of each query (id -> text) that has a relevant document."""
    searcher = Searcher(engine)
    judged = {query_id for query_id, grades in judgements.items() if any(g > 0 for g in grades.values())}
    return [
        measure(ranking(searcher, text, match, DEPTH), judgements[query_id])
        for query_id, text in queries.items()
        if query_id in judged
    ]


def ranking(searcher: Searcher, text: str, match: Match, depth: int) -> list[str]:
    """The ids of the first documents for a query, at most `depth`."""
    return searcher.ranking(Question(text, None if match == "default" else match, facets=()), depth)


def read_queries(path: Path) -> dict[str, str]:
    """Query id -> text. Raises SettingsError if the file is unreadable or empty."""
    lines = (line.split("\t", 1) for line in _lines(path))
    queries = {columns[0]: columns[1] for columns in lines if len(columns) == 2}
    _require(queries, path)
    return queries


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Query id -> document id -> grade. Raises SettingsError if the file is unreadable or empty."""
    judgements: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        match line.split():
            case [query_id, _, document, grade] if grade.lstrip("-").isdigit():
                judgements.setdefault(query_id, {})[document] = int(grade)
    _require(judgements, path)
    return judgements


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


def _require(read: Sized, path: Path) -> None:
    if not read:
        raise SettingsError(f"{path} has no line of the expected form; see python -m search.evaluate --help.")


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


@click.command(help="Measure an index's ranking on TREC queries and judgements.")
@index_options
@click.option("--queries", required=True, type=click.Path(path_type=Path), help="Lines of: id TAB text.")
@click.option(
    "--qrels", required=True, type=click.Path(path_type=Path), help="Lines of: id 0 document grade."
)
@click.option("--match", type=click.Choice(get_args(Match)), default="any", help="What users choose, or not.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@debug_option
@reporting_errors
def main(url: str | None, file: str | None, queries: Path, qrels: Path, match: Match, as_json: bool) -> None:
    configured = load_settings(file)
    asked, judged = read_queries(queries), read_judgements(qrels)
    engine = open_engine(url or configured.index, configured.schema)
    try:
        scores = evaluate(engine, asked, judged, match)
    finally:
        engine.close()
    if not scores:
        raise SettingsError(f"No query of {queries} is judged in {qrels}.")
    figures = {**mean(scores).rounded(), "queries": len(scores)}
    if as_json:
        click.echo(msgspec.json.encode(figures).decode())
    else:
        click.echo("\n".join(f"{name:>8}  {figure}" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
