"""The fragments of a text.

1. They hold the matches, are short, and begin at sentences where they fit.
2. The ones chosen have the most distinct query words, close together, early; a word that none shows yet
   is preferred.
3. A fragment is the text but for its white space, cut only between words, and `…` says where."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlighting.cutter import FRAGMENT_SIZE, MAX_FRAGMENT
from search.highlighting.fragmenter import fragments, opening
from search.highlighting.matcher import matches
from search.highlighting.query_terms import query_terms
from search.highlighting.spans import Match
from search.query.parser import parse
from search.schema import Schema

SCHEMA = Schema()

WORDS = st.lists(
    st.sampled_from(["war", "War's", "peace.", "treaty", "a", "\n", "\n\n", "“line”", "of", "x" * 60])
)


@given(WORDS.map(" ".join), st.integers(1, 3))
def test_1_fragments_hold_the_matches(text: str, limit: int) -> None:
    some = matched(text, 'war "line of"')
    assert all(first[1] <= second[0] for first, second in pairwise(some))
    found = fragments("body", text, some, limit)
    assert bool(found) == bool(some)
    assert len(found) <= limit
    for fragment in found:
        assert len(fragment.text) <= 2 * FRAGMENT_SIZE
        assert fragment.ranges
        for start, end in fragment.ranges:
            assert SCHEMA.analyzer.pairs(fragment.text[start:end])[0][1] in {"war", "line"}


def test_1_fragments_are_whole_sentences_where_they_fit() -> None:
    filler = "Nothing is said here about it at all, and at some length so that it fills the page. "
    text = filler * 9 + "Mr. V. Molotov spoke of the armistice. He was brief.\n\n" + filler * 9
    found = fragments("body", text, matched(text, "armistice"), 3)
    assert [fragment.text[:35] for fragment in found] == ["Mr. V. Molotov spoke of the armisti"]
    assert all(fragment.text.endswith("page.") for fragment in found)


def test_1_hard_wrapped_lines_are_no_sentences() -> None:
    text = "The delegation was\ninstructed to see that the\narmistice be signed\nat once."
    [fragment] = fragments("body", text, [(46, 55, 1)], 3)
    assert fragment.text == "The delegation was instructed to see that the armistice be signed at once."
    assert [fragment.text[a:b] for a, b in fragment.ranges] == ["armistice"]


def test_1_one_endless_word_has_a_fragment() -> None:
    text = "war " + "x" * 100_000
    [fragment] = fragments("body", text, [(0, 3, 1)], 3)
    assert len(fragment.text) <= 2 * FRAGMENT_SIZE
    assert len(opening("body", "x" * 100_000).text) <= 2 * FRAGMENT_SIZE


def matched(text: str, query: str) -> list[Match]:
    """The matches of a query in a text."""
    return matches(text, query_terms(parse(query, SCHEMA).query, "body"), SCHEMA.analyzer)


def shown(text: str, query: str, limit: int = 3) -> list[str]:
    """The fragments as text, matches in brackets."""
    found = fragments("body", text, matched(text, query), limit)
    return [highlight.render(str, "[{}]".format) for highlight in found]


FILLER = "Nothing is said here about any of it, and it is said at such length that the page fills up. "


@pytest.mark.parametrize(
    ("query", "sentences", "expected"),
    [
        ("war peace", ["A war.", "War and war.", "War, then peace.", "No peace."], 2),  # the most words
        ('"the war" peace', ["A war, the.", "A peace.", "Peace, and the war."], 2),  # a phrase is its words
        ("war peace", ["War, and in the end peace.", "War, peace."], 1),  # close together
        ("war", ["The war.", "War war war."], 0),  # early
    ],
)
def test_2_the_best_is_chosen(query: str, sentences: list[str], expected: int) -> None:
    text = (4 * FILLER).join(["", *sentences, ""])
    [one] = shown(text, query, 1)
    assert sentences[expected] in re.sub(r"[][]", "", one)


def test_2_words_not_shown_yet_go_first() -> None:
    text = (4 * FILLER).join(["", "War.", "War again.", "War once more.", "Peace.", "A treaty.", "War."])
    marks = [re.findall(r"\[(\w+)", one) for one in shown(text, "war peace treaty")]
    assert marks == [["War"], ["Peace"], ["treaty"]]


def test_2_the_one_rare_word_among_many_is_found() -> None:
    text = "the war " * 50_000 + "of an armistice of " + "the war " * 50_000
    [one] = shown(text, '"the war" armistice', 1)
    assert "of an [armistice] of [the war]" in one
    assert len(one) < 2 * MAX_FRAGMENT


PIECES = st.sampled_from(
    ["War", "war", "peace.", "Mr. A", "\n", "\n\n", "\t", " ", "(end.)", "y" * 30, "北京。", "Well?"]
)


@given(st.lists(PIECES, max_size=120).map(" ".join), st.integers(1, 3))
def test_3_a_fragment_is_the_text_cut_between_words(text: str, limit: int) -> None:
    plain = " ".join(re.sub(r"\n\s*\n", " · ", text).replace("\t", " ").split())
    last = 0
    for one in shown(text, "war peace 北京", limit):
        body = re.sub(r"[][]", "", one).removeprefix("… ").removesuffix(" …").replace("|", " ")
        body = " ".join(body.split())
        place = plain.find(body, last)
        assert place >= 0, "in order, none over another"
        last = place + len(body)
        before, after = plain[:place], plain[last:]
        assert not before or before[-1] in " 。", "no word cut"
        assert not after or after[0] in " 北" or before[-1:] == "。", "no word cut"
        assert before or not one.startswith("… ")
        assert after or not one.endswith(" …")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The war ended. " * 40, ["The [war] ended."]),
        ("word " * 60 + "war " + "word " * 60, ["… word", "word …"]),
        ("Treaty.\n\nWar broke out.\n\nPeace.", ["Treaty. · [War] broke out. · Peace."]),
        ("Minutes\n\nThe war ended.", ["The [war] ended."]),
        ("Name\tRank\nA. War\tColonel", ["Name | Rank A. [War] | Colonel"]),
        ("1.\tThe war ended.", ["1. The [war] ended."]),
        ("On the\u00a0war\nin  Korea", ["On the [war] in Korea"]),
    ],
)
def test_3_what_a_fragment_looks_like(text: str, expected: list[str]) -> None:
    [one] = shown(text, "war", 1)
    assert all(piece in one for piece in expected)
    assert ("…" in one) == ("…" in "".join(expected))
