"""How queries are read. Each line of queries.txt is a query, its tree, and the codes of its diagnostics.

1. The table: trees and diagnostics.
2. No text raises, hangs or nests deep.
3. Limits hold and are reported.
4. A tree as text is a query that is parsed to the same tree.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.diagnostics import DiagnosticCode
from search.query.lexer import lexemes
from search.query.parser import MAX_DEPTH, MAX_DIAGNOSTICS, MAX_TERMS, parse
from search.query.traversal import leaves, map_leaves
from search.query.tree import And, Leaf, MatchAll, MatchMode, MatchNone, Not, Or, Phrase, Query, Term
from search.schema import Schema
from tests.in_time import in_processor_time

SCHEMA = Schema()

QUERIES = [
    line.partition(" => ")
    for line in (Path(__file__).parent / "queries.txt").read_text(encoding="utf-8").splitlines()
    if " => " in line
]


@pytest.mark.parametrize(("text", "_", "reading"), QUERIES)
def test_1_trees_and_diagnostics(text: str, _: str, reading: str) -> None:
    understood, _, codes = reading.partition("  ! ")
    parsed = parse(text.strip(), SCHEMA)
    assert str(parsed.query) == understood
    assert [item.code for item in parsed.diagnostics] == codes.split()


@pytest.mark.parametrize("text", [text.strip() for text, _, reading in QUERIES if "  ! " in reading])
def test_1_a_message_is_a_sentence_at_the_position_of_a_lexeme(text: str) -> None:
    starts = {0, *(lexeme.position for lexeme in lexemes(text))}
    for item in parse(text, SCHEMA).diagnostics:
        assert item.message.endswith(".")
        assert item.message[0].isupper() or item.message[0] == "“"
        assert len(item.message) < 200
        assert item.position in starts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("authors:Stalin", "write author: for that field"),
        ("colour:red", "the fields are title, summary, author"),
        ("war or peace", "write OR in capitals to find either"),
        ("date:yesterday", "write 1951, 1951-07, 1951-07-10 or 1951..1953"),
        ("before:1951..1953", "no date that before: can take"),
        ("wom?n", "so “wom*” was searched"),
        ("armistice^2", "so “^2” was left out"),
        ("x" * 500 + ":y", "There is no field “" + "x" * 40 + "…”"),
        (" ".join(f"w{n}" for n in range(100)), "so those from “w64” on were left out"),
    ],
)
def test_1_messages_tell_what_to_do(text: str, part: str) -> None:
    assert part in parse(text, SCHEMA).diagnostics[0].message


def test_1_equal_messages_are_reported_once() -> None:
    assert [item.position for item in parse("war) peace) treaty)", SCHEMA).diagnostics] == [3]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("language:Deutsch", "language:german"),
        ("text_language:de", "text_language:german"),
        ("text_language:(русский OR fr)", "(text_language:russian OR text_language:french)"),
        ('text_language:"en-GB"', "text_language:=english"),
        ("language:mixed", "language:mixed"),
        ("Deutsch", "deutsch"),
        ("title:de", "title:de"),
    ],
)
def test_1_languages_have_other_names(text: str, same: str) -> None:
    assert str(parse(text, SCHEMA).query) == same


@pytest.mark.parametrize("text", ["language:gaelic", "language:und", "language:greek", "language:old"])
def test_1_words_of_languages_stay(text: str) -> None:
    assert str(parse(text, SCHEMA).query) == text


def test_1_an_empty_query_asks_for_everything() -> None:
    assert parse(" \t", SCHEMA).query == MatchAll()


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("war peace", "(war OR peace)"),
        ('war peace "line of"', '((war OR peace) AND "line of")'),
        ("war peace -treaty", "((war OR peace) AND NOT treaty)"),
        ("war peace title:x", "((war OR peace) AND title:x)"),
        ("war", "None"),
        ("war AND peace", "None"),
        ("war OR peace", "None"),
        ("+war +peace", "None"),
        ("war title:x", "None"),
    ],
)
def test_1_only_bare_words_are_relaxed(text: str, relaxed: str) -> None:
    assert str(parse(text, SCHEMA).relaxed) == relaxed


def test_1_any_of_the_words() -> None:
    assert (
        str(parse('war peace "line of" -x', SCHEMA, "any").query) == '((war OR peace OR "line of") AND NOT x)'
    )


PIECES = st.sampled_from(
    ["war", "the", "or", "not", '"', "“", "‘", "’", "'", "(", ")", "[", "]", " TO ", "AND", "OR", "NOT"]
) | st.sampled_from(
    [
        "!",
        "+",
        "-",
        "*",
        "?",
        "~",
        "~2",
        "^2",
        "=",
        ":",
        "/",
        " ",
        "title:",
        "date:",
        "author: ",
        "1951",
        "..",
    ]
)
STRANGE = st.sampled_from(["x" * 100, "\x00", "\ud800", "\u202e", "毛", "「", "a-1", "\n", "March 1951"])
JOINED = st.sampled_from(["re-election", "…", "[t]he", 'צה"ל', "V. M. ", "12.000", "a@b.org", "NATO OF"])
SYNTAX = st.lists(PIECES | STRANGE | JOINED, max_size=60).map("".join)


@given(SYNTAX | st.text())
def test_2_no_text_raises(text: str) -> None:
    matches: tuple[MatchMode, ...] = ("all", "any")
    for match in matches:
        parsed = parse(text, SCHEMA, match)
        assert isinstance(str(parsed.query), str)
        assert depth(parsed.query) <= 3 * MAX_DEPTH
        assert len(list(leaves(parsed.query))) <= MAX_TERMS
        assert len(parsed.diagnostics) <= MAX_DIAGNOSTICS


REPEATED = """
( ) " a" ' '' ‘ ’ ‘a ‚x ‹ « [ ] { [a [1_TO_ a_TO_ NOT_ -( (a_OR_ title:( a: author:_ date: date:_ date:12_
date:12_March_ March_1951_ + - ! !( \\ * ? a* *a a*b a? ~ ~1 a~ ^ ^1 a^1. /. /.* = =" & &&_ ||_ war_OR_
war_ or_ a' a- a._ 1. .. : a:: 毛 a_-_
"""
HANGS = [*(piece.replace("_", " ") for piece in REPEATED.split()), "\x00", "\ud800", "\u202e"]


@pytest.mark.parametrize("piece", HANGS)
@pytest.mark.parametrize("end", ["", '"’ ]/)'])
@pytest.mark.parametrize("characters", [4096, pytest.param(65_536, marks=pytest.mark.slow)])
def test_2_no_text_hangs(piece: str, end: str, characters: int) -> None:
    with in_processor_time(2):
        parsed = parse(piece * (characters // len(piece)) + end, SCHEMA)
    assert len(list(leaves(parsed.query))) <= MAX_TERMS


def test_3_limits_are_reported() -> None:
    parsed = parse(" ".join(f"w{n}" for n in range(100)), SCHEMA)
    assert len(list(leaves(parsed.query))) == MAX_TERMS
    assert [item.code for item in parsed.diagnostics] == ["too-many-words"]
    deep = parse("(x OR " * 20 + "war" + ")" * 20, SCHEMA)
    assert "too-deep" in [item.code for item in deep.diagnostics]
    assert "war" in str(deep.query)


TEXTS = st.lists(PIECES | JOINED, max_size=30).map("".join)


@given(TEXTS | st.sampled_from([text for text, _, _ in QUERIES]))
def test_4_a_tree_as_text_is_parsed_to_the_same_tree(text: str) -> None:
    query = plain(parse(text, SCHEMA).query)
    if query != MatchNone() and not any(stop_words(query)):
        assert plain(parse(str(query), SCHEMA).query) == query


def plain(query: Query) -> Query:
    """The query with each term counted once, and nothing scored for the order of a quotation's parts:
    `str` leaves both out."""

    def once(leaf: Leaf) -> Query:
        if isinstance(leaf, Phrase) and leaf.ordered:
            return replace(leaf, stems=())
        return replace(leaf, count=1) if isinstance(leaf, Term) else leaf

    return map_leaves(query, once)


def stop_words(query: Query) -> list[str]:
    """The stop words it insists on, as only a sign can."""
    found: list[str] = []

    def note(leaf: Leaf) -> Query:
        if isinstance(leaf, Term) and leaf.word in SCHEMA.analyzer.stop_words:
            found.append(leaf.word)
        return leaf

    map_leaves(query, note)
    return found


def depth(query: Query) -> int:
    match query:
        case And(children) | Or(children):
            return 1 + max(map(depth, children), default=0)
        case Not(child):
            return 1 + depth(child)
        case _:
            return 1


def test_1_every_diagnostic_has_a_query_in_the_table() -> None:
    reported = {code for _, _, reading in QUERIES for code in reading.partition("  ! ")[2].split()}
    # Queries too long for the table, and what only an index can tell.
    elsewhere = {"too-many-words", "too-deep", "too-many-expansions", "too-many-terms"}
    assert reported | elsewhere == {item.code for item in DiagnosticCode}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("boundary-layer flow", "(boundary OR layer OR flow)"),
        ("U-2 flights", "(u-2 OR flights)"),
        ("state-of-the-art", "(state OR art)"),
        ("+boundary-layer flow", "(flow AND boundary-layer)"),
        ("=boundary-layer flow", '(flow AND "boundary layer")'),
    ],
)
def test_words_with_a_hyphen_are_taken_apart_where_any_word_suffices(text: str, expected: str) -> None:
    assert str(parse(text, SCHEMA, "any").query) == expected
