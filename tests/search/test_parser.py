"""How queries are read. Each line of the table is a query and what is understood.

1. The table.
2. No text raises, hangs or nests deep; what is understood is stable under another reading of its leaves.
3. Limits hold and are said.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parser import MAX_DEPTH, MAX_DIAGNOSTICS, MAX_TERMS, parse
from search.query import And, MatchAll, Not, Or, Query, leaves
from search.schema import Schema

SCHEMA = Schema()

TABLE = """
armistice                       | armistic
armistice talks                 | (armistic AND talk)
the armistice                   | armistic
the of                          | (the AND of)
"the armistice"                 | "the armistice"
“the armistice”                 | "the armistice"
«the armistice»                 | "the armistice"
"armistice"                     | =armistice
=Negotiating                    | =negotiating
negotiat*                       | negotiat*
rhee~                           | rhee~1
armistice~                      | armistice~2
armistice~1                     | armistice~1
"a b"~5                         | "a b"~5
war AND peace                   | (war AND peac)
war OR peace treaty             | (war OR (peac AND treati))
war AND peace OR treaty         | ((war AND peac) OR treati)
war NOT peace                   | (war AND NOT peac)
war -peace                      | (war AND NOT peac)
+the war                        | (the AND war)
NOT war                         | NOT war
NOT NOT war                     | war
-(war OR peace)                 | NOT (war OR peac)
(war OR peace) treaty           | ((war OR peac) AND treati)
title:war                       | title:war
TITLE:war                       | title:war
title:(war OR peace)            | (title:war OR title:peac)
title:"war and peace"           | title:"war and peace"
-author:stalin war              | (NOT author:stalin AND war)
date:1951                       | date:1951
date:1951-07..1953              | date:1951-07-01..1953-12-31
before:1952                     | date:..1951-12-31
after:1951-11                   | date:1951-12-01..
date:1950s                      | date:1950s
date:-0044                      | date:-0044
date:(1951 OR 1953)             | (date:1951 OR date:1953)
title:(war date:1951)           | (title:war AND date:1951)
colour:(war OR peace)           | (colour AND (war OR peac))
-colour:(war OR peace)          | NOT (colour AND (war OR peac))
Sino-Soviet                     | (sino AND soviet)
02091-C-71                      | "02091 c 71"
V.M. Molotov                    | ("v m" AND molotov)
AND                             | and
war AND                         | war
OR war                          | war
(draft                          | draft
draft)                          | draft
"unclosed quote                 | (unclos AND quot)
()                              | (nothing)
*                               | *
-                               | (nothing)
h52.1 - x                       | ("h52 1" AND x)
and                             | and
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_1_what_is_understood(line: str) -> None:
    text, understood = (part.strip() for part in line.rsplit("|", 1))
    assert str(parse(text, SCHEMA).query) == understood


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(draft", ["unclosed-parenthesis"]),
        ("draft)", ["unopened-parenthesis"]),
        ('"draft', ["unclosed-quote"]),
        ("war AND", ["literal-operator"]),
        ("colour:red", ["unknown-field"]),
        ("date:yesterday", ["date-not-understood"]),
        ("a*", ["prefix-too-short"]),
        ("it~", ["fuzzy-not-possible"]),
        ('"a b"~500', ["near-too-far"]),
        ("...", ["nothing-to-search"]),
        ("http://example.org/x", []),
        ("armistice", []),
    ],
)
def test_1_what_is_said(text: str, codes: list[str]) -> None:
    said = parse(text, SCHEMA).diagnostics
    assert [item.code for item in said] == codes
    assert all(item.message.endswith(".") and 0 <= item.position <= len(text) for item in said)


def test_1_an_empty_query_asks_for_everything() -> None:
    assert parse(" \t", SCHEMA).query == MatchAll()


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("war peace", "(war OR peac)"),
        ('war peace "line of"', '((war OR peac) AND "line of")'),
        ("war peace -treaty", "((war OR peac) AND NOT treati)"),
        ("war peace title:x", "((war OR peac) AND title:x)"),
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
        str(parse('war peace "line of" -x', SCHEMA, "any").query) == '((war OR peac OR "line of") AND NOT x)'
    )


SYNTAX = st.lists(
    st.sampled_from(
        ["war", "the", '"', "“", "(", ")", "AND", "OR", "NOT", "+", "-", "*", "~", "~2", "=", ":", " "]
    )
    | st.sampled_from(
        ["title:", "date:", "1951", "..", "x" * 100, "\x00", "\ud800", "\u202e", "毛", "a-1", "\n"]
    ),
    max_size=60,
).map("".join)


@given(SYNTAX | st.text())
def test_2_no_text_raises(text: str) -> None:
    for match in ("all", "any"):
        parsed = parse(text, SCHEMA, match)  # type: ignore[arg-type]
        assert isinstance(str(parsed.query), str)
        assert depth(parsed.query) <= 3 * MAX_DEPTH
        assert len(list(leaves(parsed.query))) <= MAX_TERMS
        assert len(parsed.diagnostics) <= MAX_DIAGNOSTICS


@pytest.mark.parametrize(
    "piece",
    ["(", ")", '"', "NOT ", "-(", "war OR ", "(a OR ", "title:(", "a:", "+", "\\", "*", "~", "=", '"a', "''"],
)
def test_2_no_text_hangs(piece: str) -> None:
    started = time.perf_counter()
    parse(piece * (65_536 // len(piece)), SCHEMA)
    assert time.perf_counter() - started < 2


def test_3_limits_are_said() -> None:
    parsed = parse(" ".join(f"w{n}" for n in range(100)), SCHEMA)
    assert len(list(leaves(parsed.query))) == MAX_TERMS
    assert [item.code for item in parsed.diagnostics] == ["too-many-words"]
    deep = parse("(x OR " * 20 + "war" + ")" * 20, SCHEMA)
    assert "too-deep" in [item.code for item in deep.diagnostics]
    assert "war" in str(deep.query)


def depth(query: Query) -> int:
    match query:
        case And(children) | Or(children):
            return 1 + max(map(depth, children), default=0)
        case Not(child):
            return 1 + depth(child)
        case _:
            return 1
