"""A cluster that OPIS_CLUSTER names: Opis on it, and the same clauses written by hand for the same index."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

from search.engines import open_engine
from search.engines.opensearch.access import Access
from search.engines.opensearch.address import Address
from search.engines.opensearch.client import Client
from search.schema import Schema
from tests.bench.contenders.base import Contender, Variant
from tests.bench.contenders.opis import Opis
from tests.bench.processes import ENVIRONMENT, ROOT
from tests.bench.workload import Query
from tests.cluster.indexes import CLUSTER, remove

OURS = "opis-opensearch"
SHARDS = 3
SCHEMA = Schema()


def url_of(folder: Path) -> str:
    """The address of the index in the cluster that stands for a folder."""
    name = sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return f"opensearch+http://{os.environ.get(CLUSTER, '')}/bench-{name}?shards={SHARDS}"


def no_cluster() -> str:
    """Why nothing can be measured in a cluster here; empty if it can."""
    return "" if os.environ.get(CLUSTER) else f"there is no cluster: set {CLUSTER} to its hosts"


@dataclass(frozen=True)
class OpisInCluster(Opis):
    """Opis, whose indices are in the cluster; folders only say which they are."""

    setup = (
        "as Opis on Tantivy, with its index in three shards, each with a replica, in a cluster of three "
        "nodes of OpenSearch 3 on the same machine (`make opensearch`, 700 MB of heap each)"
    )

    def missing(self) -> str:
        return no_cluster()

    def url(self, folder: Path) -> str:
        return url_of(folder)

    def clear(self, folder: Path) -> None:
        remove(url_of(folder))
        shutil.rmtree(folder, ignore_errors=True)

    def copy(self, folder: Path, copy: Path) -> None:
        command = [sys.executable, "-m", "index", "--copy-from", url_of(folder), "--index", url_of(copy)]
        subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, check=True, capture_output=True)
        copy.mkdir(parents=True)

    def size(self, folder: Path) -> int:
        with closing(open_engine(url_of(folder), SCHEMA)) as engine:
            return engine.size()


@dataclass(frozen=True)
class OwnQueries(Contender):
    """The index of Opis, asked as OpenSearch's documentation would have one ask it."""

    indexes = False
    variants: ClassVar[tuple[Variant, ...]] = ("top10", "facets")
    setup = (
        "the index of Opis on OpenSearch, asked for the same clauses in OpenSearch's own query language: "
        "words, neighbours as phrases and words in titles, statistics of all shards, all authors and years "
        "counted, ten stored documents, the exact total. No ties by id, no passages"
    )

    def missing(self) -> str:
        return no_cluster()

    def open(self, folder: Path) -> "OwnSession":
        address = Address.parse(url_of(folder.parent / OURS))
        return OwnSession(Client(address.hosts, address.secured, Access.from_environment()), address.name)


@dataclass(frozen=True)
class OwnSession:
    """A client of the cluster."""

    client: Client
    index: str

    def ask(self, query: Query, variant: Variant, turn: int) -> None:
        # Another number of values each time: no answer that the cluster kept will do.
        self._asked(own_query(query, values=0 if variant == "top10" else 65_000 + turn))

    def total(self, query: Query) -> int:
        return int(self._asked(own_query(query))["hits"]["total"]["value"])

    def close(self) -> None:
        self.client.close()

    def _asked(self, body: Mapping[str, Any]) -> Any:
        params = {"search_type": "dfs_query_then_fetch"}
        return self.client.request("POST", f"/{self.index}/_search", body, params, repeat=True)


def own_query(query: Query, *, values: int = 0, words_alone: bool = False) -> dict[str, Any]:
    """The search for a query, with so many values of two facets.

    `words_alone`: without titles and phrases.
    """
    pairs = SCHEMA.analyzer.pairs(" ".join(query.words))
    words, stems = [word for word, _ in pairs], " ".join(stem for _, stem in pairs)
    should: list[dict[str, Any]] = [{"match": {"title_stems": stems}}]
    if query.kind == "phrase":
        matching: dict[str, Any] = {"match_phrase": {"words": " ".join(words)}}
        should.append({"match": {"text": stems}})
    else:
        operator = "or" if query.kind == "any" else "and"
        matching = {"match": {"text": {"query": stems, "operator": operator}}}
    if query.kind == "all":
        should += [{"match_phrase": {"words": f"{one} {next_}"}} for one, next_ in pairwise(words)]
    facets = {"author": "author", "date": "year_span"} if values else {}
    return {
        "query": matching if words_alone else {"bool": {"must": matching, "should": should}},
        "size": 10,
        "track_total_hits": True,
        "_source": False,
        "stored_fields": ["document"],
        "aggs": {name: {"terms": {"field": field, "size": values}} for name, field in facets.items()},
    }
