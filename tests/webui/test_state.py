"""The URL as a value.

1. Adding a filter and removing it leads back to the same search.
2. Every change but of the page goes to page one.
3. What a URL says is read back from it.
4. A page's URL is read leniently, and what could not be used is said.
"""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import Filter, Question
from search.schema import Schema
from webui.state import SearchState, read_state

SCHEMA = Schema()
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip)
names = words.filter(bool)
values = st.builds(Filter, st.sampled_from(sorted(SCHEMA.facets)), st.sampled_from(["is", "not"]), names)
dates = st.sampled_from(
    [Filter("date", "is", "1951-07"), Filter("date", "from", "1951"), Filter("date", "missing")]
)
states = st.builds(
    SearchState,
    st.builds(
        Question,
        text=words,
        filters=st.lists(values | dates, max_size=4, unique=True).map(tuple),
        sort=st.sampled_from([None, "title", "-date", "-indexed"]),
        page=st.integers(1, 50),
        per_page=st.sampled_from([10, 25]),
    ),
)


def pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


@given(states, values)
def test_adding_and_removing_a_filter_leads_back(state: SearchState, item: Filter) -> None:
    opposite = replace(item, op="not" if item.op == "is" else "is")
    state = state.removing(item).removing(opposite)
    assert state.adding(item).removing(item) == state
    assert state.adding(item).adding(item) == state.adding(item)
    assert state.adding(opposite).adding(item) == state.adding(item)


@given(states, values)
def test_every_change_but_of_the_page_goes_to_page_one(state: SearchState, item: Filter) -> None:
    changed = (
        state.adding(item), state.removing(item), state.clearing(), state.asking("peace"),
        state.sorting("title"), state.dating("1951"), state.changing(per_page=50),
    )  # fmt: skip
    assert all(neighbour.question.page == 1 for neighbour in changed)
    assert state.turning(7).question == replace(state.question, page=7)


@given(states)
def test_a_search_is_read_back_from_its_url(state: SearchState) -> None:
    filters = tuple(sorted(state.question.filters, key=str))
    state, problems = read_state(pairs(state.url), SCHEMA)
    assert not problems
    assert tuple(sorted(state.question.filters, key=str)) == filters
    assert read_state(pairs(state.url), SCHEMA)[0] == state


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=8))
def test_no_url_stops_a_page(strange: list[tuple[str, str]]) -> None:
    state, _ = read_state(strange, SCHEMA)
    assert state.url.startswith("/search")


def test_clearing_the_filters_keeps_the_query() -> None:
    state = SearchState(Question("peace", filters=(Filter("author", "is", "Mao"),), sort="title"))
    assert state.clearing() == SearchState(Question("peace", sort="title"))


def test_sorting_by_the_default_leaves_it_out_of_the_url() -> None:
    assert SearchState(Question("peace", sort="title")).sorting("relevance").url == "/search?q=peace"


def test_a_document_is_read_with_the_search_in_mind() -> None:
    state = SearchState(Question("peace", page=3))
    assert state.document_url("a/b") == "/documents/a%2Fb?q=peace&page=3"


def test_unknown_parameters_and_empty_fields_are_passed_over() -> None:
    state, problems = read_state([("utm_source", "x"), ("q", "peace"), ("date_from", " ")], SCHEMA)
    assert state == SearchState(Question("peace"))
    assert not problems


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("date_from", "19x"), "is no date"),
        (("page", "0"), "whole number"),
        (("sort", "up"), "must be one of"),
        (("q", "x" * 1001), "1,001 characters"),
        (("missing", "colour"), "no facet"),
    ],
)
def test_a_bad_value_is_said_and_the_rest_still_runs(pair: tuple[str, str], message: str) -> None:
    state, problems = read_state([pair, ("author", "Mao")], SCHEMA)
    assert state == SearchState(Question(filters=(Filter("author", "is", "Mao"),)))
    assert message in problems[pair[0]].message
    assert problems[pair[0]].value == pair[1]


def test_a_page_too_far_is_the_pages_fault() -> None:
    state, problems = read_state([("page", "900"), ("per_page", "100")], SCHEMA)
    assert set(problems) == {"page"}
    assert state.question.per_page == 100
