"""Citations as they are written: golden/citations.txt has the cases of cases.toml and those of seeds/.

`pytest --update` rewrites the golden file; the difference is then to be read.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from index.metadata.dates import parse_date
from search.citation import bibtex, citation_key, cite, csl_json, ris
from search.document import Document, Reference
from search.engines import open_engine
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import SEEDS

GOLDEN = Path(__file__).parents[2] / "golden" / "citations.txt"
CASES = Path(__file__).with_name("cases.toml")
ADDRESS = "https://archive.example.org/documents/"


def written(name: str, document: Document, parent_title: str = "") -> str:
    """A case in all formats."""
    found = cite(
        document,
        ADDRESS + document.id,
        date(2026, 11, 26),
        archive_title="Armistice Papers",
        parent_title=parent_title,
    )
    item = found.item
    files = [csl_json(item), ris(item).replace("\r\n", "\n"), bibtex(item, citation_key(item))]
    return "\n".join([f"== {name}", found.note, found.bibliography, "", *files])


def cases() -> Iterator[str]:
    for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]:
        values: dict[str, Any] = dict(case)
        name, parent_title = values.pop("name"), values.pop("parent_title", "")
        for people in ("authors", "recipients"):
            values[people] = tuple(values.get(people, ()))
        if "date" in values:
            values["date"] = parse_date(values["date"])
        if "reference" in values:
            archive, text = values["reference"]
            values["reference"] = Reference(text, archive)
        yield written(name, Document("a", **values), parent_title)


def seeds() -> Iterator[str]:
    engine = open_engine("memory:", Schema())
    Indexer(engine, engine.schema).run([str(SEEDS)])
    for document in sorted(engine.scan(SearchRequest()), key=lambda one: one.id):
        yield written(f"seeds: {document.id}", document)


def test_citations_are_those_of_the_golden_file(pytestconfig: pytest.Config) -> None:
    text = "\n".join([*cases(), *seeds()])
    if pytestconfig.getoption("update"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
