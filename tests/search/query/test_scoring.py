"""The upper bound of a query's scores.

1. No document scores more, on any engine; where a word is repeated without end, it scores almost as much.
2. A prefix or a fuzzy word that has not been expanded is bounded by the idf of the rarest term.
"""

import pytest

from search.engines import Engine
from search.expansion.expander import Expander
from search.query.parser import parse
from search.query.scoring import score_bound
from search.request import SearchRequest
from tests.archive import document, fill

DOCUMENTS = [
    document("a", "armistice talks " * 500, title="Armistice talks", authors=["Kim"]),
    document("b", "War, and talks of an armistice.", date="1953-07-29"),
    document("c", "Prisoners of war are to be exchanged when the armistice is signed."),
    document("d", "Nothing of the kind."),
]
QUERIES = (
    "armistice",
    "armistice talks",
    "talks talks war",
    '=war OR "armistice talks"',
    "armist*",
    "armistise~ talks",
    "author:kim armistice -prisoners",
    "date:1953",
    "*",
    "absent",
)


@pytest.mark.parametrize("text", QUERIES)
def test_1_no_document_scores_more(engine: Engine, text: str) -> None:
    fill(engine, DOCUMENTS)
    parsed = parse(text, engine.schema).query
    query = Expander(engine).expand(parsed)
    bound = score_bound(query, engine.statistics)
    assert all(hit.score <= bound for hit in engine.search(SearchRequest(query)).hits)
    assert score_bound(parsed, engine.statistics) >= bound  # 2


def test_1_the_bound_is_close(engine: Engine) -> None:
    fill(engine, DOCUMENTS)
    query = parse("armistice talks", engine.schema).query
    [best] = engine.search(SearchRequest(query, limit=1)).hits
    assert 0.95 < best.score / score_bound(query, engine.statistics) <= 1
