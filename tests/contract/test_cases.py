"""Cases as data, over every engine: cases/<name>/documents.jsonl and searches.toml.

Each search says `params`, the parameters of the JSON API, and what must come back: any of `total`,
`ids` (in order), `first`, `facets` (name -> [[value, count], …]), `understood`, `relaxed`,
`more` (ids) and `more_total`, `suggestion`, `expanded`, `interpretations` (kind, text, filters, count),
`diagnostics` (codes) and `marked` (what of the first hit's highlights is marked).
lists.toml holds lists of a facet's values in the same way.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from search.answer import Answer
from search.parameters.facet_listing import parse_listing
from search.parameters.question import parse_parameters
from search.results import Facet
from search.searcher import Searcher
from tests.conftest import ENGINES

CASES = Path(__file__).parent / "cases"


def searches() -> Iterator[Any]:
    for engine, file in product(ENGINES, sorted(CASES.glob("*/searches.toml"))):
        searched = (engine, file.parent)  # one object: pytest shares a fixture by identity
        for search in tomllib.loads(file.read_text(encoding="utf-8"))["search"]:
            said = "&".join(f"{name}={value}" for name, value in search["params"])
            yield pytest.param(searched, search, id=f"{engine} {file.parent.name}: {said}")


@pytest.mark.parametrize(("case_searcher", "search"), list(searches()), indirect=["case_searcher"])
def test_case(case_searcher: Searcher, search: dict[str, Any]) -> None:
    params = [(name, value) for name, value in search["params"]]
    answer = case_searcher.search(parse_parameters(params, case_searcher.schema))
    expected = {name: value for name, value in search.items() if name != "params"}
    assert expected, "a case must expect something"
    assert {name: observed(name, answer) for name in expected} == expected


def lists() -> Iterator[Any]:
    for engine, file in product(ENGINES, sorted(CASES.glob("*/lists.toml"))):
        searched = (engine, file.parent)
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["list"]:
            said = f"{case['facet']} " + "&".join(f"{name}={value}" for name, value in case["params"])
            yield pytest.param(searched, case, id=f"{engine} {file.parent.name}: {said}")


@pytest.mark.parametrize(("case_searcher", "listing"), list(lists()), indirect=["case_searcher"])
def test_list(case_searcher: Searcher, listing: dict[str, Any]) -> None:
    params = [(name, value) for name, value in listing["params"]]
    facet = case_searcher.list_facet(parse_listing(listing["facet"], params, case_searcher.schema)).facet
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
