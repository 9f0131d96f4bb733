"""`python -m tests.bench.cluster ADDRESS [OTHER…]`: what our queries take in a cluster beside its own.

ADDRESS is an index of OPIS_DATA/frus in OpenSearch (`opensearch+http://…`), OTHER of the same on other
engines. Each query is asked in turns: as Opis asks it; as one would ask OpenSearch for the same clauses (the
words, neighbours as phrases and words in titles as they come, statistics of all shards, all values of two
facets); and for the words alone, by the statistics of each shard, with the ten most frequent values in each.
All answer with ten stored documents and the total. In wall time: others do the work.
"""

import sys
import time
from collections.abc import Callable, Sequence

from search.engines import Engine, open_engine
from search.engines.opensearch.access import Access
from search.engines.opensearch.address import Address
from search.engines.opensearch.client import Client
from search.query.parser import parse
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.schema import Schema
from tests.bench.collection import find_collection
from tests.bench.contenders.opensearch import own_query
from tests.bench.measures import percentile
from tests.bench.workload import Query, make_queries

SCHEMA = Schema()
QUERIES = 100
PASSES = 3


def our_query(query: Query) -> SearchRequest:
    """The same words as Opis asks for them."""
    return SearchRequest(
        parse(query.text, SCHEMA).query, facets=(FacetRequest("author", 10), DateFacetRequest()), limit=10
    )


def ask_engine(engine: Engine, query: Query) -> None:
    found = engine.search(our_query(query))
    engine.get_many([hit.id for hit in found.hits])


def measured(
    contenders: dict[str, Callable[[Query], object]], queries: Sequence[Query]
) -> dict[str, list[float]]:
    """For each contender, the best of some passes for each query, in milliseconds."""
    best = {name: [float("inf")] * len(queries) for name in contenders}
    for _ in range(PASSES):
        for number, query in enumerate(queries):
            for name, ask in contenders.items():
                began = time.perf_counter()
                ask(query)
                best[name][number] = min(best[name][number], 1000 * (time.perf_counter() - began))
    return best


def main(addresses: Sequence[str]) -> None:
    collection = find_collection()
    if collection is None:
        sys.exit("There is no collection: set OPIS_DATA to a folder that has frus/docs.jsonl.gz.")
    queries = make_queries(collection, QUERIES)
    address = Address.parse(addresses[0])
    client = Client(address.hosts, address.secured, Access.from_environment())

    def same_clauses(query: Query) -> None:
        params = {"search_type": "dfs_query_then_fetch"}
        body = own_query(query, values=65_000)
        client.request("POST", f"/{address.name}/_search", body, params, repeat=True)

    def words_alone(query: Query) -> None:
        body = own_query(query, values=10, words_alone=True)
        client.request("POST", f"/{address.name}/_search", body, repeat=True)

    engines = {url: open_engine(url, SCHEMA) for url in addresses}
    asked: dict[str, Callable[[Query], object]] = {
        "OpenSearch, the same clauses": same_clauses,
        "OpenSearch, the words alone": words_alone,
    }
    for engine in engines.values():
        asked[f"Opis on {engine.info().engine}"] = lambda query, engine=engine: ask_engine(engine, query)  # type: ignore[misc]
    times = measured(asked, queries)
    own = times["OpenSearch, the same clauses"]
    for name, each in times.items():
        shares = [percentile(each, share) / percentile(own, share) for share in (0.5, 0.95)]
        print(
            f"{name}: p50 {percentile(each, 0.5):.1f} ms, p95 {percentile(each, 0.95):.1f} ms "
            f"({shares[0]:.2f} and {shares[1]:.2f} times the first)"
        )
    client.close()
    for engine in engines.values():
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1:])
