"""Which documents does a query find, and which come first? Tables, one for each kind, over every engine.

cases/<kind>/documents.jsonl has small documents, cases/<kind>/table.txt a query a line, in columns: the
query, other parameters of the JSON API, ids that must be found, ids that must not be found, the id that must
be first, and, for a row that is not true yet, the reason. Such a row fails here as soon as it is true.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from search.parameters.question import parse_parameters
from search.searcher import Searcher
from tests.archive import read_documents
from tests.conftest import ENGINES

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    query: str
    parameters: str
    found: frozenset[str]
    missed: frozenset[str]
    first: str
    pending: str


def rows(table: Path) -> Iterator[Row]:
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, parameters, found, missed, first, pending = map(str.strip, line.split("|"))
            yield Row(query, parameters, frozenset(found.split()), frozenset(missed.split()), first, pending)


def cases() -> Iterator[Any]:
    for name in ENGINES:
        for table in sorted(CASES.glob("*/table.txt")):
            searched = (name, table.parent)  # one object: pytest shares a fixture by identity
            for row in rows(table):
                said = f"{name} {table.parent.name}: {row.query} {row.parameters}".strip()
                pending = [pytest.mark.xfail(strict=True, reason=row.pending)] if row.pending else []
                yield pytest.param(searched, row, id=said, marks=pending)


@pytest.mark.parametrize(("case_searcher", "row"), list(cases()), indirect=["case_searcher"])
def test_a_row(case_searcher: Searcher, row: Row) -> None:
    searcher = case_searcher
    pairs = [("q", row.query), *parse_qsl(row.parameters)]
    ids = [hit.document.id for hit in searcher.search(parse_parameters(pairs, searcher.schema)).hits]
    assert row.found <= set(ids), "found"
    assert row.missed.isdisjoint(ids), "not found"
    assert not row.first or ids[0] == row.first


@pytest.mark.parametrize("table", sorted(CASES.glob("*/table.txt")), ids=lambda table: table.parent.name)
def test_tables_name_their_own_documents(table: Path) -> None:
    known = {document.id for document in read_documents(table.parent / "documents.jsonl")}
    for row in rows(table):
        assert row.found | row.missed | ({row.first} - {""}) <= known, row.query
