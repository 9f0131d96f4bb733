"""Ids hold only `[A-Za-z0-9._~-]`, are never empty, and stay as they are once they are such."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.metadata.ids import file_slug, slug

VALID = re.compile(r"[A-Za-z0-9._~-]+")


@given(st.text())
def test_any_text_makes_a_valid_id(text: str) -> None:
    made = slug(text)
    assert VALID.fullmatch(made)
    assert made.strip(".")
    assert slug(made) == made


@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1), min_size=1, max_size=4))
def test_any_path_makes_a_valid_id(parts: list[str]) -> None:
    assert VALID.fullmatch(file_slug("/".join(parts)))
