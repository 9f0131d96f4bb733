"""Every engine gives the same answer to any text, whatever its spellings: hits, counts, hints and offers.

Documents and queries are made of words in the spellings that meet, or that must not: initials, hyphens,
apostrophes, letters and numbers, umlauts, Russian names, points and vowel signs, width, dates, directions.

1. The understood query, total, facets, hints, offers and explanations are the same.
2. So are the hits, their scores to the sixth digit, and what is marked in them.
3. What is marked is part of the text as written, also after characters that are composed or folded.
4. A search in one document, and the completions of a text, are the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.answer import Answer, DocumentHit
from search.document import Document
from search.engines import Engine, open_engine
from search.request import Question
from search.results import IndexInfo
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.conftest import STORED, NewEngine

ABSOLUTE, RELATIVE = 1e-5, 1e-6
"""The precision of scores: Tantivy's have 24 bits."""

SPELLINGS = (
    *("U.N.", "UN", "U. N.", "P.L. 480", "PL 480", "N. A. T. O.", "V. M. Sorokin", "V.M.", "VM"),
    *("re-election", "reelection", "election", "co-operate", "cooperate", "to-day", "today", "day"),
    *("Mo-jo", "Mojo", "O'Hara", "O’Hara", "OHara", "O Hara", "McKay", "Mc Kay", "king's"),
    *("d’Orléans", "Orléans", "l'été", "été", "Jäger", "Jaeger", "Jager", "Århus", "Aarhus", "Straße"),
    *("U-6", "U6", "F 94", "F-94", "94", "3rd", "12,000", "12 000", "12000", "1471,60", "½", "1/2"),
    *("Громов", "Громова", "гром", "Семёнов", "Семенову", "прика́з", "приказ"),
    *("שָׁלוֹם", "שלום", 'ארה"ב', "ארה״ב", "أحمد", "احمد", "مُحَمَّد", "محمد", "القاهرة", "القاهره"),
    *("کتاب", "كتاب", "ﾃﾚﾋﾞ", "テレビ", "テレヒ\u3099", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    *("ไทย", "กรุงเทพ", "鐵路", "铁路", "Ｌｏｎｄｏｎ", "London", "cafe\u0301", "café", "ﬁnal", "final"),
    *("encyclopædia", "📧", "İstanbul", "1920's", "1920s", "1920", "14 March 1948", "March 14, 1948"),
    *("March 1948", "1948", "spring of 1948", "maybe", "from", "to", "letter", "Mr. Adams", "Mr. Hay"),
    *("Adams", "Hay", "Adams to Hay", "of", "the", "and", "a@b.example", "b.example", "list_7-final.pdf"),
    *("Khrushchev", "Khruschev", "unheard"),
)
NAMES = ("Adams", "Hay", "O'Hara", "Громов", "Jäger")
DATES = ("", "1948", "1948-03", "1948-03-14", "1947..1949", "1921")
SCHEMA = Schema()


def random_documents(count: int) -> Iterator[Document]:
    random = Random(3)
    for n in range(count):
        words = random.choices(SPELLINGS[:-1], k=random.randint(3, 30))
        yield document(
            f"d{n:03}",
            " ".join(words) + ".",
            title=" ".join(random.sample(SPELLINGS[:-1], 3)),
            authors=random.sample(NAMES, random.randint(0, 1)),
            recipients=random.sample(NAMES, random.randint(0, 1)),
            date=random.choice(DATES),
            indexed=(0, 1_700_000_000, 1_700_000_001)[n % 3],
        )


DOCUMENTS = list(random_documents(80))


@pytest.fixture(scope="module")
def memory() -> Engine:
    return fill(open_engine("memory:", SCHEMA), DOCUMENTS)


@pytest.fixture(scope="module", params=STORED)
def other(request: pytest.FixtureRequest, new_engine: NewEngine) -> Engine:
    return fill(new_engine(request.param, SCHEMA), DOCUMENTS)


FORMS = (
    "{}",
    "{}",
    "{}",
    "{}",
    '"{}"',
    '"{}"~3',
    "={}",
    "-{}",
    "+{}",
    "title:{}",
    "author:({})",
    "{}*",
    "{}~",
)
spelling = st.sampled_from(SPELLINGS)
clauses = st.builds(
    lambda form, words: form.format(" ".join(words)),
    st.sampled_from(FORMS),
    st.lists(spelling, min_size=1, max_size=3),
)
texts = st.lists(clauses | st.sampled_from(["AND", "OR", "…"]), min_size=1, max_size=4).map(" ".join)
questions = st.builds(
    Question,
    texts,
    match=st.sampled_from([None, None, "all", "any"]),
    facets=st.just(("author", "recipient", "date")),
    expand=st.sampled_from([True, True, False]),
    sort=st.sampled_from([None, None, "title", "-date", "-indexed"]),
    per_page=st.just(100),
)


@given(question=questions)
@example(question=Question("-U.N. ไทย today", match="all", facets=()))
@settings(max_examples=200)
def test_1_2_answers_are_the_same(memory: Engine, other: Engine, question: Question) -> None:
    expected, answered = Searcher(memory).search(question), Searcher(other).search(question)
    assert without_hits(answered) == without_hits(expected)
    hits, others = hits_of(answered), hits_of(expected)
    if question.sort:
        sorted_ids = [hit.document.id for hit in expected.hits]
        assert [hit.document.id for hit in answered.hits] == sorted_ids
    assert [hit.score for hit in hits] == pytest.approx(
        [hit.score for hit in others], abs=ABSOLUTE, rel=RELATIVE
    )
    scores = {hit.document.id: hit.score for hit in hits}
    assert scores == pytest.approx({hit.document.id: hit.score for hit in others}, abs=ABSOLUTE, rel=RELATIVE)
    marked = {hit.document.id: hit.highlights for hit in hits}
    assert marked == {hit.document.id: hit.highlights for hit in others}


def hits_of(answer: Answer) -> tuple[DocumentHit, ...]:
    """The hits, and those of `more`: of documents that tie with its last one it may show any."""
    more = answer.more.hits if answer.more else ()
    if answer.more and len(more) < answer.more.total:
        more = tuple(hit for hit in more if abs(hit.score - more[-1].score) > 2 * ABSOLUTE)
    return answer.hits + more


def without_hits(answer: Answer) -> Answer:
    more = replace(answer.more, hits=()) if answer.more else None
    return replace(answer, hits=(), more=more, index=IndexInfo("", 0, "", ""), took_ms=0.0)


@given(text=texts, n=st.integers(0, len(DOCUMENTS) - 1))
@settings(max_examples=200)
def test_3_4_marks_are_in_the_text(memory: Engine, other: Engine, text: str, n: int) -> None:
    expected, answered = (
        Searcher(engine).search_in(DOCUMENTS[n], Question(text)) for engine in (memory, other)
    )
    assert (answered.matches, answered.terms) == (expected.matches, expected.terms)
    before = 0
    for start, end in answered.matches.body:
        assert before <= start < end <= len(DOCUMENTS[n].body)
        before = end


@given(text=st.lists(spelling, min_size=1, max_size=3).map(" ".join))
@settings(max_examples=100)
def test_4_completions_are_the_same(memory: Engine, other: Engine, text: str) -> None:
    assert Searcher(other).suggest(text) == Searcher(memory).suggest(text)
