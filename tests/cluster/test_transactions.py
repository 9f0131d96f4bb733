"""Transactions in a cluster, beyond what the contract says of every engine.

1. Of two writers, the second is refused, and told which process is at work.
2. The lease of a dead process lapses; a writer that has lost its lease commits nothing, and leaves nothing.
3. A writer that began from a commit which is not live any more is refused, whatever it holds.
4. What a dead writer has left is removed by the next transaction, and nothing else.
5. A commit that is replaced is kept for those who read it; of many, the oldest go, with what they alone kept.
6. Documents that are put, put again and deleted in one transaction are counted as the memory engine has them.
7. `verify` counts documents, compares what is kept beside them, and says what it does not read.
8. An index of another program under this name is not touched.
9. Where deleted documents may count in scores, they count in nothing else; no score is above its bound.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import msgspec
import pytest

from search.analyzed import AnalyzedDocument, analyze
from search.document import Document
from search.engines import Engine, open_engine
from search.engines.opensearch import generations as generations_module
from search.engines.opensearch import writer as writer_module
from search.engines.opensearch.address import Address
from search.engines.opensearch.blobs import CHUNK, Blobs
from search.engines.opensearch.client import Client
from search.engines.opensearch.commit import Commit, first_commit
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.lease import Lease
from search.errors import EngineUnavailable, IndexDamaged, IndexLocked
from search.query.parser import parse
from search.query.scoring import score_bound
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.schema import Schema
from tests.archive import document, fill, found
from tests.cluster.indexes import cluster_index

SCHEMA = Schema()
LETTER = document("letter", "Talks on the armistice", title="Armistice")
REPLY = document("reply", "The talks went on", title="Reply")


def analyzed(doc: Document) -> AnalyzedDocument:
    return analyze(doc, SCHEMA)


@pytest.fixture
def url() -> Iterator[str]:
    with cluster_index(shards=1, replicas=0) as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with closing(open_engine(url, SCHEMA, create=True)) as engine:
        yield engine


@pytest.fixture
def address(url: str) -> Address:
    return Address.parse(url)


@pytest.fixture
def client(address: Address) -> Iterator[Client]:
    with closing(Client(address.hosts)) as client:
        yield client


def indices(client: Client, address: Address) -> set[str]:
    """The names of the indices of all commits, live or not."""
    names = client.request("GET", f"/{address.name}-*/_mapping")
    return {name for name in names if not name.endswith("-data")}


def blobs_kept(client: Client, address: Address) -> int:
    client.request("POST", f"/{address.name}-data/_refresh")
    return int(client.request("GET", f"/{address.name}-data/_count")["count"])


def test_1_two_writers(url: str, engine: Engine) -> None:
    with closing(open_engine(url, SCHEMA, create=True)) as other, engine.writer() as writer:
        writer.put(analyzed(LETTER))
        with (
            pytest.raises(IndexLocked, match=r"Another process \(\d+ on .+\) is writing"),
            other.writer(),
        ):
            pass
    assert found(engine, "armistice") == ["letter"]


def test_2_lease(client: Client, address: Address) -> None:
    Blobs(client, address).create()
    index = f"{address.name}-data"
    dead, heir = Lease(client, index, 0.5), Lease(client, index, 0.5)
    dead.confirm()
    with pytest.raises(IndexLocked), heir.held():
        pass
    time.sleep(0.6)
    with heir.held():
        time.sleep(1)  # for longer than it would last if it were not renewed
        with pytest.raises(IndexLocked):
            dead.check()
    dead.check()


def test_3_stale_writer(engine: Engine, client: Client, address: Address) -> None:
    fill(engine, [LETTER])
    generations = Generations(client, address)
    before = generations.live()
    assert before

    others: list[str] = []

    def commit_beside_another() -> None:
        with engine.writer() as writer:
            writer.put(analyzed(REPLY))
            other = msgspec.structs.replace(before, index=generations.clone(before), number=2)
            generations.seal(other.index)
            generations.complete(other, lambda: None)
            generations.make_live(other, before)
            others.append(other.index)

    with pytest.raises(IndexLocked, match="meanwhile"):
        commit_beside_another()
    live = generations.live()
    assert live
    assert [live.index] == others
    assert indices(client, address) == {before.index, live.index}


def test_3_first_commits(client: Client, address: Address) -> None:
    """Neither is there a commit to be replaced, nor one beside which another may be."""
    generations = Generations(client, address)
    first, second = generations.create(SCHEMA), generations.create(SCHEMA)
    base = msgspec.structs.replace(first_commit(SCHEMA, 1), number=1)
    generations.make_live(msgspec.structs.replace(base, index=first), None)
    with pytest.raises(IndexLocked):
        generations.make_live(msgspec.structs.replace(base, index=second), None)
    generations.make_live(msgspec.structs.replace(base, index=first), None)  # as after a lost answer


def test_3_lost_answer(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows whether the alias has moved, the index that it may have moved to stays."""
    make_live = Generations.make_live

    def losing_the_answer(self: Generations, commit: Commit, before: Commit | None) -> None:
        make_live(self, commit, before)
        raise EngineUnavailable("No answer.")

    monkeypatch.setattr(Generations, "make_live", losing_the_answer)
    with pytest.raises(EngineUnavailable):
        fill(engine, [LETTER])
    assert found(engine, "armistice") == ["letter"]


def test_4_leftovers(engine: Engine, client: Client, address: Address) -> None:
    fill(engine, [LETTER])
    generations = Generations(client, address)
    live = generations.live()
    assert live
    left = {generations.create(SCHEMA), generations.clone(live)}
    others = f"{address.name}-of-others"
    client.request("PUT", f"/{others}")
    client.request("PUT", f"/{address.name}-0123456789ab")  # of a bulk request to an index that was dropped
    left.add(f"{address.name}-0123456789ab")
    assert left < indices(client, address)
    fill(engine, [REPLY])
    assert not left & indices(client, address)
    assert others in indices(client, address)
    assert found(engine, "talks") == ["letter", "reply"]


