"""A highlight as HTML is its text escaped, with the ranges in <mark> and no other tag."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from search.answer import Highlight


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=6))
def test_html(text: str, steps: list[tuple[int, int]]) -> None:
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
