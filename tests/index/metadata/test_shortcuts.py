"""What tells fast that most texts need no more work says nothing else than the work would."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.support import content
from index.metadata import date_translation, dates
from index.metadata.labels import any_of
from search.languages.month_names import MONTHS_NAMED

WORDS = st.sampled_from((*MONTHS_NAMED, "lundi", "Sonntag", "le", "den", "the", "of", "Letter", "to", "r."))
TEXTS = st.lists(st.one_of(WORDS, WORDS.map(str.title), st.from_regex(r"\d{1,4}(?:st|er)?", fullmatch=True)))


@given(TEXTS.map(" ".join))
def test_1_what_is_in_english_already_stays(text: str) -> None:
    assert date_translation.in_english(text) == date_translation._in_english(text)


@pytest.mark.parametrize(
    "text",
    ["sometime in 1951", "Approximately 1900", "Twenty-first century", "Tuesday 4 May 1951", "mai 1900"],
)
def test_2_texts_that_begin_as_dates_do_are_read(text: str) -> None:
    date = dates.parse_date(text)
    assert date
    assert date.understood


@given(st.lists(st.text("abAB-. ", min_size=1), min_size=1, max_size=6), st.text("abAB-. "))
def test_3_any_of_some_words_is_found_where_an_alternation_finds_it(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    expected, found = (re.search(form, text) for form in (plain, any_of(words)))
    assert (found and found.span()) == (expected and expected.span())


@given(
    st.text(st.characters(categories=("L", "Cc", "Cs", "Cn", "Zs"), include_characters="\ufdd0\uffff\r\n"))
)
def test_4_texts_without_control_characters_stay(text: str) -> None:
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    expected = content._CONTROLS.sub("", joined.replace("\r\n", "\n").replace("\r", "\n"))
    assert content.clean(text) == expected


@given(st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True))
def test_5_days_in_figures_are_read_as_other_dates_are(text: str) -> None:
    assert dates.parse_date(text) == dates.parse_date(f"{text} ")
