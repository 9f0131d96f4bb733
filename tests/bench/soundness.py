"""Check an index of any size against counting by hand: `python -m tests.bench.soundness URL [QUERIES]`.

Every facet's counts, paging to the end, and random queries made of the documents' own words (10,000
unless told otherwise): the checks of tests/soundness.py, with the times that the queries took.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median, quantiles
from zlib import crc32

from search.document import Document
from search.engines import open_engine
from search.request import Question, SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from tests.soundness import check_facets, check_paging, check_query, random_queries


def without_body(documents: Iterator[Document]) -> list[Document]:
    return [replace(document, body="", blocks=()) for document in documents]


def main(url: str, queries: int) -> None:
    engine = open_engine(url, Schema())
    searcher = Searcher(engine)
    documents = without_body(engine.scan(SearchRequest()))
    counted = check_facets(engine, documents)
    print(f"{len(documents):,} documents; facets agree with counting: {counted:,} values")
    for text in ("", "war", "treaty OR peace", '"United States"'):
        for sort in ("relevance", "-date", "title"):
            asked = Question(text=text, sort=sort, per_page=100, facets=(), highlight=False)
            print(f"paging {text!r} by {sort}: {check_paging(searcher, asked):,} documents, each once")
    sample = [doc for doc in engine.scan(SearchRequest()) if crc32(doc.id.encode()) % 10 == 0]
    seconds = []
    for text, doc_id in random_queries(sample, queries):
        started = time.perf_counter()
        check_query(searcher, text, doc_id)
        seconds.append(time.perf_counter() - started)
    spread = quantiles(seconds, n=100)
    print(
        f"{queries:,} queries, none failed, all hits marked: "
        f"p50 {median(seconds) * 1000:.0f} ms, p95 {spread[94] * 1000:.0f} ms, max {max(seconds):.2f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
