"""The facets of every engine are what a count by hand gives.

1. Counts are what counting the documents gives, each facet ignoring its own selection.
2. Certain and possible dates are what comparing each document's days with the bucket gives.
3. The pages of a facet's values join, in either order and narrowed by any text, to what sorting a count by
   hand gives; the kept values come first, whatever their count.
4. A date facet within some days lists what touches them; what may be of any of them is counted apart.
"""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.collation import initial, matches_prefixes, prefixes, sort_key
from search.calendar import ALL_TIME, BEGINNING, END, INTERVALS, DayRange, Interval, civil, iso, parse_range
from search.document import Document
from search.engines import Engine
from search.facets.dates import MAX_BUCKETS
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest
from search.results import DateFacet, Facet
from tests.archive import fill_segments
from tests.conftest import STORED, NewEngine
from tests.random_requests import DOCUMENTS, NAMES, SCHEMA, ranges, requests


@pytest.fixture(scope="module", params=STORED)
def engine(request: pytest.FixtureRequest, new_engine: NewEngine) -> Engine:
    return fill_segments(new_engine(request.param, SCHEMA), DOCUMENTS)


@given(request=requests)
@settings(max_examples=100)
def test_1_facets_are_what_counting_gives(engine: Engine, request: SearchRequest) -> None:
    matching = {hit.id for hit in engine.search(SearchRequest(request.query, limit=1000)).hits}
    for facet in engine.search(request).facets:
        scope = [
            item
            for item in DOCUMENTS
            if item.id in matching and all(passes(f, item) for f in request.filters if f.field != facet.field)
        ]
        if facet.field == "date":
            assert facet.missing == sum(days_of(item) is None for item in scope)
            continue
        values = [SCHEMA.facets[facet.field].values(item) for item in scope]
        counted = Counter(value for found in values for value in found if value)
        assert {value.value: value.count for value in facet.values} == counted
        assert facet.missing == sum(not any(found) for found in values)


@given(request=requests, interval=st.sampled_from(INTERVALS))
@settings(max_examples=100)
def test_2_dates_are_what_comparing_gives(engine: Engine, request: SearchRequest, interval: Interval) -> None:
    asked = replace(request, filters=(), facets=(DateFacetRequest(interval),), limit=1000)
    results = engine.search(asked)
    by_id = {item.id: item for item in DOCUMENTS}
    days = [when for hit in results.hits if (when := days_of(by_id[hit.id]))]
    [facet] = results.facets
    names = [value.value for value in facet.values]
    assert names == sorted(names, key=lambda name: bucket(name).earliest)
    wholly = [name for when in days if (name := whole_bucket(when, interval))]
    assert {value.value: value.count for value in facet.values if value.count} == Counter(wholly)
    for value in facet.values:
        inside = sum(bucket(value.value).contains(when) for when in days)
        touching = sum(bucket(value.value).overlaps(when) for when in days)
        assert (value.count, value.possible) == (inside, touching - inside)


pinned = st.lists(st.sampled_from([*NAMES, "nobody", "Zorin"]), max_size=3, unique=True).map(tuple)
value_pages = st.builds(
    FacetRequest,
    st.just("author"),
    limit=st.integers(1, 4),
    pinned=pinned,
    order=st.sampled_from(["count", "value"]),
    prefixes=st.sampled_from(["", "m", "ZHOU en", "enlai zhou", "k", "p de", "nobody", "x"]).map(prefixes),
)


@given(request=requests, wanted=value_pages)
@settings(max_examples=100)
def test_3_value_pages_are_what_sorting_a_count_gives(
    engine: Engine, request: SearchRequest, wanted: FacetRequest
) -> None:
    everything = replace(request, facets=(FacetRequest("author", 100),), limit=0)
    counts = {value.value: value.count for value in engine.search(everything).facets[0].values}
    rest = [
        value for value in counts if value not in wanted.pinned and matches_prefixes(value, wanted.prefixes)
    ]
    by = sort_key if wanted.order == "value" else lambda value: (-counts.get(value, 0), value)
    expected = sorted(wanted.pinned, key=by) + sorted(rest, key=by)
    listed: list[str] = []
    for offset in range(0, len(expected) + 2 * wanted.limit, wanted.limit):
        asked = replace(everything, facets=(replace(wanted, offset=offset),))
        [facet] = engine.search(asked).facets
        assert isinstance(facet, Facet)
        assert (facet.distinct, facet.total) == (len(counts), len(expected))
        assert all(value.count == counts.get(value.value, 0) for value in facet.values)
        assert len(facet.values) <= max(wanted.limit, 0 if offset else len(wanted.pinned))
        assert offset or {value.value for value in facet.values} >= set(wanted.pinned)
        if wanted.order == "value":
            assert dict(facet.initials) == Counter(map(initial, rest))
        listed += [value.value for value in facet.values]
    assert listed == expected


@given(request=requests, within=ranges, interval=st.sampled_from(INTERVALS[:3]))
@settings(max_examples=100)
def test_4_dates_within_some_days_are_what_comparing_gives(
    engine: Engine, request: SearchRequest, within: DayRange, interval: Interval
) -> None:
    asked = replace(request, filters=(), facets=(DateFacetRequest(interval, within=within),))
    results = engine.search(replace(asked, limit=1000))
    by_id = {item.id: item for item in DOCUMENTS}
    days = [when for hit in results.hits if (when := days_of(by_id[hit.id]))]
    [facet] = results.facets
    assert isinstance(facet, DateFacet)
    spanning = [when for when in days if when.contains(within) and not whole_bucket(when, interval)]
    assert facet.spanning == len(spanning)
    days = [when for when in days if when not in spanning]
    certain = {name for when in days if (name := whole_bucket(when, interval))}
    assert {value.value for value in facet.values if value.count} == {
        name for name in certain if bucket(name).overlaps(within)
    }
    for value in facet.values:
        assert bucket(value.value).overlaps(within)
        inside = sum(bucket(value.value).contains(when) for when in days)
        touching = sum(bucket(value.value).overlaps(when) for when in days)
        assert (value.count, value.possible) == (inside, touching - inside)
    if within.latest - within.earliest < 28 * MAX_BUCKETS:  # then none is left out
        for before, after in itertools.pairwise(value.value for value in facet.values):
            gap = DayRange(bucket(before).latest + 1, bucket(after).earliest - 1)
            assert gap.earliest > gap.latest or not any(gap.overlaps(when) for when in days)


def whole_bucket(when: DayRange, interval: Interval) -> str:
    """The bucket that holds the first day, if it holds the last one too."""
    if when.earliest == BEGINNING or when.latest == END:
        return ""
    day = iso(when.earliest)
    name = {"decade": f"{civil(when.earliest)[0] // 10}0s", "year": day[:4], "month": day[:7], "day": day}[
        interval
    ]
    return name if bucket(name).contains(when) else ""


def passes(item: FieldFilter | DateFilter, of: Document) -> bool:
    if isinstance(item, DateFilter):
        return item.accepts(days_of(of))
    return item.accepts([value for value in SCHEMA.facets[item.field].values(of) if value])


def days_of(item: Document) -> DayRange | None:
    return item.date.days if item.date else None


def bucket(name: str) -> DayRange:
    return parse_range(name) or ALL_TIME