def test_4_no_alias(engine: Engine, client: Client, address: Address) -> None:
    """Where the alias is lost, as after a snapshot was restored without it, what is complete stays."""
    fill(engine, [LETTER])
    generations = Generations(client, address)
    live = generations.live()
    assert live
    client.request("DELETE", f"/{live.index}/_alias/{address.name}")
    left = generations.create(SCHEMA)
    assert generations.sweep(time.time()).dropped == {left}
    with pytest.raises(IndexDamaged, match=f"is lost, which named {live.index}"):
        fill(engine, [REPLY])
    generations.make_live(live, None)
    assert found(engine, "armistice") == ["letter"]


def test_5_kept(engine: Engine, client: Client, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations_module, "MOST_KEPT", 1)
    fill(engine, [LETTER])
    with engine.writer() as writer:
        writer.put_commit_data("aliases", b"old" * CHUNK)
    scan = engine.scan(SearchRequest())
    with engine.writer() as writer:
        writer.delete("letter")
        writer.put_commit_data("aliases", b"new")
    assert len(indices(client, address)) == 2
    assert [doc.id for doc in scan] == ["letter"]
    large = blobs_kept(client, address)
    fill(engine, [REPLY])
    assert len(indices(client, address)) == 2
    assert blobs_kept(client, address) < large
    assert engine.commit_data("aliases") == b"new"
    assert engine.vocabulary("words").count("armistice") == 0
    assert engine.vocabulary("words").count("talks") == 1


@pytest.mark.parametrize("is_new", [True, False])
def test_6_put_twice(engine: Engine, is_new: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "BATCH_DOCUMENTS", 2)
    memory = open_engine("memory:", SCHEMA)
    texts = ["talks", "armistice", "the talks of May", "armistice talks", "zebra"]
    for one in (engine, memory):
        if not is_new:
            fill(one, [document(f"d{n}", "Peace and talks") for n in range(3)])
        with one.writer() as writer:
            for n in range(20):
                writer.put(analyzed(document(f"d{n % 6}", texts[n % 5])))
                if n % 7 == 0:
                    writer.delete(f"d{n % 4}")
    assert engine.info().documents == memory.info().documents
    for field in ("words", "title"):
        every = [engine.vocabulary(field).with_prefix("", 99), memory.vocabulary(field).with_prefix("", 99)]
        assert every[0] == every[1]
    request = SearchRequest(limit=99)
    assert engine.search(request).hits == memory.search(request).hits


def test_7_verify(engine: Engine, client: Client, address: Address) -> None:
    fill(engine, [LETTER, REPLY])
    with engine.writer() as writer:
        writer.put_commit_data("aliases", b"Kim = Kim Il Sung")
    whole = engine.verify()
    assert (whole.files, whole.problems) == (2, ())
    assert whole.note.startswith("The 2 documents in 1 shards were counted; their files are checked by")
    assert engine.size() > whole.bytes > 0
    live = Generations(client, address).live()
    assert live
    chunk = f"{live.data['aliases'].digest}-0"
    client.request("PUT", f"/{address.name}-data/_doc/{chunk}", {"bytes": "AAAA", "number": 2})
    assert engine.verify().problems == ("The commit data aliases is not as it was written.",)
    client.request("DELETE", f"/{address.name}-data/_doc/{chunk}")
    assert engine.verify().problems == ("The commit data aliases is not as it was written.",)


def test_8_another_program(client: Client, address: Address) -> None:
    client.request("PUT", f"/{address.name}")
    try:
        with pytest.raises(IndexDamaged, match="was not written by this program"):
            Generations(client, address).live()
    finally:
        client.request("DELETE", f"/{address.name}")


def test_9_deleted_documents(url: str) -> None:
    """By default, a segment keeps some deleted documents: what is found, and how often, is the same."""
    memory = open_engine("memory:", SCHEMA)
    letters = [document(f"d{n}", f"Talks {n % 3}", authors=["Kim"], date="1951") for n in range(40)]
    facets = (FacetRequest("author"), DateFacetRequest())
    request = replace(SearchRequest(limit=99), facets=facets, sort="title")
    with closing(open_engine(url.replace("deleted=0", "deleted=10"), SCHEMA, create=True)) as engine:
        for one in (engine, memory):
            fill(one, letters)
            with one.writer() as writer:
                writer.delete("d7")
                writer.put(analyzed(document("d8", "Peace")))
        answers = [one.search(request) for one in (engine, memory)]
        ids = [[hit.id for hit in answer.hits] for answer in answers]
        assert ids[0] == ids[1]
        assert answers[0].total == answers[1].total == 39
        assert answers[0].facets == answers[1].facets
        words = [one.vocabulary("words").with_prefix("", 99) for one in (engine, memory)]
        assert words[0] == words[1]


def test_9_bounds_of_scores(url: str) -> None:
    """To the cluster, words are rarer than they are: its documents are more."""
    with closing(open_engine(url.replace("deleted=0", "deleted=50"), SCHEMA, create=True)) as engine:
        fill(engine, [LETTER, *[document(f"d{n}", "Peace") for n in range(40)]])
        with engine.writer() as writer:
            for number in range(6):
                writer.delete(f"d{number}")
        assert engine.info().documents == 35
        assert engine.statistics([]).collection.documents >= 41
        query = parse("armistice", SCHEMA).query
        [hit] = engine.search(SearchRequest(query)).hits
        assert 0 < hit.score <= score_bound(query, engine.statistics)
