"""Documents in several languages and scripts: every engine finds and scores them as the memory engine does.

1. Ids, totals and order agree for any query tree over words of all languages; scores to the sixth digit.
2. They still agree after documents have been replaced and removed, in several segments.
3. A word is in as many documents as its stems in all languages together.
4. A score is the sum that is explained, and no more than its bound.
5. In an archive of one language, or that may only have one, queries are analysed as its documents are.
6. A word is left out of a query unless it is a word in one of the languages; never if nothing would be left.
7. What an analysis of its own finds in one language alone, it finds beside all others.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.stem import parts_of
from search.calendar import parse_range
from search.document import Document
from search.engines import Engine, open_engine
from search.engines.explanation import explain
from search.query.parser import parse
from search.query.scoring import score_bound
from search.query.simplification import simplify
from search.query.tree import Query, Term
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import document, fill, fill_segments
from tests.conftest import ENGINES, STORED, NewEngine
from tests.random_queries import query_trees

SCHEMA = Schema()
TEXTS = {
    "English": "houses house common communication hat dies nations 1951 Kennedy die not this",
    "German": "Häuser Haus Kommunikation hat die Nationen Nation 1951 Kennedy B-52 nicht Commons",
    "French": "maisons maison communications communication commun l'armée armées nation 1951 Kennedy pas hat",
    "Russian": "дом домами дома Молотов молотов 1951 Kennedy не houses",
    "Greek": "σπίτι σπίτια χώρες χώρα 1951 Kennedy και",
    "Chinese": "毛泽东 平壤 1951 Kennedy houses",
    "Arabic": "المدرسة مدرسة كتاب الكتاب 1951",
    "Croatian": "kuća kućama most hat mostovi 1951",
    "": "1951 houses Kennedy",
}
WORDS = tuple(dict.fromkeys(word for text in TEXTS.values() for word in text.split()))
PRECISION = 1e-5


def random_documents(seed: int, count: int) -> list[Document]:
    random = Random(seed)

    def words(language: str, most: int) -> str:
        return " ".join(random.choices(TEXTS[language].split(), k=random.randint(0, most)))

    languages = random.choices(list(TEXTS), k=count)
    return [
        document(
            f"d{n:03}",
            words(language, 30),
            title=words(language, 4) or "untitled",
            summary=words(language, 5),
            authors=["Kennedy"] * random.randint(0, 1),
            text_language=language,
        )
        for n, language in enumerate(languages)
    ]


DOCUMENTS = random_documents(1, 150)


def changed(engine: Engine) -> None:
    """Replace and remove some documents."""
    fill(engine, random_documents(2, 60))
    with engine.writer() as writer:
        for n in range(0, 150, 4):
            writer.delete(f"d{n:03}")


def in_memory() -> Engine:
    return fill_segments(open_engine("memory:", SCHEMA), DOCUMENTS)


@pytest.fixture(scope="module")
def memory() -> Engine:
    return in_memory()


@pytest.fixture(scope="module", params=STORED)
def other(request: pytest.FixtureRequest, new_engine: NewEngine) -> Engine:
    return fill_segments(new_engine(request.param, SCHEMA), DOCUMENTS)


@pytest.fixture(scope="module", params=STORED)
def both(request: pytest.FixtureRequest, new_engine: NewEngine) -> tuple[Engine, Engine]:
    """The memory engine and another, both after changes."""
    pair = in_memory(), fill_segments(new_engine(request.param, SCHEMA), DOCUMENTS)
    for engine in pair:
        changed(engine)
    return pair


PAIRS = tuple(pair for analyzer in [in_memory().analyzer] for word in WORDS for pair in analyzer.pairs(word))
words = st.sampled_from(PAIRS)
days = st.sampled_from([day for date in ("1951", "1951-07", "..1950") if (day := parse_range(date))])
queries = query_trees(words, days, leaves=6).map(simplify)


def scores(engine: Engine, query: Query) -> dict[str, float]:
    return {hit.id: hit.score for hit in engine.search(SearchRequest(query, limit=200)).hits}


@given(query=queries)
@settings(max_examples=200)
def test_1_engines_agree(memory: Engine, other: Engine, query: Query) -> None:
    assert scores(other, query) == pytest.approx(scores(memory, query), rel=1e-6, abs=PRECISION)
    first = SearchRequest(query, limit=5)
    assert [hit.score for hit in other.search(first).hits] == pytest.approx(
        [hit.score for hit in memory.search(first).hits], rel=1e-6, abs=PRECISION
    )


@given(query=queries)
@settings(max_examples=100)
def test_2_engines_agree_after_changes(both: tuple[Engine, Engine], query: Query) -> None:
    expected, found = (scores(engine, query) for engine in both)
    assert found.keys() == expected.keys()
    if both[1].name == "whoosh":  # Tantivy's statistics hold what is gone until it merges segments
        assert found == pytest.approx(expected, rel=1e-6, abs=PRECISION)


@pytest.mark.parametrize(("word", "stem"), PAIRS)
def test_3_a_word_is_in_as_many_documents_as_its_stems(
    memory: Engine, other: Engine, word: str, stem: str | tuple[str, ...]
) -> None:
    assert other.analyzer.stem(word) == memory.analyzer.stem(word)
    for engine in (memory, other):
        [frequency] = engine.frequencies([stem])
        assert frequency == engine.search(SearchRequest(Term(stem, word), limit=0)).total > 0
        assert frequency == sum(engine.frequencies(parts_of(stem)))
        assert engine.statistics([stem]).frequencies[stem] == frequency


@given(query=queries)
@settings(max_examples=50)
def test_4_a_score_is_what_is_explained(memory: Engine, query: Query) -> None:
    bound = score_bound(query, memory.statistics)
    for doc_id, score in scores(memory, query).items():
        [found] = memory.get_many([doc_id])
        assert found
        assert explain(found, query, memory).value == pytest.approx(score)
        assert score <= bound + PRECISION


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(("allowed", "stem"), [((), "de:haus"), (("english",), "hauser")])
def test_5_one_language_is_analysed_as_its_documents(
    name: str, allowed: Sequence[str], stem: str, new_engine: NewEngine
) -> None:
    engine = new_engine(name, Schema(languages=tuple(allowed)))
    assert engine.analyzer is engine.schema.analyzer
    fill(engine, [item for item in DOCUMENTS if item.text_language in {"", "English", "Chinese"}])
    assert engine.analyzer is engine.schema.analyzer
    fill(engine, [document("de", "Häuser", text_language="German")])
    assert engine.analyzer.stem("hauser") == stem
    assert (engine.analyzer is engine.schema.analyzer) is (allowed == ("english",))


def test_6_stop_words_are_words_in_no_language(memory: Engine, other: Engine) -> None:
    for engine in (memory, other):
        is_dispensable = engine.analyzer.is_dispensable
        assert all(map(is_dispensable, ("the", "der", "не", "και", "this", "nicht", "pas")))
        assert not any(map(is_dispensable, ("hat", "die", "haus")))
        for text, asked in (("the hat", "hat"), ("the", "the"), ("die this", "die"), ("не дом", "дом")):
            assert str(parse(text, SCHEMA, analyzer=engine.analyzer).query) == asked


@pytest.mark.parametrize("language", ["English", "German", "French", "Russian", "Greek", "Arabic"])
def test_7_a_language_beside_others_is_searched_as_alone(memory: Engine, language: str) -> None:
    own = [replace(item, text_language="") for item in DOCUMENTS if item.text_language == language]
    alone = fill(open_engine("memory:", Schema(language.lower())), own)
    for word in TEXTS[language].split():
        [(_, stem), *_] = memory.analyzer.pairs(word)
        [(_, expected), *_] = alone.analyzer.pairs(word)
        found = scores(memory, Term(stem)).keys() & {item.id for item in own}
        assert found == scores(alone, Term(expected)).keys(), word
