"""Few documents, and how many in similar spellings of every word?

1. Each bare word is searched in the spellings that documents have; all else stays as typed.
2. The offer says exactly how many documents it finds, and they are more.
3. There is none where ten documents were found, or where it would find no more.
4. It works within bounds, whatever the text.
"""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from search.engines import Engine
from search.engines.memory import MemoryEngine
from search.request import Filter, Question
from search.schema import Schema
from search.searcher import Searcher
from search.suggestions.similar_spellings import FEW, similar_spellings
from tests.archive import document, fill

DOCUMENTS = (
    document("clean", "The harvest at Tobruk failed in May 1931.", authors=["Razuvaev"]),
    document("misread", "Tbe harvcst at Tobruk failed.", authors=["Razuvaev"]),
    document("worse", "Tlie harvest at Tobruck faiied", authors=["Zorin"]),
    document("other", "The railway; its carter was late.", authors=["Zorin"]),
    *(document(f"many{n}", "Frequent rain.") for n in range(FEW)),
    document("one", "Freqnent rain."),
)

TEXTS = [
    ("harvest", "harvest~1"),
    ("harvest, Tobruk", "harvest~1 Tobruk~1"),
    ("harvest 1931 railway", "harvest~1 1931 railway"),
    ("harvest at Tobruk", "harvest~1 at Tobruk~1"),
    ("(harvest OR railway) Tobruk", "(harvest~1 OR railway) Tobruk~1"),
    ('harvest "Tobruk"', 'harvest~1 "Tobruk"'),
    ("harvest =Tobruk", "harvest~1 =Tobruk"),
    ("harvest -Tobruk", "harvest~1 -Tobruk"),
    ("harvest NOT Tobruk", "harvest~1 NOT Tobruk"),
    ("harvest author:Razuvaev", "harvest~1 author:Razuvaev"),
    ("harvest date:May 1931", "harvest~1 date:May 1931"),
    ("harv* Tobruk~", None),
    ('"harvest" +Tobruk', None),
    ("railway", None),
    ("unheardofword", None),
    (" ".join(["harvest"] * 40), None),
    ("", None),
]


@pytest.fixture(scope="module")
def filled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(DOCUMENTS)


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_1_each_bare_word(filled: Engine, text: str, expected: str | None) -> None:
    respelled = similar_spellings(Question(text), filled)
    assert (respelled.text if respelled else None) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question("harvest"), 3),
        (Question("harvest tobruk"), 3),
        (Question("harvest tobruk", match="all"), 3),
        (Question("harvest tobruk", filters=(Filter("author", "is", "Razuvaev"),)), 2),
        (Question("harvest tobruk", filters=(Filter("author", "is", "Zorin"),)), 1),
        (Question("failed"), 3),
        (Question("frequent"), None),
        (Question("tlie"), None),
        (Question("railway"), None),
    ],
)
def test_2_3_counts(filled: Engine, question: Question, expected: int | None) -> None:
    searcher = Searcher(filled)
    offer = searcher.search(question).similar_spellings
    assert (offer.count if offer else None) == expected
    if offer:
        assert searcher.search(offer.question).total == expected


@pytest.fixture(scope="module")
def archive() -> Engine:
    return fill(MemoryEngine(Schema()), DOCUMENTS)


PIECES = [
    "harvest",
    "Tobruk,",
    "failed",
    "the",
    '"',
    "author:",
    "-",
    "(",
    ")",
    "NOT",
    "OR",
    "~2",
    "=",
    "+",
    "毛",
]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join) | st.text(max_size=30))
def test_4_any_text(archive: Engine, text: str) -> None:
    answer = Searcher(archive).search(Question(text))
    if answer.similar_spellings:
        found = Searcher(archive).search(answer.similar_spellings.question)
        assert not found.query.relaxed
        assert found.total == answer.similar_spellings.count > (0 if answer.query.relaxed else answer.total)
