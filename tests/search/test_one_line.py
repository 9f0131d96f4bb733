"""Text on one line has nothing that commands a terminal, turns what follows around, or cannot be encoded."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from search.one_line import one_line


@given(st.text(st.characters()))
def test_it_has_no_controls(text: str) -> None:
    line = one_line(text)
    assert not [char for char in line if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert one_line(line) == line
    line.encode()
