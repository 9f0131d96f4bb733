"""Facets of more values than OpenSearch returns at once are exact.

1. Of more than 65,535 values, alone and beside others, by count and in alphabetical order, the first time and
   the next.
2. In parts of any number, each value is counted once.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.document import Document
from search.engines import Engine, open_engine
from search.engines.opensearch.reading import value_counts
from search.facets.values import value_facet
from search.query.tree import MatchAll
from search.request import DateFacetRequest, FacetRequest, FieldFilter, SearchRequest
from search.schema import Schema
from tests.archive import document, fill
from tests.cluster.indexes import index_address

DOCUMENTS = 350
EACH = 200
"""The authors of each document; no two documents share one of them, but for the first."""


def documents() -> Iterator[Document]:
    for number in range(DOCUMENTS):
        own = (f"Author {number * EACH + at:06}" for at in range(EACH))
        yield document(
            f"d{number:03}",
            authors=["Kim", *own],
            recipients=[f"To {number % 90}"],
            date=f"{1901 + number % 50}",
        )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("many")
    with index_address("opensearch", folder) as url:
        opened = open_engine(url, Schema(), create=True)
        yield fill(opened, documents())
        opened.close()


@pytest.mark.slow
def test_1_of_more_values_than_are_returned_at_once(engine: Engine) -> None:
    counts = {f"Author {number:06}": 1 for number in range(DOCUMENTS * EACH)} | {"Kim": DOCUMENTS}
    for _ in range(2):
        for order, offset in (("count", 0), ("value", 69_990)):
            asked = FacetRequest("author", 10, pinned=("Author 000007",), offset=offset, order=order)  # type: ignore[arg-type]
            others = (FacetRequest("recipient", 3), DateFacetRequest())
            results = engine.search(SearchRequest(facets=(asked, *others)))
            assert results.facets[0] == value_facet(asked, counts, 0)
            assert [value.count for value in results.facets[1].values] == [4, 4, 4]
            assert sum(value.count for value in results.facets[2].values) == DOCUMENTS


@pytest.mark.slow
def test_2_in_parts_each_value_is_counted_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = SearchRequest(
        MatchAll(),
        (FieldFilter("recipient", frozenset({"To 1"})),),
        (FacetRequest("recipient", 100), FacetRequest("author", 1000)),
    )
    expected = engine.search(asked)
    monkeypatch.setattr(value_counts, "MOST_VALUES", 37)
    for _ in range(2):
        assert engine.search(asked) == expected
