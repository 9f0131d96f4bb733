"""What matched, and which passages show it.

1. Stems, exact words, prefixes and phrases are marked as written; nothing under a NOT is.
2. A leaf that names a field is marked in that field alone.
3. Ranges lie in order inside the text and never overlap; what they mark is a match; the HTML has no
   tag but <mark>, and says the text.
4. Passages hold the matches, are short, and start at sentences where they fit.
5. What is found is what a look at every token of the text finds.
6. The passages chosen are those with the most different words of the query, close together, early;
   a word not shown yet goes before one that is.
7. A passage is the text but for its white space, cut only between words, and `…` says where.
8. Nothing ends a sentence that a reader would read on after.
"""

import html
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlighting.fragmenter import FRAGMENT_SIZE, MAX_FRAGMENT, fragments, opening
from search.highlighting.highlighter import highlights
from search.highlighting.matcher import Match, match_ranges, matches
from search.highlighting.query_terms import query_terms
from search.highlighting.sentences import boundaries
from search.query.parser import parse
from search.query.tree import AnyOf, Exact, Or, Phrase, Query, Term
from search.results import Highlight
from search.schema import Schema
from tests.archive import document

SCHEMA = Schema()


def marked(text: str, query: str, field: str = "body") -> list[str]:
    terms = query_terms(parse(query, SCHEMA).query, field)
    return [text[start:end] for start, end in match_ranges(text, terms, SCHEMA.analyzer)]


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
    spans = match_ranges(text, query_terms(AnyOf(words, "talk*"), "body"), SCHEMA.analyzer)
    assert [text[start:end] for start, end in spans] == ["Talks", "talked"]


def test_2_a_named_field_is_marked_alone() -> None:
    query = parse("author:kim war", SCHEMA).query
    found = highlights(document("a", "War. Kim.", title="Kim at war", authors=["Kim Il Sung"]), query, SCHEMA)
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
    ranges = match_ranges(text, query_terms(parse('war "line of"', SCHEMA).query, "body"), SCHEMA.analyzer)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    found = fragments("body", text, ranges, limit)
    assert bool(found) == bool(ranges)
    assert len(found) <= limit
    for fragment in found:
        assert len(fragment.text) <= 2 * FRAGMENT_SIZE
        assert fragment.ranges
        for start, end in fragment.ranges:
            assert SCHEMA.analyzer.pairs(fragment.text[start:end])[0][1] in {"war", "line"}


