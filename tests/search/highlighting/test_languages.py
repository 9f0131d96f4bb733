"""What is marked in documents of several languages.

1. A word is marked where it has a stem of the query in the document's language, and there alone.
2. However a text is searched, by scanning it or by its tokens, and whatever its language, the same is marked.
3. Every hit of a plain word has it marked.
4. A search in one document counts what it marks.
5. Passages end where sentences of their language end.
6. Fields that are no text, such as the collection, are marked as they were searched.
"""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from search.engines.memory import MemoryEngine
from search.highlighting.highlighter import Highlighter, document_matches
from search.highlighting.matcher import by_tokenizing, matches
from search.highlighting.query_terms import query_terms
from search.query.parser import parse
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill

WORDS = {
    "English": ("house", "houses", "port", "ports", "portion", "common", "the", "Moscow", "war's", "1951"),
    "German": ("Haus", "Häuser", "Häusern", "hat", "die", "Moskau", "Port", "des", "Hauses", "1951"),
    "French": (
        "port",
        "ports",
        "portion",
        "commun",
        "communication",
        "maison",
        "l’armistice",
        "Moscou",
        "des",
    ),
    "Russian": ("дом", "дома", "Москва", "Москве", "война", "port", "ports", "Молотова", "1951"),
    "Hebrew": ("בית", "בתים", "port", "ports", "1951"),
}
SCHEMAS = (Schema(), Schema("german"), Schema("russian"))
QUERIES = sorted({word for words in WORDS.values() for word in words})

texts = st.one_of(
    [
        st.tuples(st.just(name), st.lists(st.sampled_from(words), min_size=1, max_size=60).map(" ".join))
        for name, words in WORDS.items()
    ]
)


def archive(schema: Schema, *found: tuple[str, str]) -> Searcher:
    documents = [
        document(f"{number:02}", body, title="x", text_language=language)
        for number, (language, body) in enumerate(found)
    ]
    return Searcher(fill(MemoryEngine(schema), documents))


def marked(searcher: Searcher, text: str) -> dict[str, list[str]]:
    """By document, what of its body is marked for a query."""
    parsed = parse(text, searcher.schema, analyzer=searcher.engine.analyzer).query
    found = {}
    for hit in searcher.search(Question(text, expand=False, facets=())).hits:
        body = hit.document.body
        ranges = document_matches(hit.document, parsed, searcher.schema).body
        found[hit.document.id] = [body[start:end] for start, end in ranges]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Häuser", {"01": ["Haus", "Häusern"]}),
        ("house", {"00": ["houses"]}),
        ("port", {"00": ["ports"], "02": ["port"], "03": ["ports"]}),
        ("portion", {"00": ["portion"], "02": ["portions"]}),
        ("communication", {"02": ["communications"]}),
        ("Moskau", {"01": ["Moskau"]}),
        ("война", {"03": ["войны"]}),
    ],
)
def test_1_in_the_language_of_the_document(text: str, words: dict[str, list[str]]) -> None:
    searcher = archive(
        SCHEMAS[0],
        ("English", "The houses and ports, a portion in common."),
        ("German", "Das Haus in Moskau mit Häusern."),
        ("French", "Le port, des portions, les communications."),
        ("Russian", "Дни войны, ports."),
    )
    assert marked(searcher, text) == words


@given(st.sampled_from(SCHEMAS), texts, st.lists(st.sampled_from(QUERIES), min_size=1, max_size=3))
def test_2_scanned_or_tokenized(schema: Schema, found: tuple[str, str], words: list[str]) -> None:
    searcher = archive(schema, found, *((name, " ".join(WORDS[name])) for name in WORDS))
    query = parse(" ".join(words), schema, "any", analyzer=searcher.engine.analyzer).query
    language, body = found
    long = f"{body}. " * (1 + 400 // len(body))
    terms, analyzer = query_terms(query, "body"), schema.analyzer_of(language)
    assert matches(long, terms, analyzer) == by_tokenizing(long, terms, analyzer)


@given(st.sampled_from(SCHEMAS), st.lists(texts, min_size=1, max_size=6), st.sampled_from(QUERIES))
def test_3_and_4_every_hit_is_marked(schema: Schema, found: list[tuple[str, str]], word: str) -> None:
    searcher = archive(schema, *found)
    question = Question(word, expand=False, facets=())
    for hit in searcher.search(question).hits:
        assert any(highlight.ranges for highlight in hit.highlights)
        inside = searcher.search_in(hit.document, question)
        assert inside.matches.body
        assert sum(term.count for term in inside.terms) == len(inside.matches.body)


def test_5_sentences_of_the_language() -> None:
    sentence = "Der Zug hielt am 3. März in Bad Nauheim, wo Hr. Berg bzw. Frl. Holm warteten."
    body = f"{'Vorher geschah lange nichts. ' * 9}{sentence} {'Danach geschah wieder nichts. ' * 9}"
    query = parse("Nauheim", SCHEMAS[0], analyzer=SCHEMAS[0].analyzer_of("German")).query
    found = Highlighter(query, SCHEMAS[0]).highlights(Document("d", "t", body, text_language="German"))
    [fragment] = islice((item.text for item in found if item.field == "body"), 1)
    assert sentence in fragment
    assert not fragment.startswith("…")


def test_6_fields_that_are_no_text() -> None:
    papers = document("a", "Das Haus.", collection="Letters and houses", text_language="German")
    other = document("b", "A house.", collection="Letters", text_language="English")
    searcher = Searcher(fill(MemoryEngine(SCHEMAS[0]), [papers, other]))
    [hit] = searcher.search(Question("collection:house", facets=())).hits
    assert [found.html for found in hit.highlights if found.field == "collection"] == [
        "Letters and <mark>houses</mark>"
    ]
