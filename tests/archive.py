"""Documents for tests, said briefly."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from search.analyzed import analyze
from search.calendar import BEGINNING, END, parse_range
from search.document import ArchivalDate, Document, Reference
from search.engines import Engine
from search.query.parser import parse
from search.request import SearchRequest
from search.schema import Schema

SEEDS = Path(__file__).parent.parent / "seeds"


def dated(text: str) -> ArchivalDate | None:
    """The date of a partial date or range such as 1951-07..1953; None of an empty one."""
    if not text:
        return None
    days = parse_range(text)
    assert days is not None, text
    return ArchivalDate(
        text,
        None if days.earliest == BEGINNING else days.earliest,
        None if days.latest == END else days.latest,
    )


def document(doc_id: str, body: str = "", **values: Any) -> Document:
    """A document whose title is its id unless it is given, and whose date is said as `dated` reads it."""
    values.setdefault("title", doc_id)
    for name in ("authors", "recipients", "subjects", "files"):
        values[name] = tuple(values.get(name, ()))
    return Document(doc_id, body=body, date=dated(values.pop("date", "")), **values)


def full_of(text: str, doc_id: str, **values: Any) -> Document:
    """A document that has a text in each of its fields, but in those that are given."""
    fields: dict[str, Any] = dict.fromkeys(
        (
            "title", "body", "summary", "collection", "language", "type", "place", "citation", "credits",
            "source_url", "classification", "source",
        ),
        text,
    )  # fmt: skip
    fields |= dict.fromkeys(("authors", "recipients", "subjects"), (text,))
    fields |= {"reference": Reference(text, text, text, text, text, text), "extra": {text: text}}
    return Document(doc_id, **fields | values)


def found(engine: Engine, text: str = "", **request: object) -> list[str]:
    """The ids of the documents that a query finds, in their order; `request` is what else is asked."""
    query = parse(text, engine.schema).query
    asked = replace(SearchRequest(query, limit=100), **request)  # type: ignore[arg-type]
    return [hit.id for hit in engine.search(asked).hits]


def read_documents(path: Path) -> list[Document]:
    """The documents of a JSON Lines file with the keys of `document`."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [document(row.pop("id"), **row) for row in rows]


def fill(engine: Engine, documents: Iterable[Document], schema: Schema | None = None) -> Engine:
    """Put documents into an engine in one transaction."""
    with engine.writer() as writer:
        for item in documents:
            writer.put(analyze(item, schema or engine.schema))
    return engine


def fill_segments(engine: Engine, documents: Sequence[Document]) -> Engine:
    """Put documents into an engine in transactions of 50, which give it several segments."""
    for start in range(0, len(documents), 50):
        fill(engine, documents[start : start + 50])
    return engine
