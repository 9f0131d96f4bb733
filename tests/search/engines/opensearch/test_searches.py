"""What a cluster is asked, in a file to be read; no cluster is needed.

1. tests/golden/opensearch.txt has the searches for requests of every kind, which --update writes anew.
2. An unexpanded query is refused before anything is sent; one of too many words says so, wherever the cluster
   says it.
3. Where a search has more values than a cluster returns, each facet is asked for by itself, in parts.
4. A search that has less time left than others says so; one over its time is not sent.
5. What is held of documents is bounded by their bytes: batches of a scan, and those that came with hits.
6. A facet of too many values leaves the others in the search.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from search.analysis.stem import Stem
from search.calendar import ALL_TIME, DayRange, parse_range
from search.document import Document, to_bytes
from search.engines.deadline import time_limit
from search.engines.opensearch.client import Refused
from search.engines.opensearch.commit import Commit
from search.engines.opensearch.documents import key_of
from search.engines.opensearch.reading.index import Index
from search.engines.opensearch.reading.reader import OpenSearchReader
from search.engines.opensearch.responses import value_of
from search.engines.terms.term_dictionary import TermDictionary
from search.errors import EngineError, ParameterError, QueryTimeout
from search.query.parser import parse
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Not, Or, Phrase, Prefix, Query, Term
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest
from search.results import Facet, IndexInfo
from search.schema import Schema, Weights

GOLDEN = Path(__file__).parents[3] / "golden" / "opensearch.txt"
SCHEMA = Schema()
INFO = IndexInfo("g", 1000, "opensearch", "")
FREQUENCIES = {"armistic": 40, "peac": 100, "talk": 250, "war": 600}

Asked = dict[str, Any]


class Words:
    """A vocabulary in which documents have the same few words in every field."""

    def of(self, _field: str) -> TermDictionary:
        return TermDictionary.of(sorted(FREQUENCIES.items()))


class Recorder:
    """A client that keeps what is asked, and answers with what was prepared, or that nothing was found."""

    def __init__(self, *answers: Asked | Exception) -> None:
        self.asked: list[tuple[str, Asked, Asked]] = []
        self._answers = list(answers)

    def request(self, _method: str, path: str, body: Asked, params: Asked, **_options: object) -> Asked:
        self.asked.append((path, body, params))
        answer = self._answers.pop(0) if self._answers else {}
        if isinstance(answer, Exception):
            raise answer
        return found_nothing(body) | answer


def found_nothing(body: Asked) -> Asked:
    aggregations = {name: aggregated(asked) for name, asked in body.get("aggs", {}).items()}
    return {
        "timed_out": False,
        "_shards": {"total": 3, "successful": 3, "failed": 0},
        "hits": {"total": {"value": 0}, "hits": []},
        "aggregations": aggregations,
    }


def aggregated(asked: Asked) -> Asked:
    inner = {name: aggregated(each) for name, each in asked.get("aggs", {}).items()}
    if "terms" in asked:
        return values()
    return {"doc_count": 0, "value": None} | inner


def values(*counts: tuple[str, int], others: int = 0) -> Asked:
    buckets = [{"key": value, "doc_count": number} for value, number in counts]
    return {"buckets": buckets, "sum_other_doc_count": others, "doc_count_error_upper_bound": 0}


def reader(client: Recorder) -> OpenSearchReader:
    commit = Commit(fingerprint="", language="english", weights=Weights(), documents=1000, tokens=80_000)
    return OpenSearchReader(Index(client, "archive-1"), commit, Words())  # type: ignore[arg-type]


def read(text: str) -> Query:
    return parse(text, SCHEMA).query


def days(text: str) -> DayRange:
    return parse_range(text) or ALL_TIME


MAO = FieldFilter("author", frozenset({"Mao"}))
PARTS: Stem = ("peac", "talk")
REQUESTS: Sequence[tuple[str, SearchRequest]] = (
    ("all documents, with facets", SearchRequest(facets=(FacetRequest("author"), DateFacetRequest()))),
    ("a word", SearchRequest(read("armistice"))),
    ("words", SearchRequest(read("peace talks"))),
    ("a word typed twice", SearchRequest(read("peace peace"))),
    ("either word", SearchRequest(read("armistice OR peace"))),
    ("not a word", SearchRequest(read("peace -war"))),
    ("only not a word", SearchRequest(read("-war"))),
    ("a word as written", SearchRequest(read("=talks"))),
    ("a word in a field", SearchRequest(read("title:peace"))),
    ("a phrase", SearchRequest(read('"peace talks"'))),
    ("near each other", SearchRequest(read('"peace talks"~5'))),
    ("in this order", SearchRequest(Phrase(("peace", "talks", "war"), (), 9, "title", ordered=True))),
    ("near itself", SearchRequest(Phrase(("talks", "talks"), ("talk",), 3))),
    ("a date", SearchRequest(read("date:1951"))),
    ("words of a prefix", SearchRequest(AnyOf((Exact("peace", "peac"), Term("talk", field="title")), "p*"))),
    ("two of three", SearchRequest(AtLeast((Term("war"), Term("peac"), Not(Term("talk"))), 2))),
    ("more than there are", SearchRequest(AtLeast((Term("war"),), 2))),
    ("those of a title first", SearchRequest(Boost(Term("war"), Exact("peace", "peac", "title"), 7.5))),
    ("a stem of each of two languages", SearchRequest(Term(PARTS))),
    ("the same in a field", SearchRequest(Term(PARTS, field="title"))),
    ("under no condition", SearchRequest(And(()))),
    ("under none of no conditions", SearchRequest(Or(()))),
    ("a page by date", SearchRequest(read("peace"), sort="-date", offset=20, limit=10)),
    ("a long page by title", SearchRequest(read("peace"), sort="title", limit=1000)),
    ("a number alone", SearchRequest(read("peace"), (MAO,), limit=0)),
    (
        "filters that facets ignore",
        SearchRequest(
            read("peace"),
            (MAO, FieldFilter("place", missing=True), DateFilter((days("1951"),), field="date")),
            (FacetRequest("author"), DateFacetRequest(pinned=("1951-07",))),
        ),
    ),
    (
        "filters of every kind",
        SearchRequest(
            filters=(
                FieldFilter("author", frozenset({"Kim", "Mao"}), frozenset({"Zhou"}), missing=True),
                DateFilter((days("1951"), days("1953")), within=True, missing=True),
                DateFilter(()),
            )
        ),
    ),
)


def written(asked: Sequence[tuple[str, Asked, Asked]]) -> str:
    lines = []
    for path, body, params in asked:
        lines.append(f"POST {path} {' '.join(f'{name}={value}' for name, value in params.items())}")
        lines += [f"    {name}: {json.dumps(value)}" for name, value in body.items()]
    return "".join(f"    {line}\n" for line in lines)


def test_1_searches(pytestconfig: pytest.Config) -> None:
    found = ""
    for name, request in REQUESTS:
        client = Recorder()
        reader(client).search(request, INFO)
        found += f"{name}\n{written(client.asked)}\n"
    if pytestconfig.getoption("update"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_2_an_unexpanded_query_is_refused() -> None:
    client = Recorder()
    with pytest.raises(EngineError, match="expanded"):
        reader(client).search(SearchRequest(And((Term("war"), Not(Prefix("ab"))))), INFO)
    assert not client.asked


@pytest.mark.parametrize("part", ["root_cause", "failed_shards", "caused_by"])
def test_2_too_many_words(part: str) -> None:
    clauses = {"type": "too_many_clauses", "reason": "maxClauseCount is set to 1024"}
    shard = {"type": "query_shard_exception", "reason": "failed to create query", "caused_by": clauses}
    parts = {"root_cause": [shard], "failed_shards": [{"shard": 0, "reason": shard}], "caused_by": shard}
    error = {"type": "search_phase_execution_exception", "root_cause": [], part: parts[part]}
    with pytest.raises(Refused) as refused:
        value_of(400, json.dumps({"error": error, "status": 400}).encode())
    with pytest.raises(ParameterError, match=r"more words, .*raise indices\.query\.bool\.max_clause_count"):
        reader(Recorder(refused.value)).search(SearchRequest(read("peace")), INFO)


def test_3_too_many_values_are_asked_for_in_parts() -> None:
    too_many = Refused(503, "too_many_buckets_exception", "")
    counted = [{"aggregations": {"author": values((f"name {part}", part + 1))}} for part in range(3)]
    client = Recorder(too_many, {}, {}, too_many, counted[0], counted[1])
    request = SearchRequest(facets=(FacetRequest("author"),))
    opened = reader(client)
    [facet] = opened.search(request, INFO).facets
    assert isinstance(facet, Facet)
    assert [(value.value, value.count) for value in facet.values] == [("name 1", 2), ("name 0", 1)]
    client.asked.clear()
    opened.search(request, INFO)  # it is known now
    assert [parts(body) for _, body, _ in client.asked] == ["", "", "0 of 2", "1 of 2"]


def parts(body: Asked) -> str:
    asked = body.get("aggs", {}).get("author", {}).get("terms", {}).get("include")
    return f"{asked['partition']} of {asked['num_partitions']}" if asked else ""


def test_4_the_time_that_is_left_is_said() -> None:
    client = Recorder()
    with time_limit(5):
        reader(client).search(SearchRequest(), INFO)
    [(_, _, params)] = client.asked
    assert 4000 < int(params["cancel_after_time_interval"].removesuffix("ms")) <= 5000
    with time_limit(-1), pytest.raises(QueryTimeout):
        reader(client).search(SearchRequest(), INFO)
    assert len(client.asked) == 1
    cancelled = Recorder(Refused(500, "task_cancelled_exception", ""))
    with time_limit(0.01), pytest.raises((QueryTimeout, Refused)):
        reader(cancelled).search(SearchRequest(), INFO)


def hits(*ids: int, size: int) -> Asked:
    """An answer with documents of these numbers, each of so many bytes."""
    found = []
    for number in ids:
        document = b64encode(to_bytes(Document(id=str(number), title="", body="x" * size))).decode()
        found.append({"sort": [1.0, str(number)], "_score": 1.0, "fields": {"document": [document]}})
    return {"hits": {"total": {"value": len(ids)}, "hits": found}}


@pytest.mark.parametrize(("size", "second"), [(10, 500), (100_000, 62), (9_000_000, 1)])
def test_5_a_scan_of_large_documents_is_of_small_batches(size: int, second: int) -> None:
    client = Recorder(hits(*range(20), size=size), hits(20, size=size), {})
    assert len([*reader(client).scan(SearchRequest())]) == 21
    assert [body["size"] for _, body, _ in client.asked] == [20, second, 1][: 3 if second == 1 else 2]
    assert client.asked[1][1]["search_after"] == [1.0, "19"]


def test_5_the_latest_documents_are_kept() -> None:
    pages = [hits(page, page + 1, size=9_000_000) for page in (0, 2, 4)]
    client = Recorder(*pages, {"docs": [{"found": False}]})
    opened = reader(client)
    for _ in pages:
        opened.search(SearchRequest(limit=2), INFO)
    assert [bool(document) for document in opened.get_many(["4", "5", "0"])] == [True, True, False]
    assert client.asked[3][1] == {"ids": [key_of("0")]}


def test_6_a_facet_of_too_many_values_is_asked_for_alone() -> None:
    too_many = Refused(503, "too_many_buckets_exception", "")
    client = Recorder(too_many, {}, {}, too_many)
    opened = reader(client)
    opened.search(SearchRequest(facets=(FacetRequest("author"),)), INFO)
    client.asked.clear()
    opened.search(SearchRequest(facets=(FacetRequest("author"), FacetRequest("place"))), INFO)
    assert [*client.asked[0][1]["aggs"]] == ["place", "place missing"]
