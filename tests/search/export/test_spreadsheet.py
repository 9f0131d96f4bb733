"""A cell of a spreadsheet.

1. No text becomes a formula, however a program drops what stands before the sign.
2. A reader has the text again.
3. A cell is no longer than a program can hold, and ends between characters.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.export.spreadsheet import LONGEST, cell, text_of

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+1",
    "-1",
    "-0043-03-15",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\t",
    "\x00=1",
    " =1",
    "\u00a0\u3000=1",
    "\u200b\u202e\ufeff=1",
    '"=1"',
    "'=1",
    "\u201c=1\u201d",
    "\u00ab -1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    "\ufe66\ufe62\ufe63\ufe6b",
    "\u22121",
    "\u207a1",
    "\ufe0f=1",
    "' ' \" = 1",
]
PLAIN = [
    "",
    "1953",
    "a=b",
    "Mao - Kim",
    "(=1)",
    "№ 5",
    "1-2",
    "毛泽东",
    "* =1",
    "“The” end",
    "§ 3",
    "~",
    "[=1]",
    "…",
    "\u0301",
]

signs = st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe63")
dropped = st.text(
    st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Pi", "Pf"]) | st.sampled_from("\"'`")
)


def is_formula(text: str) -> bool:
    """Whether a program might take the text for a formula that drops all that it may before the sign."""
    if text.startswith("'"):
        return False
    kept = text.lstrip(
        "".join({char for char in text if unicodedata.category(char)[0] in "CZ"}) + "\"'`\u201c\u201d\u00ab"
    )
    return unicodedata.normalize("NFKC", kept[:1])[:1] in set("=+-@\u2212") or text.startswith(
        ("\t", "\r", "\n")
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_1_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")
    assert not is_formula(cell(text))


@pytest.mark.parametrize("text", PLAIN)
def test_1_other_text_is_left_alone(text: str) -> None:
    assert cell(text) == text


@given(st.text() | st.builds("".join, st.tuples(dropped, signs, st.text())))
def test_1_no_text_is_a_formula(text: str) -> None:
    assert not is_formula(cell(text))
    assert not set(cell(text)) & {"\r", "\x00"}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from("\t\n'=")))
def test_2_the_text_again(text: str) -> None:
    assert text_of(cell(text)) == text


def test_2_line_breaks_and_controls() -> None:
    assert cell("one\r\ntwo\rthree\x00\x1b[2J") == "one\ntwo\nthree[2J"
    assert cell("one\u2028two\u2029three\x85four\x9b") == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize("text", ["a" * 40_000, "=" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_3_what_a_cell_holds(text: str) -> None:
    shown = cell(text)
    assert LONGEST - 2 <= len(shown.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST
    assert shown.endswith("…")
    assert text.startswith(text_of(shown)[:-1])
    assert cell("a" * LONGEST) == "a" * LONGEST
