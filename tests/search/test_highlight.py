"""What matched, and which passages show it.

1. Stems, exact words, prefixes and phrases are marked as written; nothing under a NOT is.
2. A leaf that names a field is marked in that field alone.
3. Ranges lie in order inside the text and never overlap; what they mark is a match; the HTML has no
   tag but <mark>, and says the text.
4. Passages hold the matches, are short, and start at sentences where they fit.
"""

import html
import re
from itertools import pairwise

import pytest
from archive import document
from hypothesis import given
from hypothesis import strategies as st

from search.fragments import FRAGMENT, fragments, opening
from search.highlight import find, wanted_in
from search.parser import parse
from search.passages import passages
from search.query import AnyOf, Exact
from search.results import Highlight
from search.schema import Schema

SCHEMA = Schema()


def marked(text: str, query: str, field: str = "body") -> list[str]:
    wanted = wanted_in(parse(query, SCHEMA).query, field)
    return [text[start:end] for start, end in find(text, wanted, SCHEMA.analyzer)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("negotiate", ["Negotiations", "negotiating"]),
        ("=negotiating", ["negotiating"]),
        ('"line of demarcation"', ["line of demarcation"]),
        ('"demarcation line"~2', ["line", "demarcation"]),
        ("vaskov", ["Vas'kov's"]),
        ("negotiating -demarcation", ["Negotiations", "negotiating"]),
        ("title:negotiating", []),
        ("demarcation OR absent", ["demarcation", "Demarcation"]),
        ("date:1951", []),
    ],
)
def test_1_words_as_written(query: str, expected: list[str]) -> None:
    text = "Negotiations on the line of demarcation. Vas'kov's way of negotiating. Demarcation!"
    assert marked(text, query) == expected


def test_1_any_of_several_words() -> None:
    words = tuple(Exact(word, SCHEMA.analyzer.stem(word)) for word in ("talks", "talked"))
    text = "Talks talked talking"
    spans = find(text, wanted_in(AnyOf(words, "talk*"), "body"), SCHEMA.analyzer)
    assert [text[start:end] for start, end in spans] == ["Talks", "talked"]


def test_2_a_named_field_is_marked_alone() -> None:
    query = parse("author:kim war", SCHEMA).query
    found = passages(document("a", "War. Kim.", title="Kim at war", authors=["Kim Il Sung"]), query, SCHEMA)
    assert [(h.field, [h.text[a:b] for a, b in h.ranges]) for h in found] == [
        ("title", ["war"]),
        ("author", ["Kim"]),
        ("body", ["War"]),
    ]


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=6))
def test_3_the_html_says_the_text_and_marks(text: str, steps: list[tuple[int, int]]) -> None:
    ranges, place = [], 0
    for gap, length in steps:
        if place + gap + length <= len(text):
            ranges.append((place + gap, place + gap + length))
            place += gap + length
    written = Highlight("body", text, tuple(ranges)).html
    assert re.sub(r"</?mark>", "", written) == html.escape(text)
    assert re.findall(r"<(?!/?mark>)", written) == []
    assert [html.unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", written, re.DOTALL)] == [
        text[start:end] for start, end in ranges
    ]


WORDS = st.lists(
    st.sampled_from(["war", "War's", "peace.", "treaty", "a", "\n", "\n\n", "“line”", "of", "x" * 60])
)


@given(WORDS.map(" ".join), st.integers(1, 3))
def test_3_and_4_passages_hold_the_matches(text: str, limit: int) -> None:
    ranges = find(text, wanted_in(parse('war "line of"', SCHEMA).query, "body"), SCHEMA.analyzer)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    found = fragments("body", text, ranges, limit)
    assert bool(found) == bool(ranges)
    assert len(found) <= limit
    for fragment in found:
        assert len(fragment.text) <= 2 * FRAGMENT
        assert fragment.ranges
        for start, end in fragment.ranges:
            assert SCHEMA.analyzer.words(fragment.text[start:end])[0][1] in {"war", "line"}


def test_4_passages_are_whole_sentences_where_they_fit() -> None:
    filler = "Nothing is said here about it at all, and at some length so that it fills the page. "
    text = filler * 9 + "Mr. V. Molotov spoke of the armistice. He was brief.\n\n" + filler * 9
    found = fragments(
        "body", text, find(text, wanted_in(parse("armistice", SCHEMA).query, "body"), SCHEMA.analyzer), 3
    )
    assert [fragment.text[:35] for fragment in found] == ["Mr. V. Molotov spoke of the armisti"]
    assert all(fragment.text.endswith("page.") for fragment in found)


def test_4_hard_wrapped_lines_are_no_sentences() -> None:
    text = "The delegation was\ninstructed to see that the\narmistice be signed\nat once."
    [fragment] = fragments("body", text, [(46, 55)], 3)
    assert fragment.text == "The delegation was instructed to see that the armistice be signed at once."
    assert [fragment.text[a:b] for a, b in fragment.ranges] == ["armistice"]


def test_4_a_document_of_one_endless_word_has_a_passage() -> None:
    text = "war " + "x" * 100_000
    [fragment] = fragments("body", text, [(0, 3)], 3)
    assert len(fragment.text) <= 2 * FRAGMENT
    assert len(opening("body", "x" * 100_000).text) <= 2 * FRAGMENT


def test_without_a_match_the_opening_is_shown() -> None:
    found = passages(document("a", "First sentence. Second.", title="T"), parse("", SCHEMA).query, SCHEMA)
    assert found == (Highlight("body", "First sentence. Second."),)
    [shown] = passages(document("a", "", title="T"), parse("", SCHEMA).query, SCHEMA)
    assert shown.ranges == ()
