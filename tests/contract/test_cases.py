"""Cases as data, over every engine: cases/<name>/documents.jsonl and searches.toml.

Each search says `params`, the parameters of the JSON API, and what must come back: any of `total`,
`ids` (in order), `first`, `facets` (name -> [[value, count], …]), `understood`, `relaxed`,
`more` (ids) and `more_total`, `suggestion`, `expanded`, `interpretations` (kind, text, filters, count),
`diagnostics` (codes) and `marked` (what of the first hit's highlights is marked).
lists.toml holds lists of a facet's values in the same way.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from search.answer import Answer
from search.document import Document
from search.engines import Engine
from search.parameters.facet_listing import parse_listing
from search.parameters.question import parse_parameters
from search.results import Facet
from search.searcher import Searcher
from tests.archive import read_documents

CASES = Path(__file__).parent / "cases"


def searches() -> Iterator[Any]:
    for file in sorted(CASES.glob("*/searches.toml")):
        for search in tomllib.loads(file.read_text(encoding="utf-8"))["search"]:
            said = "&".join(f"{name}={value}" for name, value in search["params"])
            yield pytest.param(file.parent, search, id=f"{file.parent.name}: {said}")


@pytest.fixture(scope="module")
def searcher_of(engine_of: Callable[[Iterable[Document]], Engine]) -> Callable[[Path], Searcher]:
    """Searches the documents of a case, which all its searches share."""
    return cache(lambda case: Searcher(engine_of(read_documents(case / "documents.jsonl"))))


@pytest.mark.parametrize(("case", "search"), list(searches()))
def test_case(searcher_of: Callable[[Path], Searcher], case: Path, search: dict[str, Any]) -> None:
    searcher = searcher_of(case)
    question = parse_parameters([(name, value) for name, value in search["params"]], searcher.engine.schema)
    answer = searcher.search(question)
    expected = {name: value for name, value in search.items() if name != "params"}
    assert expected, "a case must expect something"
    assert {name: observed(name, answer) for name in expected} == expected


def lists() -> Iterator[Any]:
    for file in sorted(CASES.glob("*/lists.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["list"]:
            said = "&".join(f"{name}={value}" for name, value in case["params"])
            yield pytest.param(file.parent, case, id=f"{file.parent.name}: {case['facet']} {said}")


@pytest.mark.parametrize(("case", "listing"), list(lists()))
def test_list(searcher_of: Callable[[Path], Searcher], case: Path, listing: dict[str, Any]) -> None:
    searcher = searcher_of(case)
    params = [(name, value) for name, value in listing["params"]]
    facet = searcher.list_facet(parse_listing(listing["facet"], params, searcher.engine.schema)).facet
    seen = asdict(facet) | {"values": [[value.value, value.count] for value in facet.values]}
    if isinstance(facet, Facet):
        seen["initials"] = [list(item) for item in facet.initials]
    expected = {name: value for name, value in listing.items() if name not in {"facet", "params"}}
    assert {name: seen[name] for name in expected} == expected


def observed(name: str, answer: Answer) -> Any:
    zero = answer.explain_zero
    dates = [value for facet in answer.facets for value in facet.values if facet.field == "date"]
    return {
        "total": answer.total,
        "more": [found.document.id for found in answer.more.hits] if answer.more else [],
        "more_total": answer.more.total if answer.more else 0,
        "ids": [found.document.id for found in answer.hits],
        "first": answer.hits[0].document.id if answer.hits else "",
        "facets": {facet.field: [[v.value, v.count] for v in facet.values] for facet in answer.facets},
        "possible": {value.value: value.possible for value in dates},
        "missing": {facet.field: facet.missing for facet in answer.facets},
        "understood": answer.query.understood,
        "relaxed": answer.query.relaxed,
        "suggestion": answer.suggestion or "",
        "expanded": [[item.source, list(item.to)] for item in answer.query.expanded],
        "interpretations": [
            [item.kind, item.text, [[f.field, f.value] for f in item.filters], item.count]
            for item in answer.query.interpretations
        ],
        "diagnostics": [diagnostic.code for diagnostic in answer.query.diagnostics],
        "marked": [
            [highlight.field, highlight.text[start:end]]
            for found in answer.hits[:1]
            for highlight in found.highlights
            for start, end in highlight.ranges
        ],
        "terms": [[term.term, term.count] for term in zero.terms] if zero else [],
        "without": [[item.filter.value, item.count_without] for item in zero.filters] if zero else [],
    }[name]
