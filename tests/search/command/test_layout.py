"""Text in a terminal.

1. Lines are as wide as asked; nothing is lost, and only words wider than a line are broken.
2. Nothing of a document or a query commands the terminal or turns a line round.
3. Wide characters count twice, marks not at all.
"""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answer import Highlight
from search.command.layout import display_width, marked, paragraph

WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), min_size=1)


@given(WORDS, st.integers(0, 8), st.integers(20, 60))
def test_1_lines_are_as_wide_as_asked(words: list[str], indent: int, width: int) -> None:
    lines = list(paragraph(" ".join(words), indent, width))
    assert all(line.startswith(" " * indent) and display_width(line) <= width for line in lines)
    shown = [line[indent:] for line in lines]
    assert "".join(shown).replace(" ", "") == "".join(words).replace(" ", "")
    if max(map(display_width, words)) <= width - indent:
        assert " ".join(shown) == " ".join(words)


def test_1_scripts_without_spaces_are_broken() -> None:
    text = "停战谈判" * 5 + click.style("停战", bold=True) + "谈判" * 5
    lines = list(paragraph(text, 2, 22))
    assert [display_width(line) for line in lines] == [22, 22, 22, 6]
    assert click.unstyle("".join(line[2:] for line in lines)) == click.unstyle(text)


def test_1_without_a_width_a_text_is_one_line() -> None:
    assert list(paragraph("one two " * 100 + "end", 2, 0, "- ")) == ["- " + "one two " * 100 + "end"]


def test_1_styles_have_no_width() -> None:
    bold = click.style("armistice", bold=True)
    assert list(paragraph(f"the {bold} talks", 0, 19)) == [f"the {bold} talks"]
    assert list(paragraph(f"the {bold} talks", 2, 19, "1.")) == [f"1.the {bold}", "  talks"]


@given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_2_a_marked_text_has_only_the_styles_of_its_matches(before: str, match: str, after: str) -> None:
    start = len(before)
    highlight = Highlight("body", before + match + after, ((start, start + len(match)),))
    assert click.unstyle(marked(highlight)).count("\x1b") == 0
    assert "\n" not in marked(highlight)


def test_2_spaces_around_a_match_stay() -> None:
    highlight = Highlight("body", "the\narmistice  talks", ((4, 13),))
    assert click.unstyle(marked(highlight)) == "the armistice talks"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("Mao", 3), ("毛泽东", 6), ("e\u0301te\u0301", 3), ("ماو", 3)]
)
def test_3_width(text: str, width: int) -> None:
    assert display_width(text) == width
