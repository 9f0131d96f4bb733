"""Other spellings of what was typed.

1. Every document that one finds has it marked.
2. A search asks for few of them, and reads little of long documents, whatever the query.
3. What is found by another spelling is ranked as if it had been typed; nothing is expanded twice.
4. Tried on any word, spellings are words that the analyzer makes of them.
"""

import json
import tomllib
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cache import GenerationCache
from search.document import Document
from search.engines import Engine
from search.expansion.forms import Forms
from search.expansion.known_spellings import MAX_READ, known_spellings
from search.expansion.spelling_searches import MAX_SEARCHES
from search.expansion.spellings import spellings, typed_runs
from search.query.parser import parse
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill, read_documents

SCHEMA = Schema()
CASE = Path(__file__).parents[2] / "contract" / "cases" / "spellings"
EXPANDED = [
    search["params"][0][1]
    for search in tomllib.loads((CASE / "searches.toml").read_text(encoding="utf-8"))["search"]
    if search.get("expanded") and search.get("ids")
]


@pytest.fixture(scope="module")
def filled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(read_documents(CASE / "documents.jsonl"))


@pytest.mark.parametrize("text", EXPANDED)
def test_1_what_is_found_is_marked(filled: Engine, text: str) -> None:
    for found in Searcher(filled).search(Question(text)).hits:
        marked = [item.text[start:end] for item in found.highlights for start, end in item.ranges]
        assert marked, (found.document.id, json.dumps(text))


@pytest.mark.parametrize(
    ("text", "doc_id", "marked"),
    [
        ("reelection", "hyphen", ["re-election"]),
        ("re-election", "joined", ["reelection"]),
        ("U2", "planes", ["U-2"]),
        ("B-52", "planes2", ["B52"]),
        ("Müller", "digraph", ["Mueller"]),
        ("Aarhus", "umlaut", ["Århus"]),
        ("12500", "space", ["12 500"]),
        ("1.471,60", "comma", ["1471,60"]),
        ("OConnor", "connor2", ["O Connor"]),
    ],
)
def test_1_all_of_a_spelling_is_marked(filled: Engine, text: str, doc_id: str, marked: list[str]) -> None:
    [found] = [hit for hit in Searcher(filled).search(Question(text)).hits if hit.document.id == doc_id]
    ranges = [
        item.text[start:end]
        for item in found.highlights
        if item.field == "body"
        for start, end in item.ranges
    ]
    assert ranges == marked


def found_in(engine: Engine, text: str, cache: GenerationCache | None = None) -> Forms:
    return known_spellings(parse(text, engine.schema).query, engine, cache or GenerationCache(99))


def test_2_what_is_kept_for_later_queries_changes_nothing(filled: Engine) -> None:
    texts = [*EXPANDED, *map(" ".join, pairwise(EXPANDED)), " ".join(EXPANDED[:20])]
    expected = [found_in(filled, text) for text in texts]
    cache = GenerationCache(9999)
    assert [found_in(filled, text, cache) for text in texts] == expected
    assert [found_in(filled, text, cache) for text in reversed(texts)] == expected[::-1]


def test_2_few_searches(filled: Engine) -> None:
    text = " ".join(EXPANDED[:20])
    asked: list[Any] = []
    search = type(filled).search

    def counted(self: Engine, request: Any) -> Any:
        asked.append(request)
        return search(self, request)

    with patch.object(type(filled), "search", counted):
        found_in(filled, text)
    assert 0 < len(asked) <= MAX_SEARCHES


def test_2_the_beginning_of_a_long_document_is_read(engine: Engine) -> None:
    fill(engine, [document("long", f"{'word ' * (MAX_READ // 5)} We met to-day.")])
    assert not found_in(engine, "today")
    fill(engine, [document("long", f"We met to-day. {'word ' * (MAX_READ // 5)}")])
    assert found_in(engine, "today")


def test_3_every_spelling_scores(filled: Engine) -> None:
    searcher = Searcher(filled)
    for text in EXPANDED:
        found = searcher.search(Question(text, match="all"))
        assert all(hit.score > 0 for hit in found.hits)
        assert len({item.source for item in found.query.expanded}) == len(found.query.expanded)


def test_3_the_document_about_it_comes_first_in_any_spelling(engine: Engine) -> None:
    mention = "A U2 was seen, once, by the men on the ship in the harbour, and no more is said of it."
    about = "The U-2 flights: where the U-2 flew, and what the pilot of the U-2 said."
    fill(engine, [document("a", mention), document("b", mention.replace("U2", "U-2")), document("c", about)])
    for text in ("U2", "U-2"):
        assert Searcher(engine).search(Question(text)).hits[0].document.id == "c"


def test_3_a_slip_adds_nothing(engine: Engine) -> None:
    bodies = ["The armistice lasted."] * 300 + ["The arm istice lasted."]
    fill(engine, [document(f"d{number}", body) for number, body in enumerate(bodies)])
    assert not found_in(engine, "armistice")


LETTERS = st.text(st.sampled_from("aäoöøuüåebnstß'’-.,12 A"), min_size=1, max_size=14)


@given(LETTERS)
def test_4_spellings_are_words(text: str) -> None:
    stop_words = SCHEMA.analyzer.stop_words
    for run in typed_runs(parse(text, SCHEMA).query):
        for spelling in spellings(run, stop_words, lambda word: [f"{word}s"]):
            assert spelling.words != run.words
            assert all(spelling.words)
            if spelling.proof:
                spelling.proof([text])


def test_3_a_stem_that_the_typed_word_has_in_some_language_scores_once(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """In German documents Mueller and Müller have one stem; in English ones they have two."""
    engine = engine_of(
        [
            document("german", "Herr Müller und Frau Müller", text_language="German"),
            document("digraphs", "Herr Mueller und Frau Mueller", text_language="German"),
            document("english", "Mr. Müller", text_language="English"),
        ]
    )
    for typed in ("Mueller", "Müller"):
        found = Searcher(engine).search(Question(typed))
        scores = {hit.document.id: hit.score for hit in found.hits}
        assert scores.keys() == {"german", "digraphs", "english"}
        assert scores["german"] == scores["digraphs"]
        once = Searcher(engine).search(Question(typed, expand=False))
        assert scores["german"] == next(hit.score for hit in once.hits if hit.document.id == "german")
