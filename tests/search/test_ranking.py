"""The scores of BM25.

1. The constants are those that Tantivy has compiled in, so that the engines agree.
2. A document's length is rounded as Tantivy rounds it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import tantivy

from search.ranking import K1, B, Collection, bm25, idf, round_length


def explained(*texts: str) -> Mapping[str, float]:
    """Each factor of the score that Tantivy gives the first text for the term "war", by its symbol."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    index.reload()
    query = tantivy.Query.term_query(index.schema, "text", "war")
    [(_, first)] = index.searcher().search(query, 1).hits
    return dict(_factors(json.loads(query.explain(index.searcher(), first).to_json())))


def _factors(explanation: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    yield explanation["description"].partition(",")[0], explanation["value"]
    for detail in explanation.get("details", ()):
        yield from _factors(detail)


def test_1_the_constants_are_those_of_tantivy() -> None:
    theirs = explained("war and peace")
    assert pytest.approx((theirs["k1"], theirs["b"])) == (K1, B), (
        "K1 and B are compiled into Tantivy: with other values its scores differ from the other engines'."
    )


@pytest.mark.parametrize("length", [1, 39, 40, 57, 100, 1_000])
def test_2_lengths_and_scores_are_those_of_tantivy(length: int) -> None:
    theirs = explained("war " + "peace " * (length - 1), "peace")
    assert round_length(length) == theirs["dl"]
    damping = Collection(2, theirs["avgdl"]).damping(length)
    assert bm25(idf(2, 1), 1, damping) == pytest.approx(theirs["TermQuery"] / (K1 + 1), rel=1e-5)
