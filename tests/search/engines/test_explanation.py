"""What the score of a hit consists of.

1. On every engine, the parts add up to the score that the engine returned.
2. A part names its term, the idf, the weighted frequency and the damping by length.
3. Leaves that the document does not match, or that do not score, add nothing.
"""

from collections.abc import Iterator

import pytest

from search.engines import Engine
from search.engines.explanation import ScoreExplanation, explain
from search.expansion.expander import Expander
from search.query.parser import parse
from search.query.tree import AtLeast, Boost, Query, Term
from search.request import Question, SearchRequest
from search.searcher import Searcher
from tests.archive import document, fill

DOCUMENTS = [
    document("a", "The armistice talks in Panmunjom. The talks went on.", title="Armistice talks"),
    document("b", "War, and talks of an armistice.", authors=["Kuznetsov"], date="1953-07-29"),
    document("c", "Prisoners of war are to be exchanged when the armistice is signed. " * 9),
    document("d", "Nothing of the kind.", subjects=["War"]),
]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    return fill(engine, DOCUMENTS)


def leaves(explanation: ScoreExplanation) -> Iterator[ScoreExplanation]:
    if explanation.description.startswith(("term ", "title bonus", "bonus for ")):
        yield explanation
    else:
        for part in explanation.details:
            yield from leaves(part)


@pytest.mark.parametrize(
    "text",
    [
        "armistice",
        "armistice talks",
        "talks talks war",
        "=war",
        '"armistice talks"',
        "armist*",
        "armistise~",
        "war OR panmunjom",
        "armistice -prisoners",
        "author:kuznetsov armistice",
        "date:1953 talks",
    ],
)
def test_1_the_parts_add_up_to_the_score(filled: Engine, text: str) -> None:
    adds_up(filled, parse(text, filled.schema).query)


def test_1_of_what_has_no_syntax(filled: Engine) -> None:
    words = [Term(stem, word) for word, stem in filled.schema.analyzer.pairs("armistice talks panmunjom")]
    adds_up(filled, AtLeast(tuple(words), 2))
    adds_up(filled, Boost(words[0], words[1], 2.5))
    boosted = filled.search(SearchRequest(Boost(words[0], words[1], 2.5))).hits
    plain = {hit.id: hit.score for hit in filled.search(SearchRequest(words[0])).hits}
    assert {round(hit.score - plain[hit.id], 4) for hit in boosted} == {0.0, 2.5}


def adds_up(filled: Engine, parsed: Query) -> None:
    query = Expander(filled).expand(parsed)
    hits = filled.search(SearchRequest(query)).hits
    assert hits
    for hit in hits:
        [found] = filled.get_many([hit.id])
        assert found is not None
        explanation = explain(found, query, filled)
        assert explanation.value == pytest.approx(hit.score, abs=1e-6)
        assert sum(part.value for part in leaves(explanation)) == pytest.approx(hit.score, abs=1e-6)


def test_1_also_after_documents_were_deleted(filled: Engine) -> None:
    with filled.writer() as writer:
        writer.delete("c")
    for score, parts in Searcher(filled).explain(Question("armistice talks")).scores:
        assert parts.value == pytest.approx(score, abs=1e-6)


def test_2_a_part_names_what_it_is_made_of(filled: Engine) -> None:
    explanation = Searcher(filled).explain(Question("armistice talks"))
    assert explanation.request.limit == 10
    armistice, talks, title, bonus = explanation.scores[0][1].details
    assert title.description == "bonus for whole_title:=armistice_talks"
    assert armistice.description == "term armistice, stem armistic"
    assert talks.description == "term talks, stem talk"
    assert bonus.description == "title bonus"
    both = armistice.details[0].value + talks.details[0].value
    assert [part.value for part in bonus.details] == [pytest.approx(both), 1, 1]
    assert [part.description for part in armistice.details] == [
        "idf: 3 of 4 documents have the stem",
        "frequency of the stem, weighted by field",
        "damping by length: 17 tokens, 37.2 on average",
    ]
    assert armistice.details[1].value == 5  # once in the text, once in the title, which weighs 4


def test_3_what_does_not_score_adds_nothing(filled: Engine) -> None:
    explanation = Searcher(filled).explain(Question("date:1953 (talks OR panmunjom)"))
    [(score, parts)] = explanation.scores
    assert [part.value for part in parts.details] == [0.0, pytest.approx(score)]
    assert parts.details[0].description == "date:1953, which does not score"
