"""What is like a document, on every engine.

1. A document on the same matter is found, others are not; the document itself never is.
2. The words that say so are in both, as the document itself writes them, at most five.
3. Stop words, numbers, single letters, citations and what one document alone says bring none together.
4. The same text is noticed, in any layout; the limit is kept; the same text comes first, then the nearest.
5. A document that has nothing to compare, or is not in the index, is no error.
6. Every engine gives the same documents in the same order.
7. Documents are similar in their language by its stems, and to those in others by what is alike in both.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from index.indexer import Indexer
from search.analysis.stem import parts_of
from search.analyzed import analyze
from search.document import Document
from search.engines import Engine, open_engine
from search.schema import Schema
from search.suggestions.similar import MAX_SHARED, MAX_STEMS, MIN_SIMILARITY, characteristic_stems, similar
from tests.archive import SEEDS, document, fill

TALKS = (
    "Armistice negotiations at Panmunjom. The delegation discussed prisoners, the demarcation line and truce."
)
COTTON = (
    "Cotton mills and export duties. Manufacture of raw cotton was taxed at the mills, merchants complained."
)
DOCUMENTS = [
    document("talks-1", TALKS, title="On the armistice"),
    document("talks-2", f"Prisoners and the demarcation line at Panmunjom. {TALKS}", title="A letter"),
    document("talks-3", "At Panmunjom the delegation spoke of prisoners and the truce.", title="A note"),
    document("cotton-1", COTTON, title="On mills"),
    document("cotton-2", f"{COTTON} Duties on cotton were raised.", title="Duties"),
    *(document(f"other-{n}", f"The harvest of year {n} was good in every province.") for n in range(6)),
]


def near(engine: Engine, doc_id: str, limit: int = 5) -> list[str]:
    [found] = engine.get_many([doc_id])
    assert found is not None
    return [hit.document.id for hit in similar(found, engine, limit).hits]


@pytest.fixture(scope="module")
def filled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return fill(engine_of(DOCUMENTS[:5]), DOCUMENTS[5:])


def test_1_what_is_on_the_same_matter_is_found(filled: Engine) -> None:
    assert near(filled, "talks-1") == ["talks-2", "talks-3"]
    assert near(filled, "cotton-1") == ["cotton-2"]
    assert {doc_id[:5] for doc_id in near(filled, "other-3")} == {"other"}


def test_1_a_book_is_about_what_its_beginning_is_about(engine: Engine) -> None:
    book = TALKS + " and the" * 7_000 + f" {COTTON}" * 9
    fill(engine, [*DOCUMENTS, document("book", book, title="A book")])
    assert {"talks-1", "talks-2"} <= set(near(engine, "book")) <= {"talks-1", "talks-2", "talks-3"}


def test_2_the_words_in_common_are_those_written(filled: Engine) -> None:
    [talks] = filled.get_many(["talks-1"])
    assert talks is not None
    for hit in similar(talks, filled).hits:
        assert 3 <= len(hit.words) <= MAX_SHARED
        assert all(word in f"{talks.title} {TALKS}" for word in hit.words)
        assert all(word.lower() in hit.document.body.lower() for word in hit.words)
        assert MIN_SIMILARITY <= hit.similarity <= 1


def test_3_what_tells_nothing_brings_none_together(engine: Engine) -> None:
    common = "It is he who was with them 1951 50,000 a b c F. 3 Op. 65"
    citation = "Archive of the foreign policy, fond, opis, delo, papka"
    fill(
        engine,
        [document(name, f"{common} {name}", citation=citation, title=name) for name in ("alpha", "beta")],
    )
    [alpha] = engine.get_many(["alpha"])
    assert alpha is not None
    assert set(characteristic_stems(alpha, engine)) <= {"op"}
    assert near(engine, "alpha") == []


def test_4_the_same_text_is_noticed(engine: Engine) -> None:
    fill(engine, DOCUMENTS)
    wrapped = TALKS.replace(" ", "\n", 3)
    fill(engine, [document("copy", wrapped, title="On the armistice again")])
    [talks] = engine.get_many(["talks-1"])
    assert talks is not None
    hits = similar(talks, engine).hits
    assert [(hit.document.id, hit.same_text) for hit in hits] == [
        ("copy", True),
        ("talks-2", False),
        ("talks-3", False),
    ]
    assert hits[1].score > hits[2].score
    assert near(engine, "talks-1", limit=1) == ["copy"]


@pytest.mark.parametrize("body", ["", "the of and", "1951 1953", "unheard zeppelins", TALKS])
def test_5_a_document_with_nothing_to_compare_is_no_error(filled: Engine, body: str) -> None:
    stranger = document("stranger", body, title="?")
    assert len(characteristic_stems(stranger, filled)) <= MAX_STEMS
    found = similar(stranger, filled)
    assert bool(found.hits) == (body == TALKS)
    assert found.index == filled.info()


def test_5_an_empty_index_has_nothing_like_anything(engine: Engine, schema: Schema) -> None:
    with engine.writer() as writer:
        writer.put(analyze(Document("only", "The only one", TALKS), schema))
    assert near(engine, "only") == []


def test_6_every_engine_says_the_same_of_the_founding_documents(engine: Engine, schema: Schema) -> None:
    ids = sorted(path.stem for path in SEEDS.glob("*.txt"))
    answers = []
    for each in (engine, open_engine("memory:", schema)):
        Indexer(each, schema).run([str(SEEDS)])
        answers.append([near(each, doc_id) for doc_id in ids])
    assert answers[0] == answers[1]
    assert all(answers[0])


IN_LANGUAGES = [
    document(
        "german-1",
        "Die Häuser der Kaufleute von Smolensk, die Zölle der Kaufleute, Molotow.",
        title="Über Häuser",
    ),
    document("german-2", "Ein Haus des Kaufmanns, ein Zoll. Kaufleute und Häuser, Smolensk.", title="Zölle"),
    document("english-1", "Merchants of Smolensk, customs of merchants, Molotow.", title="On merchants"),
    document("english-2", "Customs and a merchant: Smolensk merchants, die and der.", title="Customs"),
    document("english-3", "Molotow in Smolensk met Kaufleute.", title="A note"),
    *(document(f"other-{n}", f"The harvest of year {n} was good in every province.") for n in range(6)),
]


def test_7_in_several_languages(engine: Engine) -> None:
    languages = {"german": "German"}
    fill(
        engine, [replace(item, text_language=languages.get(item.id[:6], "English")) for item in IN_LANGUAGES]
    )
    assert near(engine, "german-1")[0] == "german-2"
    assert near(engine, "english-1")[0] == "english-2"
    assert "english-3" in near(engine, "german-1")
    assert "english-2" not in near(engine, "german-1")
    [german] = engine.get_many(["german-1"])
    assert german is not None
    [hit, *_] = similar(german, engine).hits
    assert set(hit.words) <= set(german.body.replace(",", "").replace(".", "").split()) | {"Häuser"}
    stems = {part for stem in characteristic_stems(german, engine) for part in parts_of(stem)}
    assert stems.isdisjoint({"de:die", "de:der", "die", "der"})
