"""The name of a file: words of the search and the day, and nothing that a file system refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.export import file_name
from search.export.file_name import ascii_name
from search.request import Filter, Question

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("question", "name", "plain"),
    [
        (Question("Armistice talks"), "armistice-talks", "armistice-talks"),
        (Question(), "documents", "documents"),
        (Question(" * "), "documents", "documents"),
        (Question('author:Kim "line of"~3'), "author-kim-line-of-3", "author-kim-line-of-3"),
        (Question("Straße, Übergang"), "straße-übergang", "strae-ubergang"),
        (Question("e\u0301te\u0301 हिन्दी"), "été-हिन्दी", "ete"),
        (Question("毛泽东 1951"), "毛泽东-1951", "documents-1951"),
        (Question(filters=(Filter("author", "is", "Kim"), Filter("author", "not", "Mao"))), "kim", "kim"),
        (Question("../../etc/passwd"), "etc-passwd", "etc-passwd"),
    ],
)
def test_named_after_the_search(question: Question, name: str, plain: str) -> None:
    assert file_name(question, DAY, "csv") == f"{name}-2026-11-26.csv"
    assert ascii_name(file_name(question, DAY, "csv")) == f"{plain}-2026-11-26.csv"


@given(st.text())
def test_any_search_has_a_name(text: str) -> None:
    name = file_name(Question(text), DAY, "bib")
    assert name.endswith("-2026-11-26.bib")
    assert len(name) < 90
    assert not set(name.lower()) & set('/\\:*?"<>|\0\n\r ')
    assert ascii_name(name).isascii()
    assert ascii_name(name)[0].isalpha()
