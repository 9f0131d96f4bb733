"""The text of a query with its quotation marks and parentheses in pairs.

1. What has no counterpart is left out, or closed at the end; all else stays as typed.
2. Of any text, the result is balanced, and is read as the text itself if anything is left of it.
"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.query.balance import balanced
from search.query.diagnostics import DiagnosticCode
from search.query.parser import parse
from search.schema import Schema

SCHEMA = Schema()
UNBALANCED = {
    DiagnosticCode.UNCLOSED_QUOTE.code,
    DiagnosticCode.UNCLOSED_PARENTHESIS.code,
    DiagnosticCode.UNOPENED_PARENTHESIS.code,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('(draft AND "unclosed', "(draft AND unclosed)"),
        ('"a b" (c OR d)', '"a b" (c OR d)'),
        ("draft) NOT x", "draft NOT x"),
        ("((a b", "((a b))"),
        ('  "a  ', "  a  "),
        ("", ""),
    ],
)
def test_1_cases(text: str, expected: str) -> None:
    assert balanced(text) == expected


@given(st.text('ab "()', max_size=12))
def test_2_any_text(text: str) -> None:
    before, after = parse(text, SCHEMA), parse(balanced(text), SCHEMA)
    assume(balanced(text).strip())
    assert not UNBALANCED & {item.code for item in after.diagnostics}
    assert str(after.query) == str(before.query)