def test_4_passages_are_whole_sentences_where_they_fit() -> None:
    filler = "Nothing is said here about it at all, and at some length so that it fills the page. "
    text = filler * 9 + "Mr. V. Molotov spoke of the armistice. He was brief.\n\n" + filler * 9
    found = fragments(
        "body",
        text,
        match_ranges(text, query_terms(parse("armistice", SCHEMA).query, "body"), SCHEMA.analyzer),
        3,
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
    assert len(fragment.text) <= 2 * FRAGMENT_SIZE
    assert len(opening("body", "x" * 100_000).text) <= 2 * FRAGMENT_SIZE


def test_without_a_match_the_opening_is_shown() -> None:
    found = highlights(document("a", "First sentence. Second.", title="T"), parse("", SCHEMA).query, SCHEMA)
    assert found == (Highlight("body", "First sentence. Second."),)
    [shown] = highlights(document("a", "", title="T"), parse("", SCHEMA).query, SCHEMA)
    assert shown.ranges == ()


ODD = st.text(
    st.sampled_from(
        "aAbBsS  .,'’-01éÉßİıﬁŉǅŒöӦйЁёДσςΣ北京한カ\u0301\u0308\u00ad\u200d\u200b\n\t_𝐀🙂\u0e33\u093f\x00"
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)
LETTERS = st.sampled_from(["war", "Wars", "WAR'S", "u.s.", "ﬁres", "fires", "İstanbul", "Straße", "strasse"])
SPACES = st.sampled_from([" ", "", ". ", "\n", "’"])
TEXTS = st.lists(st.tuples(LETTERS | ODD, SPACES).map("".join), max_size=12).map("".join)


@given(TEXTS, st.data())
def test_5_what_a_look_at_every_token_finds(text: str, data: st.DataObject) -> None:
    known = SCHEMA.analyzer.pairs(text) or [("war", "war")]
    pair = st.sampled_from(known)
    leaves = data.draw(
        st.lists(
            st.builds(lambda one: Term(one[1], one[0]), pair)
            | st.builds(lambda one: Exact(*one), pair)
            | st.builds(lambda some: AnyOf(tuple(Exact(*one) for one in some), "any"), st.lists(pair))
            | st.builds(phrase, st.integers(0, len(known)), st.integers(1, 4), st.just(known))
            | st.builds(near, st.lists(pair, min_size=2, max_size=3), st.integers(1, 4)),
            min_size=1,
            max_size=4,
        )
    )
    query = Or(tuple(leaves))
    assert list(match_ranges(text, query_terms(query, "body"), SCHEMA.analyzer)) == plainly(text, leaves)


def phrase(start: int, length: int, known: list[tuple[str, str]]) -> Phrase:
    return near(known[start : start + length] or known[:1], 0)


def near(pairs: list[tuple[str, str]], distance: int) -> Phrase:
    return Phrase(tuple(word for word, _ in pairs), tuple(stem for _, stem in pairs), distance)


def plainly(text: str, leaves: list[Query]) -> list[tuple[int, int]]:
    """The definition of what is marked, token by token."""
    tokens = list(SCHEMA.analyzer.tokens(text))
    rows: set[tuple[int, int]] = set()
    for leaf in leaves:
        for place, token in enumerate(tokens):
            match leaf:
                case Term(stem) if token.stem == stem:
                    rows.add((place, place))
                case Exact(word) if token.word == word:
                    rows.add((place, place))
                case AnyOf(alternatives) if token.word in {item.word for item in alternatives}:
                    rows.add((place, place))
                case Phrase(words, distance=0) if (
                    tuple(t.word for t in tokens[place : place + len(words)]) == words
                ):
                    rows.add((place, place + len(words) - 1))
                case Phrase(words, distance=far) if far:
                    for (one, first), (two, second) in combinations(enumerate(tokens), 2):
                        found = {(first.word, second.word), (second.word, first.word)} & set(pairwise(words))
                        if two - one <= far and found:
                            rows |= {(one, one), (two, two)}
    marks: list[tuple[int, int]] = []
    for first, last in sorted(rows):
        start, end = tokens[first].start, tokens[last].end
        if marks and start < marks[-1][1]:
            marks[-1] = marks[-1][0], max(end, marks[-1][1])
        else:
            marks.append((start, end))
    return marks


def found(text: str, query: str) -> list[Match]:
    return matches(text, query_terms(parse(query, SCHEMA).query, "body"), SCHEMA.analyzer)


def shown(text: str, query: str, limit: int = 3) -> list[str]:
    """The passages as text, what is marked in brackets."""
    some = found(text, query)
    ranges, words = [(a, b) for a, b, _ in some], [bits for _, _, bits in some]
    return [
        highlight.render(str, "[{}]".format) for highlight in fragments("body", text, ranges, limit, words)
    ]


def test_5_matches_say_which_words_of_the_query_they_are() -> None:
    text = "Talks on an armistice; the armistice talks. Peace talks?"
    said = [(text[a:b], bits) for a, b, bits in found(text, 'talks "armistice talks" peac*')]
    assert said == [("Talks", 1), ("armistice talks", 1 | 2 | 4), ("talks", 1)]


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
def test_6_the_best_is_chosen(query: str, sentences: list[str], expected: int) -> None:
    text = (4 * FILLER).join(["", *sentences, ""])
    [one] = shown(text, query, 1)
    assert sentences[expected] in re.sub(r"[][]", "", one)


def test_6_words_not_shown_yet_go_first() -> None:
    text = (4 * FILLER).join(["", "War.", "War again.", "War once more.", "Peace.", "A treaty.", "War."])
    marks = [re.findall(r"\[(\w+)", one) for one in shown(text, "war peace treaty")]
    assert marks == [["War"], ["Peace"], ["treaty"]]


def test_6_the_one_rare_word_among_many_is_found() -> None:
    text = "the war " * 50_000 + "of an armistice of " + "the war " * 50_000
    [one] = shown(text, '"the war" armistice', 1)
    assert "of an [armistice] of [the war]" in one
    assert len(one) < 2 * MAX_FRAGMENT


PIECES = st.sampled_from(
    ["War", "war", "peace.", "Mr. A", "\n", "\n\n", "\t", " ", "(end.)", "y" * 30, "北京。", "Well?"]
)


@given(st.lists(PIECES, max_size=120).map(" ".join), st.integers(1, 3))
def test_7_a_passage_is_the_text_cut_between_words(text: str, limit: int) -> None:
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
def test_7_what_a_passage_looks_like(text: str, expected: list[str]) -> None:
    [one] = shown(text, "war", 1)
    assert all(piece in one for piece in expected)
    assert ("…" in one) == ("…" in "".join(expected))


SENTENCES = [
    "Mr. V. M. Molotov met Gen. Clark and Amb. Panyushkin.",
    "The U.S. Government, i.e. the President, agreed at 5 p.m. on Tuesday.",
    "See vol. II, No. 84, pp. 12-13, Op. 65, and fig. 3.",
    "It cost $3.5 million (approx. Five).",
    "He said: “Stop!”",
    "“Really?” he asked.",
    "Did they sign?",
    "1. They did.",
    "2. So did we.",
    "北京。",
    "停战！",
    "Ушли в г. Киев.",
    "The delegation was\ninstructed at once.",
    "It ended in 1953.",
    "“No.”",
    "So they left.[12]",
    "The end…",
]


def test_8_sentences() -> None:
    text = " ".join(SENTENCES)
    cuts = [0, *boundaries(text, 0, len(text)), len(text)]
    assert [text[start:end].strip() for start, end in pairwise(cuts)] == SENTENCES
