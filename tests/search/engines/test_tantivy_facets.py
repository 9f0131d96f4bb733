"""Facets in Tantivy are what counting gives, whichever way they are counted.

1. By numbers or by names, in few documents or in many, asked for the first time or again, with or without
   documents that have no value.
2. Of more values than Tantivy returns in one call, and of several such facets at once.
3. Of 200,000 values (slow).
4. The dates of one year, and of several, are divided alike whether all days are known or only their years.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from search.document import Document
from search.engines import Engine, open_engine
from search.engines.tantivy import buckets, value_counts
from search.facets.values import value_facet
from search.query.tree import Query, Term
from search.request import DateFacetRequest, FacetRequest, FieldFilter, SearchRequest
from search.results import DateFacet, Facet
from search.schema import Schema
from tests.archive import document, fill, fill_segments


def documents(seed: int, complete: bool) -> list[Document]:
    """Documents whose authors are few in most of them and many in the rest; some, or just one, have none."""
    random = Random(seed)
    authors = ["Kim", "Mao", "Zhou", *(f"Author {number:02}" for number in range(40))]
    shares = [40, 20, 20, *([1] * 40)]
    without = range(0, 120, 7) if not complete else range(1 if seed % 2 else 0)
    return [
        document(
            f"d{number:03}",
            random.choice(("war", "war peace", "peace")),
            authors=() if number in without else dict.fromkeys(random.choices(authors, shares, k=2)),
            recipients=random.choices(authors, k=1),
        )
        for number in range(120)
    ]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"tantivy:{tmp_path / 'index'}", Schema(), create=True)
    yield opened
    opened.close()


def check(engine: Engine, made: list[Document], field: str, query: Query) -> None:
    """The pages of a facet are those of a count by hand."""
    found = [item for item in made if "war" in item.body.split()]
    values = [item.authors if field == "author" else item.recipients for item in found]
    counts = Counter(value for given in values for value in given)
    missing = sum(not given for given in values)
    pages = [
        FacetRequest(field, limit, offset=offset) for limit, offset in ((3, 0), (10, 0), (5, 5), (99, 0))
    ]
    pages += [FacetRequest(field, 4, ("Author 07", "nobody", "Mao"), offset) for offset in (0, 4)]
    for request in (*pages, FacetRequest(field, 7, order="value")):
        for _ in range(2):
            [facet] = engine.search(SearchRequest(query, facets=(request,), limit=1)).facets
            assert facet == value_facet(request, counts, missing)


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_1_facets_are_what_counting_gives(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, few: int, complete: bool, seed: int
) -> None:
    monkeypatch.setattr(value_counts, "FEW", few)
    made = documents(seed, complete)
    fill_segments(engine, made)
    for field in ("author", "recipient"):
        check(engine, made, field, Term("war"))


@pytest.mark.parametrize("few", [0, 2000])
def test_2_more_values_than_are_returned_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(value_counts, "FEW", few)
    monkeypatch.setattr(buckets, "MOST_BUCKETS", 9)
    made = documents(3, complete=False)
    fill_segments(engine, made)
    for field in ("author", "recipient"):
        check(engine, made, field, Term("war"))
    both = tuple(FacetRequest(field, 60) for field in ("author", "recipient"))
    filters = (FieldFilter("author", frozenset({"Kim"})),)
    for facet in engine.search(SearchRequest(Term("war"), filters, both)).facets:
        assert isinstance(facet, Facet)
        assert facet.total == len(facet.values) > 9


@pytest.mark.slow
def test_3_two_hundred_thousand_values(engine: Engine) -> None:
    fill(
        engine,
        (
            document(f"d{number}", "war", authors=[f"Author {number}.{i}" for i in range(100)])
            for number in range(2000)
        ),
    )
    requests = (FacetRequest("author", 5), FacetRequest("author", 5, order="value"))
    for request in requests:
        [facet] = engine.search(SearchRequest(facets=(request,))).facets
        assert isinstance(facet, Facet)
        assert facet.total == 200_000
        assert [value.count for value in facet.values] == [1] * 5


@pytest.mark.parametrize(
    ("dates", "interval"),
    [
        (["1951-07-03", "1951-07-09"], "day"),
        (["1951-07-03", "1951-08-09"], "month"),
        (["1951-07-03", "1952-01-01"], "year"),
        (["1951-07-03", "1991-07-03"], "year"),
        (["1951-07-03", "1991-09-03"], "decade"),
        (["1951-07-03", "2001"], "decade"),
        (["1951-07-03", "1951"], "month"),
    ],
)
def test_4_dates_are_divided_by_their_outermost_days(engine: Engine, dates: list[str], interval: str) -> None:
    fill(engine, [document(f"d{date}", "war", date=date) for date in dates])
    [facet] = engine.search(SearchRequest(facets=(DateFacetRequest(),))).facets
    assert isinstance(facet, DateFacet)
    assert facet.interval == interval
    assert facet.missing == 0
