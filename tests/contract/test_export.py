"""All documents that a search finds, on every engine.

1. They are those of its pages, in the order of the pages, each once, whatever page the question asks for;
   their exact number, the commit and how the query was read are known before the first is read. Those of a
   sitemap, which is read in parts, are in the order of ids, whatever they hold and when they were added.
2. They are of one commit, whatever is written meanwhile.
3. However it ends, the commit is released: read to its end, closed, also by another thread, or dropped.
4. What ends before the last document is an error, and never taken for the whole.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analyzed import analyze
from search.discovery.sitemap import EVERY_DOCUMENT
from search.document import Document
from search.engines import Engine
from search.engines.disk.engine import DiskEngine
from search.errors import EngineError
from search.query.tree import MatchMode
from search.request import Filter, Question, Sort, Undated
from search.searcher import Searcher
from tests.archive import document, fill

WORDS = ("armistice", "border", "canal", "delta", "envoy", "fleet", "garrison", "harbour", "absent")
DATES = (
    "",
    "1951",
    "1951-07",
    "1951-07-10",
    "1953-07-27",
    "..1950",
    "1953..",
    "1600..1960",
    "1951-12..1952-02",
)
NAMES = ("Kim", "Mao", "Zhou Enlai")


def random_document(number: int) -> Document:
    random = Random(number)

    def words(most: int) -> str:
        weights = (60, 40, 25, 15, 10, 5, 3, 2)
        return " ".join(random.choices(WORDS[:-1], weights, k=random.randint(0, most)))

    return document(
        f"d{number:03}",
        words(12),
        title=words(3) or "untitled",
        authors=random.sample(NAMES, random.randint(0, 2)),
        date=random.choice(DATES),
    )


@pytest.fixture(scope="module")
def searcher(engine_of: Callable[[Iterable[Document]], Engine]) -> Searcher:
    engine = engine_of(map(random_document, range(150)))
    fill(engine, map(random_document, range(100, 220)))  # several segments, and documents that were replaced
    return Searcher(engine)


def ids_on_pages(searcher: Searcher, question: Question) -> list[str]:
    question = replace(question, per_page=50, facets=(), highlight=False)
    pages = searcher.search(replace(question, page=1)).pages
    answers = [searcher.search(replace(question, page=page)) for page in range(1, pages + 1)]
    return [hit.document.id for answer in answers for hit in answer.hits]


def assert_exports_its_pages(searcher: Searcher, question: Question) -> None:
    export, answer = searcher.export(question), searcher.search(replace(question, page=1))
    assert (export.total, export.index) == (answer.total, answer.index)
    assert export.query == replace(answer.query, interpretations=())
    assert [found.id for found in export] == ids_on_pages(searcher, question)


KIM, NOT_MAO = Filter("author", "is", "Kim"), Filter("author", "not", "Mao")
THE_FIFTIES = Filter("date", "is", "1951..1953")
QUESTIONS = [
    Question(),
    Question(sort="relevance"),
    Question(sort="title", page=7, per_page=3, facets=("author",), fields=("id",)),
    Question(filters=(KIM,), sort="date"),
    Question(filters=(THE_FIFTIES,)),
    Question(filters=(THE_FIFTIES,), undated="include"),
    Question(filters=(THE_FIFTIES, NOT_MAO), date_match="within", sort="title"),
    Question(undated="only", sort="title"),
    Question(filters=(Filter("author", "missing"),)),
    Question("armistice", highlight=False),
    Question("armistice border", sort="-date"),
    Question("armistice border canal", match="any"),
    Question("armistice border canal", match="most"),
    Question("armistice border canal", match="most", sort="title", filters=(KIM,)),
    Question("harbour garrison fleet envoy"),  # few have all, and others have some
    Question("garrison harbour absent"),  # none has all
    Question("garrison harbour absent", sort="date"),
    Question("absent armistice"),
    Question("absent"),
    Question("armistice July 1951"),
    Question("Kim to Mao"),
    Question("border canal", match="all", expand=False),  # also a title
    Question('"armistice border" OR date:1951', sort="relevance"),
    Question("date:1951"),
    Question("canal -armistice title:border arm*"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text)
def test_1_the_documents_of_the_pages(searcher: Searcher, question: Question) -> None:
    assert_exports_its_pages(searcher, question)


texts = st.lists(
    st.sampled_from((*WORDS, "1951", "-delta", "OR", '"border canal"', "arm*", "Kim")), max_size=5
)
filters = st.lists(
    st.sampled_from((KIM, NOT_MAO, THE_FIFTIES, Filter("date", "from", "1951"), Filter("author", "missing"))),
    max_size=2,
    unique=True,
)
matches: st.SearchStrategy[MatchMode | None] = st.sampled_from((None, None, "all", "any", "most"))
sorts: st.SearchStrategy[Sort | None] = st.sampled_from((None, None, "relevance", "date", "-date", "title"))
undated: st.SearchStrategy[Undated | None] = st.sampled_from((None, None, "include", "exclude", "only"))
questions = st.builds(
    Question,
    text=texts.map(" ".join),
    match=matches,
    filters=filters.map(tuple),
    sort=sorts,
    undated=undated,
    expand=st.booleans(),
    page=st.integers(1, 3),
    per_page=st.sampled_from((7, 50, 100)),
)


@given(question=questions)
@settings(max_examples=80)
def test_1_the_documents_of_the_pages_of_any_question(searcher: Searcher, question: Question) -> None:
    assert_exports_its_pages(searcher, question)


def test_1_a_sitemap_is_in_the_order_of_ids(searcher: Searcher) -> None:
    assert [found.id for found in searcher.export(EVERY_DOCUMENT)] == [f"d{n:03}" for n in range(220)]


def test_1_an_empty_index(engine: Engine) -> None:
    export = Searcher(fill(engine, [])).export(Question("armistice"))
    assert (export.total, list(export)) == (0, [])


def test_2_of_one_commit(engine: Engine) -> None:
    questions = [Question(), Question("one"), Question("one two absent")]
    fill(engine, [document(f"d{n:02}", "one two before") for n in range(40)])
    exports = [iter(Searcher(engine).export(question)) for question in questions]
    fill(engine, [document("new", "one two after"), document("d03", "one two after")])
    begun = [next(export) for export in exports]
    at_once = 4 if isinstance(engine, DiskEngine) else 20
    for start in range(0, 40, at_once):  # so many are replaced that an index on disk is compacted
        fill(engine, [document(f"d{n:02}", "one two after") for n in range(start, start + at_once)])
    with engine.rebuild() as writer:
        writer.put(analyze(document("only", "one two after"), engine.schema))
    for first, export in zip(begun, exports, strict=True):
        documents = [first, *export]
        assert [found.id for found in documents] == [f"d{n:02}" for n in range(40)]
        assert {found.body for found in documents} == {"one two before"}
    for question in questions:
        assert [found.id for found in Searcher(engine).export(question)] == ["only"]


def is_held(engine: Engine) -> bool:
    """Whether something still holds the reader of the newest commit."""
    assert isinstance(engine, DiskEngine)
    held = engine._snapshots._held
    assert held is not None
    return held.users > 0


@pytest.fixture
def on_disk(engine_url: str, request: pytest.FixtureRequest) -> Engine:
    if engine_url.startswith(("memory:", "opensearch")):
        pytest.skip("this engine holds no files")
    engine: Engine = request.getfixturevalue("engine")
    return fill(engine, [document(f"d{n:02}", "one") for n in range(20)])


def in_another_thread(close: Callable[[], object]) -> None:
    thread = threading.Thread(target=close)
    thread.start()
    thread.join()


def test_3_released_by_the_last_document(on_disk: Engine) -> None:
    export = Searcher(on_disk).export(Question())
    assert is_held(on_disk)
    assert len(list(export)) == 20
    assert not is_held(on_disk)


@pytest.mark.parametrize("read", [0, 1, 19])
def test_3_released_when_closed_by_another_thread(on_disk: Engine, read: int) -> None:
    export = Searcher(on_disk).export(Question("one"))
    begun = iter(export)
    for _ in range(read):
        next(begun)
    assert is_held(on_disk)
    in_another_thread(export.close)
    assert not is_held(on_disk)
    export.close()
    fill(on_disk, [document("new", "one")])
    assert len(list(Searcher(on_disk).export(Question("one")))) == 21


@pytest.mark.parametrize("read", [0, 1])
def test_3_released_when_dropped(on_disk: Engine, read: int) -> None:
    begun = iter(Searcher(on_disk).export(Question()))
    for _ in range(read):
        next(begun)
    assert is_held(on_disk)
    del begun
    assert not is_held(on_disk)


def test_3_read_by_several_threads_in_turn(on_disk: Engine) -> None:
    begun, ids = iter(Searcher(on_disk).export(Question(sort="title"))), list[str]()
    for _ in range(20):
        in_another_thread(lambda: ids.append(next(begun).id))
    with on_disk.reading():
        assert next(begun, None) is None
    assert ids == [f"d{n:02}" for n in range(20)]
    assert not is_held(on_disk)


def test_4_what_was_closed_is_not_taken_for_the_whole(engine: Engine) -> None:
    fill(engine, [document(f"d{n}", "one") for n in range(5)])
    export = Searcher(engine).export(Question())
    begun = iter(export)
    next(begun)
    export.close()
    with pytest.raises(EngineError, match="after 1 of 5"):
        next(begun)
