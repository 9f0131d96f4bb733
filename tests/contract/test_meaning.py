"""What a query may mean changes the order of the documents that it finds, alike on every engine.

1. The engines agree in ids, order, scores, totals, facets and interpretations for any text.
2. Documents dated within the days of a date come before those that may be of them, and these before the rest.
3. An interpretation finds as many documents as it says, all of which the query with its filters finds.
4. Whether a document is found does not depend on the order: any sort finds the same documents.
"""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answer import Answer
from search.document import Document
from search.engines import open_engine
from search.query.lexer import lexemes
from search.query.worded_dates import days_in_words, with_dates
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.conftest import STORED, NewEngine

WORDS = ("ferry", "harbour", "ice", "letter", "may", "1871", "12", "Berg", "Holm")
NAMES = ("Anna Berg", "Karl Holm", "Mr. Berg", "Harbour Office")
DATES = ("", "1871", "1871-05", "1871-05-12", "1871-05-20", "1872-01-03", "1870..1875", "..1871", "1900..")
PIECES = (
    "ferry", "harbour", "ice", "letter", "12 May 1871", "May 1871", "1871", "1870s", "spring 1871", "Berg",
    "Holm", "to", "from", "Mr. Berg", "Harbour Office", "-ice", '"may 1871"', "(", ")", "OR", "author:Berg",
)  # fmt: skip
SCHEMA = Schema()


def random_documents(seed: int, count: int) -> list[Document]:
    random = Random(seed)
    return [
        document(
            f"d{n:03}",
            " ".join(random.choices(WORDS, k=random.randint(1, 30))),
            title=" ".join(random.choices(WORDS, k=random.randint(1, 3))),
            authors=random.sample(NAMES, random.randint(0, 2)),
            recipients=random.sample(NAMES, random.randint(0, 1)),
            date=random.choice(DATES),
        )
        for n in range(count)
    ]


DOCUMENTS = random_documents(7, 80)
PRECISION = 1e-5
"""Of scores: Tantivy's have 24 bits, also where most of the upper bound of a title is taken off again."""


@pytest.fixture(scope="module")
def memory() -> Searcher:
    return Searcher(fill(open_engine("memory:", SCHEMA), DOCUMENTS))


@pytest.fixture(scope="module", params=STORED)
def other(request: pytest.FixtureRequest, new_engine: NewEngine) -> Searcher:
    return Searcher(fill(new_engine(request.param, SCHEMA), DOCUMENTS))


questions = st.builds(
    Question,
    text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join),
    match=st.sampled_from([None, "all", "any", "most"]),
    expand=st.sampled_from([True, True, False]),
    per_page=st.just(100),
    highlight=st.just(False),
)


def ids(answer: Answer) -> list[str]:
    return [found.document.id for found in answer.hits]


@given(question=questions)
@settings(max_examples=150)
def test_1_engines_agree(memory: Searcher, other: Searcher, question: Question) -> None:
    expected, answer = memory.search(question), other.search(question)
    assert (answer.total, answer.facets, answer.query) == (expected.total, expected.facets, expected.query)
    scores = {found.document.id: found.score for found in answer.hits}
    expected_scores = {found.document.id: found.score for found in expected.hits}
    assert scores == pytest.approx(expected_scores, rel=1e-6, abs=PRECISION)
    in_order = [found.score for found in expected.hits]
    assert [found.score for found in answer.hits] == pytest.approx(in_order, rel=1e-6, abs=PRECISION)


@given(question=questions)
@settings(max_examples=100)
def test_2_documents_of_a_date_come_first(memory: Searcher, question: Question) -> None:
    question = replace(question, match="all", expand=True)
    answer = memory.search(question)
    read = with_dates(question.text, lexemes(question.text))
    dates = [days_in_words(lexeme.text) for lexeme in read if lexeme.kind == "date"]
    if len(dates) != 1 or any(word in question.text.split() for word in ("to", "from")):
        return
    [days] = dates
    assert days is not None
    title = SCHEMA.analyzer.whole_term(question.text)
    found = [hit.document for hit in answer.hits]
    hits = [item for item in found if SCHEMA.analyzer.whole_term(item.title) != title]
    dated = [item.date.days if item.date else None for item in hits]
    fits = [0 if when is None else days.overlaps(when) + days.contains(when) for when in dated]
    assert fits == sorted(fits, reverse=True)


@given(question=questions)
@settings(max_examples=100)
def test_3_interpretations_are_counted(memory: Searcher, question: Question) -> None:
    answer = memory.search(question)
    for item in answer.query.interpretations:
        alone = memory.search(item.question)
        assert alone.total == item.count > 0
        both = memory.search(replace(question, filters=item.filters))
        assert item.kind != "date" or answer.query.relaxed or set(ids(both)) == set(ids(alone))


@given(question=questions)
@settings(max_examples=50)
def test_4_the_order_changes_no_match(memory: Searcher, question: Question) -> None:
    by_title = memory.search(replace(question, sort="title"))
    assert set(ids(by_title)) == set(ids(memory.search(question)))
