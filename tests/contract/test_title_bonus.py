"""Titles that hold words of a query raise their documents, on every engine by the same amount.

1. Of documents that are equal otherwise, those come first whose titles hold more of the query and less else;
   stop words make no difference, and a makeshift title raises nothing.
2. The scores of a commit in several segments with deleted documents are those of the definition.
3. The first hits are the first of all hits, however few are asked for and whatever their titles; equal scores
   are in the order of ids, and all hits in a row are in the order of the pages.
4. The scores are the same under every sort order, and with filters.
5. More words than fit into one look-up of titles are counted all the same.
"""

from collections.abc import Callable, Iterable
from random import Random

import pytest

from search.document import Document
from search.engines import Engine
from search.engines.explanation import explain
from search.query.parser import parse
from search.query.tree import Query
from search.request import FieldFilter, SearchRequest
from tests.archive import document, fill

WORDS = ("armistice", "talks", "war", "peace", "treaty", "line", "harbour", "dues")
PRECISION = 1e-6


def random_documents(seed: int, count: int) -> list[Document]:
    """Documents of few words, so that many score the same."""
    random = Random(seed)
    return [
        document(
            f"d{seed}{number:03}",
            " ".join(random.choices(WORDS, k=random.choice((2, 3, 20)))),
            title=" ".join(random.choices((*WORDS, "the", "of"), k=random.randint(1, 7))),
            makeshift_title=random.random() < 0.2,
            date=random.choice(("", "1951", "1952-07")),
            authors=random.sample(("Kim", "Mao"), random.randint(0, 2)),
        )
        for number in range(count)
    ]


def read(text: str, engine: Engine) -> Query:
    return parse(text, engine.schema, "any").query


def test_1_titles_with_more_of_the_query_and_less_else_come_first(engine: Engine) -> None:
    titles = {
        "equal": "Harbour dues",
        "same": "The dues of the harbour",
        "more": "Harbour dues in Bergen",
        "half": "Harbour masters",
        "none": "Letter",
    }
    body = "harbour dues " * 30
    made = [document(doc_id, body, title=title) for doc_id, title in titles.items()]
    made.append(document("makeshift", body, title="Harbour dues", makeshift_title=True))
    fill(engine, made)
    query = read("harbour dues", engine)
    stored = engine.get_many([*titles, "makeshift"])
    found = {item.id: explain(item, query, engine).details for item in stored if item}
    parts = {
        doc_id: sum(part.value for part in details if part.description == "title bonus")
        for doc_id, details in found.items()
    }
    assert parts["equal"] == parts["same"] > parts["more"] > parts["half"] > parts["none"] == 0
    assert parts["makeshift"] == 0


@pytest.fixture(scope="module")
def changed(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    engine = engine_of(random_documents(1, 60))
    for seed in (2, 3):
        fill(engine, random_documents(seed, 60))
    with engine.writer() as writer:
        for number in range(0, 60, 7):
            writer.delete(f"d1{number:03}")
    return engine


@pytest.mark.parametrize(
    "text", ["war", "armistice talks", "the harbour dues", "war war treaty line", '"peace talks"']
)
def test_2_scores_are_those_of_the_definition(changed: Engine, text: str) -> None:
    query = read(text, changed)
    hits = changed.search(SearchRequest(query, limit=500)).hits
    assert hits
    for hit, found in zip(hits, changed.get_many([hit.id for hit in hits]), strict=True):
        assert found
        assert hit.score == pytest.approx(explain(found, query, changed).value, rel=PRECISION)


@pytest.fixture(scope="module")
def many(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return fill(engine_of(random_documents(4, 200)), random_documents(5, 200))


@pytest.mark.parametrize("text", ["war", "armistice talks", "harbour dues line peace", "war OR date:1951"])
def test_3_the_first_hits_are_the_first_of_all(many: Engine, text: str) -> None:
    query = read(text, many)
    everything = many.search(SearchRequest(query, limit=1000))
    listed = [(hit.id, hit.score) for hit in everything.hits]
    assert listed == sorted(listed, key=lambda hit: (-hit[1], hit[0]))
    for offset, limit in ((0, 1), (0, 10), (10, 10), (95, 7), (300, 50)):
        page = many.search(SearchRequest(query, offset=offset, limit=limit))
        assert [hit.id for hit in page.hits] == [doc_id for doc_id, _ in listed[offset : offset + limit]]
        assert page.total == everything.total
    assert [found.id for found in many.scan(SearchRequest(query))] == [doc_id for doc_id, _ in listed]


def test_4_scores_are_the_same_under_every_sort_order(engine: Engine) -> None:
    fill(engine, random_documents(6, 120))
    query = read("armistice talks line", engine)
    filters = (FieldFilter("author", frozenset({"Kim"})),)
    scores = {hit.id: hit.score for hit in engine.search(SearchRequest(query, limit=500)).hits}
    for sort in ("date", "-date", "title", "-indexed"):
        for hit in engine.search(SearchRequest(query, filters, sort=sort, limit=20)).hits:
            assert hit.score == pytest.approx(scores[hit.id], rel=PRECISION)


def test_5_many_words(engine: Engine) -> None:
    words = [f"word{chr(97 + number)}x" for number in range(26)]
    fill(engine, [document("all", " ".join(words), title=" ".join(words)), document("one", words[0])])
    query = read(" ".join(words), engine)
    hits = engine.search(SearchRequest(query)).hits
    for hit, found in zip(hits, engine.get_many([hit.id for hit in hits]), strict=True):
        assert found
        assert hit.score == pytest.approx(explain(found, query, engine).value, rel=PRECISION)
