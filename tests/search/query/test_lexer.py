"""Lexemes of a query.

1. They cover the text: only whitespace stands between them.
2. A prefix without an operand behind it is part of a word.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.lexer import Lexeme, lexemes

PARTS = [
    "war",
    '"',
    "“",
    "‘",
    "’",
    "(",
    ")",
    "[a TO b]",
    "+",
    "-",
    "!",
    "=",
    ":",
    "title:",
    "date: March 1951",
]
QUERIES = st.lists(st.sampled_from([*PARTS, "~2", "^2", " ", "\n", "*", "AND"])).map("".join)


@given(QUERIES | st.text())
def test_1_lexemes_cover_the_text(text: str) -> None:
    at = 0
    for lexeme in lexemes(text):
        assert text[at : lexeme.position].strip() == ""
        assert len(lexeme.written) > 0
        at = lexeme.position + len(lexeme.written)
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('-title:"peace talks"~5^2', Lexeme("phrase", "peace talks", 0, "", "-", "title", tail="~5^2")),
        ("title:=war^2", Lexeme("word", "war", 0, "", field="title", exact=True, tail="^2")),
        ("-", Lexeme("word", "-", 0, "")),
        ("+)", Lexeme("word", "+", 0, "+")),
        ('-title:"', Lexeme("word", "title:", 0, "-title:", "-")),
        ('="', Lexeme("word", "=", 0, "=")),
        ("-(", Lexeme("open", "", 0, "", "-")),
        ('"', Lexeme("quote", "", 0, "")),
        (")^2", Lexeme("close", "", 0, "", tail="^2")),
        ("before: July 4, 1953", Lexeme("phrase", "July 4, 1953", 0, "", field="before")),
    ],
)
def test_2_prefix_operand_and_suffix(text: str, expected: Lexeme) -> None:
    first = lexemes(text)[0]
    assert first.written == (expected.written or text)
    assert (first.kind, first.text, first.sign, first.field, first.exact, first.tail) == (
        (expected.kind, expected.text, expected.sign, expected.field, expected.exact, expected.tail)
    )
