"""The highlights of a hit.

1. Whatever query of words a document matches, one of its highlights has a range.
2. Ranges are in order inside the text and never overlap; the HTML has no tag but <mark>.
3. Other fields get one if they match a word that title, summary and body do not, or the query names them.
"""

import re
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answer import Highlight
from search.document import Document, Reference
from search.engines import Engine, open_engine
from search.highlighting.highlighter import Highlighter
from search.query.parser import parse
from search.query.simplification import simplify
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import document, fill

SCHEMA = Schema()
WORDS = ("armistice", "talks", "talked", "war", "line", "of", "Vas'kov", "U.S.S.R.", "çava", "北京", "absent")
PARTS = (*WORDS[:-1], "\n\n", "\n", ". ", "<b>", "&", "\t", "…")


def random_document(number: int) -> Document:
    random = Random(number)

    def text(most: int) -> str:
        return " ".join(random.choices(PARTS, k=random.randint(0, most)))

    return document(
        f"d{number:02}",
        text(60) if number % 3 else "",
        title=text(4) or "untitled",
        summary=text(random.choice((0, 5, 300))),
        authors=[text(2) for _ in range(random.randint(0, 2))],
        subjects=[text(2)],
        place=text(1),
        collection=text(2),
        language=text(1),
        type=text(1),
        citation=text(6),
        reference=Reference(text(3)),
    )


DOCUMENTS = {item.id: item for item in map(random_document, range(60))}


@cache
def engine() -> Engine:
    return fill(open_engine("memory:", SCHEMA), DOCUMENTS.values())


words = st.sampled_from([SCHEMA.analyzer.pairs(word)[0] for word in WORDS])
fields = st.sampled_from(["", "", *SCHEMA.query_fields])


@st.composite
def leaf(draw: st.DrawFn) -> Query:
    field = draw(fields)
    chosen = draw(st.lists(words, min_size=1, max_size=3))
    word, stem = chosen[0]
    match draw(st.sampled_from(["term", "exact", "phrase", "any"])):
        case "term":
            return Term(stem, word, field)
        case "exact":
            return Exact(word, stem, field)
        case "any":
            return AnyOf(tuple(Exact(w, s, field) for w, s in chosen), "any*")
        case _:
            distance = draw(st.sampled_from([0, 0, 1, 3, 99]))
            ordered = draw(st.booleans())
            stems = tuple(s for _, s in chosen * 2)
            return Phrase(tuple(w for w, _ in chosen * 2), stems, distance, field, ordered)


def trees(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    with_not = st.tuples(children, children.map(Not)).map(And)
    some = st.builds(AtLeast, several, st.integers(1, 3))
    boosted = st.builds(Boost, children, children, st.just(1.0))
    return several.map(And) | several.map(Or) | with_not | some | boosted


@pytest.mark.slow
@given(st.recursive(leaf(), trees, max_leaves=6).map(simplify))
@settings(max_examples=300)
def test_1_and_2_what_matches_is_shown(query: Query) -> None:
    for hit in engine().search(SearchRequest(query, limit=100)).hits:
        shown = Highlighter(query, SCHEMA).highlights(DOCUMENTS[hit.id])
        assert any(highlight.ranges for highlight in shown)
        for highlight in shown:
            check(highlight)


def check(highlight: Highlight) -> None:
    bounds = [0, *(place for start, end in highlight.ranges for place in (start, end - 1)), 1_000_000]
    assert all(one <= other for one, other in pairwise(bounds))
    assert all(start < end <= len(highlight.text) for start, end in highlight.ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(highlight.ranges))
    assert re.sub(r"</?mark>", "", highlight.html).count("<") == 0
    for start, end in highlight.ranges:
        assert SCHEMA.analyzer.pairs(highlight.text[start:end]), "a mark without a word"


def test_what_is_only_preferred_is_not_marked() -> None:
    armistice, talks = (Term(stem, word) for word, stem in SCHEMA.analyzer.pairs("armistice talks"))
    item = document("a", "Talks on an armistice.")
    [shown] = Highlighter(Boost(armistice, talks, 1.0), SCHEMA).highlights(item)
    assert shown.html == "Talks on an <mark>armistice</mark>."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("armistice", ["body"]),
        ("molotov armistice", ["author", "body"]),
        ("moscow", ["place", "body"]),
        ("place:moscow armistice", ["place", "body"]),
        ("language:russ*", ["language", "body"]),
        ("russian armistice", ["body"]),
        ("language:russian armistice", ["language", "body"]),
        ('"Cold War" armistice', ["subject", "body"]),
        ("ledovskii", ["citation", "body"]),
        ("armistice -author:kim", ["body"]),
    ],
)
def test_3_other_fields(query: str, expected: list[str]) -> None:
    item = document(
        "a",
        "The armistice of the Cold Front was signed.",
        title="Telegram",
        authors=["Molotov"],
        subjects=["Armistice", "Cold War"],
        place="Moscow",
        language="Russian",
        citation="Obtained by Ledovskii.",
    )
    found = Highlighter(parsed(query), SCHEMA).highlights(item)
    assert [highlight.field for highlight in found] == expected
    assert all(highlight.ranges for highlight in found if highlight.field != "body")


def parsed(text: str) -> Query:
    """The query, prefixes standing for one word."""
    query = parse(text.replace("russ*", "russian"), SCHEMA).query
    return AnyOf((Exact("russian", "russian", "language"),), text) if "*" in text else query


def test_a_short_summary_is_shown_whole_and_a_long_one_in_part() -> None:
    item = document("a", "Nothing.", title="T", summary="First sentence. Of the armistice. Last one.")
    [found] = Highlighter(parsed("armistice"), SCHEMA).highlights(item)
    assert (found.text, found.ranges) == (item.summary, ((23, 32),))
    long = document("a", "Nothing.", title="T", summary="Filler that goes on and on. " * 40 + "An armistice.")
    [found] = Highlighter(parsed("armistice"), SCHEMA).highlights(long)
    assert found.text.endswith("An armistice.")
    assert len(found.text) < 400


def test_a_leaf_that_names_a_field_matches_it_alone() -> None:
    query = parse("author:kim war", SCHEMA).query
    item = document("a", "War. Kim.", title="Kim at war", authors=["Kim Il Sung"])
    found = Highlighter(query, SCHEMA).highlights(item)
    assert [(h.field, [h.text[a:b] for a, b in h.ranges]) for h in found] == [
        ("title", ["war"]),
        ("author", ["Kim"]),
        ("body", ["War"]),
    ]


def test_without_a_match_the_opening_is_shown() -> None:
    highlights = Highlighter(parse("", SCHEMA).query, SCHEMA).highlights
    found = highlights(document("a", "First sentence. Second.", title="T"))
    assert found == (Highlight("body", "First sentence. Second."),)
    [shown] = highlights(document("a", "", title="T"))
    assert shown.ranges == ()
