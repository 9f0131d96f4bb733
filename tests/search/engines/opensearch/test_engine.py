"""The engine, where a cluster answers as a test says.

1. What an answer lacks, or has in another form, is a damaged index, and the message says what to do.
2. Commit data are fetched once for each commit, and read though the words of the commit are lost.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from search.engines import Engine
from search.engines.opensearch import engine as engine_module
from search.engines.opensearch.address import Address
from search.engines.opensearch.commit import Blob, Commit, first_commit
from search.engines.opensearch.engine import OpenSearchEngine
from search.errors import IndexDamaged
from search.request import FacetRequest, SearchRequest
from search.schema import Schema
from tests.cluster.fake_host import Answer, FakeHost, fake_host

NAME = "letters-0123456789ab"
ALIAS: Answer = (200, {NAME: {}})
MOVES = b"\x81\xa3old\xa3new"
DATA = {"redirects": Blob(sha256(MOVES).hexdigest(), len(MOVES), 1)}
STORED: Answer = (200, {"_source": {"bytes": b64encode(MOVES).decode()}})
COMMIT = msgspec.structs.replace(first_commit(Schema(), 1), index=NAME, number=1, documents=1, data=DATA)


def mapping(commit: Commit) -> Answer:
    return 200, {NAME: {"mappings": {"_meta": commit.meta}}}


@contextmanager
def opened(*answers: Answer) -> Iterator[tuple[Engine, FakeHost]]:
    """A block with an engine, which asks once which commit is live, and its host."""
    with fake_host(ALIAS, *answers) as host:
        address = Address.parse(f"opensearch+http://{host.name}/letters")
        with closing(OpenSearchEngine(address, Schema(), create=True)) as engine:
            yield engine, host


def found(**parts: object) -> Answer:
    """The answer to a search."""
    return 200, {"timed_out": False, "_shards": {"failed": 0}, **parts}


def hits(**parts: object) -> dict[str, object]:
    return {"total": {"value": 1}, "hits": [{"sort": [1.0, "a"], **parts}]}


FACETED = SearchRequest(facets=(FacetRequest("author"),))


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (found(), lambda engine: engine.search(SearchRequest())),
        (found(hits=hits(fields={})), lambda engine: engine.search(SearchRequest())),
        (found(hits={"total": {"value": 0}, "hits": []}), lambda engine: engine.search(FACETED)),
        (found(hits=hits()), lambda engine: list(engine.scan(SearchRequest()))),
        (found(hits=hits(fields={"document": ["AAAA"]})), lambda engine: list(engine.scan(SearchRequest()))),
        ((200, {"docs": [{"found": True}]}), lambda engine: engine.get_many(["a"])),
        ((200, {}), lambda engine: engine.get_many(["a"])),
        ((200, {"_source": {}}), lambda engine: engine.commit_data("redirects")),
    ],
)
def test_1_damage(answer: Answer, read: Callable[[Engine], object]) -> None:
    with (
        opened(mapping(COMMIT), answer) as (engine, _),
        pytest.raises(IndexDamaged, match=r"make (it|the index) anew with --rebuild"),
    ):
        read(engine)


def test_2_fetched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "CHECK_EVERY", 3600)
    with opened(mapping(COMMIT), STORED) as (engine, host):
        for _ in range(3):
            assert engine.commit_data("redirects") == MOVES
            assert engine.commit_data("aliases") == b""
        assert len(host.requests) == 3


def test_2_lost_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lost = msgspec.structs.replace(COMMIT, words={"terms-0001": Blob("0" * 64, 9, 1)})
    gone: Answer = (404, {"found": False})
    with opened(mapping(lost), gone, mapping(lost), STORED) as (engine, _):
        assert engine.commit_data("redirects") == MOVES
