"""Facet values match typed prefixes, and are sorted as a reader expects."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.facets.collation import DIGITS, OTHER, SYLLABIC, initial, matches_prefixes, prefixes, sort_key


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("molo", "V.M. Molotov", True),
        ("molotov vm", "V.M. Molotov", True),
        ("V M", "V.M. Molotov", True),
        ("tov", "V.M. Molotov", False),
        ("vaskov", "Vas'kov", True),
        ("Vas’kov", "Vas'kov", True),
        ("eluard", "Éluard, Paul", True),
        ("ÉLUARD", "Eluard", True),
        ("ussr", "U.S.S.R. Embassy", True),
        ("tse-tung", "Mao Tse-tung", True),
        ("tse-tung", "Mao Tsetung", True),
        ("foreign & comm", "Foreign and  Commonwealth Office", True),
        ("and", "Foreign & Commonwealth", True),
        ("политб", "ЦК ВКП(б), Политбюро", True),
        ("泽东", "毛泽东", True),
        ("  ", "anything", True),
        ("- .", "anything", True),
        ("mao kim", "Mao", False),
    ],
)
def test_prefixes_match_at_word_boundaries(text: str, value: str, found: bool) -> None:
    assert matches_prefixes(value, prefixes(text)) is found


@given(st.text(max_size=30))
def test_a_value_matches_itself(value: str) -> None:
    assert matches_prefixes(value, prefixes(value))


@pytest.mark.parametrize(
    ("value", "letter"),
    [
        ("Éluard", "E"),
        ("“Zorin”", "Z"),
        ("1st Army", DIGITS),
        ("Жданов", "Ж"),
        ("毛泽东", SYLLABIC),
        ("—", OTHER),
    ],
)
def test_initials(value: str, letter: str) -> None:
    assert initial(value) == letter


def test_alphabetical_order() -> None:
    names = ["毛泽东", "Жданов", "zorin", "Éluard", "eisenhower", "(Zhou)", "3rd Army", "de Gaulle", "—"]
    assert sorted(names, key=sort_key) == [
        "3rd Army", "de Gaulle", "eisenhower", "Éluard", "(Zhou)", "zorin", "Жданов", "毛泽东", "—",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=8)))
def test_values_of_one_initial_are_adjacent(values: list[str]) -> None:
    letters = [initial(value) for value in sorted(values, key=sort_key)]
    assert len([letter for letter, _ in groupby(letters)]) == len(set(letters))
