"""Facet values match typed prefixes; they and titles are sorted as a reader expects."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.collation import (
    DIGITS,
    MAX_TITLE_KEY,
    OTHER,
    SYLLABIC,
    initial,
    matches_prefixes,
    prefixes,
    sort_key,
    title_key,
)


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
    in_order = [
        "3rd Army", "10th Army", "de Gaulle", "eisenhower", "Éluard", "(Zhou)", "zorin", "Жданов",
        "毛泽东", "—",
    ]  # fmt: skip
    assert sorted(set(in_order), key=sort_key) == in_order


@given(st.lists(st.text(max_size=8)))
def test_values_of_one_initial_are_adjacent(values: list[str]) -> None:
    letters = [initial(value) for value in sorted(values, key=sort_key)]
    assert len([letter for letter, _ in groupby(letters)]) == len(set(letters))


@pytest.mark.parametrize(
    ("language", "title", "filed_as"),
    [
        ("english", "The Accord", "Accord"),
        ("english", "“An Answer”", "Answer"),
        ("english", "A Note on Coal", "Note on Coal"),
        ("english", "The 1951 Plan", "1951 Plan"),
        ("english", "A. Berg to C. Holm", "a berg to c holm"),
        ("english", "A 12/4", "a, 12, 4"),
        ("english", "A B Smith", "a b smith"),
        ("english", "The", "the"),
        ("english", "Die Welt", "die welt"),
        ("german", "Die Welt", "Welt"),
        ("french", "L’Égypte", "Egypte"),
        ("french", "La Défense", "Defense"),
        ("russian", "The Accord", "the accord"),
    ],
)
def test_titles_are_filed_without_their_article(language: str, title: str, filed_as: str) -> None:
    assert title_key(title, language) == title_key(filed_as, "finnish")


@given(st.text(max_size=300), st.text(max_size=300))
def test_keys_of_titles_are_sorted_alike_as_text_and_as_bytes(one: str, other: str) -> None:
    keys = title_key(one, "english"), title_key(other, "english")
    assert all(len(key) <= MAX_TITLE_KEY and "\0" not in key for key in keys)
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_count_by_what_they_amount_to(one: int, other: int) -> None:
    assert (title_key(f"No. {one}a", "english") < title_key(f"No. {other}a", "english")) == (one < other)
