"""`python -m tests.bench.clustered ADDRESS [TANTIVY]`: what a search costs beside OpenSearch's own.

ADDRESS is that of an index of the documents in OPIS_DATA in a cluster, TANTIVY the folder of one on this
machine. Each query is asked in turn, in a random order of the ways:

- `opis`: as every search is, through the engine, with two facets;
- `same`: the very request that this sends, sent by the client alone, which is what the engine adds to;
- `plain`: OpenSearch's own BM25 of the same words with the same facets, without titles, ties and documents;
- `tantivy`: the same search on the other index.

Ratios are of medians; times are of the wall, of this process's processor, and in `took` as OpenSearch has it.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from random import Random
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any

from search.engines import Engine, open_engine
from search.engines.opensearch.engine import OpenSearchEngine
from search.query.parser import parse
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.schema import TEXT, Schema
from tests.bench.collection import find_collection
from tests.bench.workload import Query, make_queries

QUERIES, PASSES = 100, 3
FACETS = (FacetRequest("author"), DateFacetRequest())
SCHEMA = Schema()

Took = float | None
Asked = tuple[str, str, dict[str, Any], dict[str, Any]]


class Cluster:
    """An index in a cluster, whose last search is known."""

    def __init__(self, address: str) -> None:
        engine = open_engine(address, SCHEMA)
        assert isinstance(engine, OpenSearchEngine)
        self._engine = engine
        self._ask = engine._client.request
        engine._client.request = self._recorded  # type: ignore[method-assign]
        self._asked: Asked | None = None
        self._took = 0.0

    def _recorded(self, *asked: Any, **how: Any) -> Any:
        answer = self._ask(*asked, **how)
        if asked[1].endswith("/_search"):
            self._asked = asked
            self._took += answer["took"]
        return answer

    def opis(self, query: Query) -> Took:
        self._took = 0.0
        self._engine.search(request(query))
        return self._took

    def same(self, _query: Query) -> Took:
        assert self._asked
        return float(self._ask(*self._asked, repeat=True)["took"])

    def plain(self, query: Query) -> Took:
        assert self._asked
        method, path, body, params = self._asked
        words = [{"term": {TEXT: SCHEMA.analyzer.pairs(word)[0][1]}} for word in query.words]
        every = {"should": words, "minimum_should_match": 1 if query.kind == "any" else len(words)}
        asked = {"query": {"bool": every}, "size": 10, "track_total_hits": True, "_source": False}
        return float(self._ask(method, path, asked | {"aggs": body["aggs"]}, params, repeat=True)["took"])


def request(query: Query) -> SearchRequest:
    return SearchRequest(parse(query.text, SCHEMA).query, facets=FACETS)


def on_this_machine(engine: Engine) -> Callable[[Query], Took]:
    def ask(query: Query) -> Took:
        engine.search(request(query))
        return None

    return ask


def main(address: str, folder: str = "") -> None:
    documents = find_collection()
    assert documents, "OPIS_DATA names no folder with frus/"
    cluster = Cluster(address)
    ways = {"opis": cluster.opis, "same": cluster.same, "plain": cluster.plain}
    if folder:
        ways["tantivy"] = on_this_machine(open_engine(f"tantivy:{folder}", SCHEMA))
    times: dict[str, list[float]] = defaultdict(list)
    random = Random(1)
    queries = [query for query in make_queries(documents, QUERIES) if query.kind != "phrase"]
    for turn in range(PASSES + 1):
        for query in queries:
            cluster.opis(
                query
            )  # so that the request is known to the others, and nothing is read first by one
            for way in random.sample(sorted(ways), len(ways)):
                started, worked = perf_counter(), thread_time()
                took = ways[way](query)
                if turn:  # the first is to warm up
                    times[way].append(1000 * (perf_counter() - started))
                    times[f"{way}, processor"].append(1000 * (thread_time() - worked))
                    if took is not None:
                        times[f"{way}, took"].append(took)
    for way, measured in sorted(times.items()):
        tail = quantiles(measured, n=20)[-1]
        base = times[way.replace(way.partition(",")[0], "same")]
        ratio = f"{median(measured) / median(base):.2f}" if base else ""
        print(f"| {way} | {median(measured):.1f} | {tail:.1f} | {ratio} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
