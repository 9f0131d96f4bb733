"""The outputs of `opis-search`: text, JSON, an export of all results, and the rows of a list of queries.

What only some of them need is imported where it is needed, so that none starts more slowly for the others.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click
import msgspec

from search.api.payload import answer_payload
from search.cli import say, write
from search.command.answer_text import answer_text
from search.command.options import LIMIT, command_line, given_pairs, in_options
from search.errors import ParameterError, SettingsError
from search.parameters.export import MEDIA_TYPES
from search.parameters.parameter import OneOf, WholeNumber
from search.parameters.question import PER_PAGE, parse_parameters
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, Site

if TYPE_CHECKING:
    from search.command.query_list import ListedQuery

_ROWS = ("csv", "jsonl")  # formats of rows
_MOST = 10**9 - 1  # documents of an export
_EVERY = 100  # queries, after which the progress is shown


class Output(Protocol):
    """What the command line asks for."""

    def print(self, searcher: Searcher) -> bool:
        """Print it; whether all of it could be answered. Raises SearchError."""


@dataclass(frozen=True, slots=True)
class _Text:
    question: Question
    site: Site
    options: Mapping[str, Any]

    def print(self, searcher: Searcher) -> bool:
        with searcher.reading():
            answer = searcher.search(self.question)
            if self.options["explain"]:  # which tells of the hits alone
                answer = replace(answer, more=None)
            say(answer_text(answer, searcher.schema, self._again, show_facets=bool(self.options["facet"])))
            if self.options["explain"]:
                from search.command.explanation_text import explanation_text  # noqa: PLC0415

                say(f"\n{explanation_text(searcher.explain(self.question))}")
            if self.options["receipt"]:
                from search.api.receipt import receipt_now  # noqa: PLC0415
                from search.receipt.text import receipt_text  # noqa: PLC0415

                receipt = receipt_now(answer, searcher.date_certainty(self.question), self.site)
                say(f"\n{receipt_text(receipt, searcher.schema)}".rstrip("\n"))
        return True

    def _again(self, question: Question) -> str:
        chosen = (("--index", self.options["url"]), ("--settings", self.options["file"]))
        return command_line(question, [part for pair in chosen if pair[1] for part in pair])


@dataclass(frozen=True, slots=True)
class _Json:
    question: Question
    site: Site

    def print(self, searcher: Searcher) -> bool:
        payload = answer_payload(searcher.search(self.question), self.site.base_url)
        say(msgspec.json.format(msgspec.json.encode(payload)).decode())
        return True


@dataclass(frozen=True, slots=True)
class _Export:
    question: Question
    site: Site
    form: str
    limit: int | None

    def print(self, searcher: Searcher) -> bool:
        from search.export import EXPORTS, ExportContext  # noqa: PLC0415

        with searcher.export(self.question) as export:
            if export.query.relaxed:
                click.echo("No document has all the words: those with some of them are written.", err=True)
            documents = islice(export, self.limit)
            write(EXPORTS[self.form].write(documents, ExportContext.today(self.site, searcher.document)))
        return True


@dataclass(frozen=True, slots=True)
class _Rows:
    path: str
    pairs: Sequence[tuple[str, str]]
    site: Site
    form: str

    def print(self, searcher: Searcher) -> bool:
        from search.command.query_rows import ROW_FORMATS, QueryList  # noqa: PLC0415

        answers = QueryList(searcher, self.pairs, self.site.base_url)
        with searcher.reading():
            write(ROW_FORMATS[self.form](answers.rows(_with_progress(_queries(self.path)))))
        if answers.refused:
            refused = f"{answers.refused:,} of {answers.answered:,} queries"
            click.echo(f"{refused} could not be answered; the column error says why.", err=True)
        return not answers.refused


def output_of(words: Sequence[str], options: Mapping[str, Any], settings: Settings) -> Output:
    """The output that words and options ask for. Raises SearchError for what cannot be used."""
    pairs = dict.fromkeys(given_pairs(options))
    form, limit = options["format"], options["limit"]
    if options["queries"]:
        OneOf(_ROWS).read("--format of --queries", form or "csv")
        if limit is None:
            pairs[PER_PAGE.name, "1"] = None
        _question("", pairs, settings.schema)
        return _Rows(options["queries"], tuple(pairs), settings.site, form or "csv")
    if form:
        OneOf(tuple(MEDIA_TYPES)).read("--format", form)
        most = None if limit is None else WholeNumber(_MOST).read(LIMIT, limit)
        pairs.pop((PER_PAGE.name, limit), None)
        return _Export(_question(" ".join(words), pairs, settings.schema), settings.site, form, most)
    question = _question(" ".join(words), pairs, settings.schema)
    return _Json(question, settings.site) if options["json"] else _Text(question, settings.site, options)


def _question(text: str, pairs: Iterable[tuple[str, str]], schema: Schema) -> Question:
    try:
        return parse_parameters([("q", text), *pairs], schema)
    except ParameterError as error:
        raise in_options(error) from error


def _queries(path: str) -> Iterator["ListedQuery"]:
    from search.command.query_list import listed_queries  # noqa: PLC0415

    try:
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
            yield from listed_queries(file, path)
    except OSError as error:
        raise SettingsError(f"The list of queries {path} cannot be read: {error.strerror}.") from error


def _with_progress(queries: Iterable["ListedQuery"]) -> Iterator["ListedQuery"]:
    """The queries; how many there were so far is shown on a terminal, unless the rows are."""
    shown = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, query in enumerate(queries, 1):
        yield query
        if shown and not number % _EVERY:
            click.echo(f"\r{number:,} queries", err=True, nl=False)
    if shown:
        click.echo("\r", err=True, nl=False)
