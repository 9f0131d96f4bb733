"""A question reads and writes its own URL parameters.

1. What is written is read back the same.
2. What is unknown or out of range is refused by name, never changed.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ParameterError
from search.parameters.question import HIT_KEYS, MAX_QUERY, parse_parameters, to_parameters
from search.request import Filter, Question
from search.schema import Schema

SCHEMA = Schema()
VALUES = st.text(min_size=1, max_size=20)
FILTERS = (
    st.builds(Filter, st.sampled_from(list(SCHEMA.facets)), st.sampled_from(["is", "not"]), VALUES)
    | st.builds(Filter, st.sampled_from([*SCHEMA.facets, "date"]), st.just("missing"))
    | st.builds(
        Filter, st.just("date"), st.just("is"), st.sampled_from(["1951", "1950s", "1951-07..1953", "..1800"])
    )
    | st.builds(Filter, st.just("date"), st.sampled_from(["from", "to"]), st.just("1951"))
)
QUESTIONS = st.builds(
    Question,
    text=st.text(max_size=MAX_QUERY).filter(lambda text: text == text.strip()),
    match=st.sampled_from([None, "all", "any"]),
    filters=st.lists(FILTERS, max_size=5, unique=True).map(tuple),
    date_match=st.sampled_from(["overlap", "within"]),
    undated=st.sampled_from([None, "include", "exclude", "only"]),
    facets=st.lists(st.sampled_from([*SCHEMA.facets, "date"]), unique=True).map(tuple),
    facet_limit=st.integers(1, 100),
    facet_limits=st.dictionaries(st.sampled_from(list(SCHEMA.facets)), st.integers(1, 100)).map(
        lambda limits: tuple(limits.items())
    ),
    date_interval=st.sampled_from(["auto", "decade", "year", "month", "day"]),
    expand=st.booleans(),
    sort=st.sampled_from([None, "relevance", "date", "-date", "title", "-indexed"]),
    page=st.integers(1, 100),
    per_page=st.integers(1, 100),
    highlight=st.booleans(),
    fields=st.lists(st.sampled_from(HIT_KEYS), unique=True).map(tuple),
)


@given(QUESTIONS)
def test_1_written_and_read_back(question: Question) -> None:
    assert parse_parameters(to_parameters(question), SCHEMA) == question


def test_1_defaults_are_left_out() -> None:
    assert to_parameters(Question()) == []
    assert to_parameters(Question("a b", sort="title")) == [("q", "a b"), ("sort", "title")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "x" * (MAX_QUERY + 1)),
        ("colour", "red"),
        ("author", ""),
        ("not.title", "x"),
        ("missing", "title"),
        ("facet", "title"),
        ("facet_limit", "0"),
        ("facet_limit", "101"),
        ("facet_limit.author", "0"),
        ("facet_limit.date", "5"),
        ("facet_limit.colour", "5"),
        ("facet_limit.", "5"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "١"),
        ("page", "1e3"),
        ("page", "9" * 400),
        ("page", "1001"),
        ("per_page", "101"),
        ("date", "yesterday"),
        ("date", "1953..1951"),
        ("date_from", "1951..1952"),
        ("date_to", ""),
        ("date_match", "near"),
        ("undated", "maybe"),
        ("match", "none"),
        ("sort", "score"),
        ("expand", "1"),
        ("highlight", "yes"),
        ("fields", "body"),
        ("fields", ""),
    ],
)
def test_2_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as error:
        parse_parameters([(name, value)], SCHEMA)
    assert error.value.parameter == name
    assert str(error.value).endswith(".")


def test_2_bounds_the_wrong_way_round() -> None:
    with pytest.raises(ParameterError, match="before"):
        parse_parameters([("date_from", "1955"), ("date_to", "1945")], SCHEMA)
    with pytest.raises(ParameterError, match="before"):
        parse_parameters([("date_from", "1955"), ("date_from", "1940"), ("date_to", "1945")], SCHEMA)


def test_2_too_many_filters() -> None:
    with pytest.raises(ParameterError, match="50 filters"):
        parse_parameters([("type", str(n)) for n in range(51)], SCHEMA)


def test_2_filters_that_are_too_long_together() -> None:
    with pytest.raises(ParameterError, match="1,000 characters"):
        parse_parameters([("author", "x" * 500), ("not.subject", "y" * 501)], SCHEMA)


def test_half_a_surrogate_pair_is_no_character() -> None:
    assert parse_parameters([("q", "a\udcff")], SCHEMA).text == "a?"


def test_2_given_twice() -> None:
    with pytest.raises(ParameterError, match="once"):
        parse_parameters([("q", "a"), ("q", "b")], SCHEMA)


def test_no_facet_stands_alone() -> None:
    assert parse_parameters([("facet", "none")], SCHEMA).facets == ()
    with pytest.raises(ParameterError, match="alone"):
        parse_parameters([("facet", "none"), ("facet", "author")], SCHEMA)


def test_a_facet_can_have_a_limit_of_its_own() -> None:
    asked = parse_parameters([("facet_limit", "3"), ("facet_limit.author", "50")], SCHEMA)
    assert [asked.limit_of(name) for name in ("author", "subject")] == [50, 3]
