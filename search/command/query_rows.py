"""The rows of a list of queries: for each query how many documents it finds, and its best hits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from search.answer import DocumentHit
from search.api.urls import document_url
from search.command.query_list import ListedQuery
from search.errors import ParameterError, QueryTimeout, QueryTooCostly
from search.export.csv import table
from search.export.jsonl import json_line
from search.one_line import one_line
from search.parameters.question import parse_parameters
from search.request import Question
from search.searcher import Searcher


class QueryRow(msgspec.Struct, frozen=True):
    """One hit of a query, or the only row of a query without any.

    `total` is the number of documents that the query finds, null where it was refused, and `error` says why.
    `date` is as written, `passage` the text around a match in plain words, `link` the document's page with
    the matches marked.
    """

    query: str
    total: int | None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    passage: str | None = None
    link: str | None = None
    error: str | None = None


@dataclass(slots=True)
class QueryList:
    """Answers queries with the other parameters of one search, `pairs`, as rows.

    All words must match unless `pairs` have a `match`: nothing is relaxed, so a total is certain. `base` is
    what comes before the path of a link. `answered` and `refused` count queries as rows are read.
    """

    searcher: Searcher
    pairs: Sequence[tuple[str, str]]
    base: str = ""
    answered: int = 0
    refused: int = 0

    def rows(self, queries: Iterable[ListedQuery]) -> Iterator[QueryRow]:
        """The rows of queries in their order. Raises EngineError alone."""
        for query in queries:
            try:
                if query.problem:
                    raise ParameterError("q", query.problem)
                yield from self._hits(query.text)
            except (ParameterError, QueryTimeout, QueryTooCostly) as error:
                self.refused += 1
                yield QueryRow(query.text, None, error=str(error))
            self.answered += 1

    def _hits(self, text: str) -> Iterator[QueryRow]:
        question = parse_parameters([("q", text), *self.pairs], self.searcher.schema)
        answer = self.searcher.hits(replace(question, match=question.match or "all"))
        if not answer.hits:
            yield QueryRow(text, answer.total)
        for hit in answer.hits:
            document = hit.document
            yield QueryRow(
                query=text,
                total=answer.total,
                id=document.id,
                title=one_line(document.title),
                date=one_line(document.date.text) if document.date else None,
                passage=_passage(hit),
                link=self.base + document_url(document.id, Question(text)),
            )


def _passage(hit: DocumentHit) -> str | None:
    """The first passage of the text with a match, else of another field, else the first of all; no title."""
    passages = [highlight for highlight in hit.highlights if highlight.field != "title"]
    if not passages:
        return None
    chosen = min(passages, key=lambda item: (not item.ranges, item.field != "body"))
    return one_line(chosen.text)


def as_csv(rows: Iterable[QueryRow]) -> Iterator[bytes]:
    """The rows as CSV with a header, for spreadsheets: no cell is a formula."""
    return table(QueryRow.__struct_fields__, map(msgspec.structs.astuple, rows))


def as_json_lines(rows: Iterable[QueryRow]) -> Iterator[bytes]:
    """The rows as JSON, one a line."""
    return map(json_line, rows)


ROW_FORMATS: Mapping[str, Callable[[Iterable[QueryRow]], Iterator[bytes]]] = {
    "csv": as_csv,
    "jsonl": as_json_lines,
}
"""The formats of the rows, by name."""
