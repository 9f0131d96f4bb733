"""One process writes while others read, with every store.

1. A reader in another process sees each commit within a second, and never an error or half a state.
2. Nor while `auto:` moves from one store to the other.
3. A second writer in another process is refused at once.
4. What is being read goes on when its directory is removed.
5. An index that has been changed many times is as it would be if it were new.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.engines.disk.auto import LARGE
from search.errors import IndexLocked
from search.query.parser import parse
from search.request import FacetRequest, SearchRequest
from search.schema import Schema
from tests.archive import document, fill
from tests.in_time import in_time
from tests.on_disk import live

TESTS = Path(__file__).parent.parent
PAGE = SearchRequest(facets=(FacetRequest("author", 5),), limit=5)

READER = """
import sys, time
from search.engines import open_engine
from search.request import FacetRequest, Question
from search.schema import Schema
from search.searcher import Searcher
engine = open_engine(sys.argv[1], Schema())
searcher = Searcher(engine)
print("ready", flush=True)
seen = None
while seen != int(sys.argv[2]):
    answer = searcher.search(Question("common", facets=("author",), per_page=100))
    batches = {found.document.body.split()[1] for found in answer.hits}
    [facet] = answer.facets
    assert len(batches) == 1 and sum(value.count for value in facet.values) == answer.total == 20
    number = int(batches.pop())
    assert seen is None or number >= seen
    if number != seen:
        print(number, time.time(), flush=True)
    seen = number
"""


@contextmanager
def reader_process(url: str, last: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", READER, url, str(last)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        try:
            yield reader
        finally:
            reader.kill()


def put_batch(engine: Engine, batch: int, *, rebuild: bool = False, text_bytes: int = 0) -> float:
    """Replace all documents by twenty of one batch; returns the time of the commit."""
    with engine.rebuild(text_bytes) if rebuild else engine.writer(text_bytes) as writer:
        for n in range(20):
            writer.put(analyze(document(f"d{n}", f"common {batch}", authors=[f"A {n % 3}"]), engine.schema))
    return time.time()


def time_seen(reader: subprocess.Popen[str], batch: int) -> float:
    """When the reader process saw a batch; waits until it has."""
    assert reader.stdout is not None
    for line in reader.stdout:
        number, when = line.split()
        if int(number) == batch:
            return float(when)
    raise AssertionError(f"the reader ended without having seen batch {batch}")


@pytest.mark.parametrize("kind", ["whoosh", "tantivy", "auto"])
def test_1_2_a_reader_sees_each_commit_and_never_half_of_one(kind: str, root: Path) -> None:
    url = f"{kind}:{root}"
    engine = open_engine(url, Schema(), create=True)
    put_batch(engine, 0)
    with reader_process(url, 9) as reader, in_time(60):
        for batch in range(1, 10):
            text_bytes = LARGE * 2 if kind == "auto" and batch == 4 else 0
            written = put_batch(engine, batch, rebuild=batch % 3 == 0, text_bytes=text_bytes)
            if batch % 4 == 1:  # the others may be replaced before the reader looks
                assert time_seen(reader, batch) - written < 5, "seen at all; how soon is measured elsewhere"
        _, errors = reader.communicate(timeout=60)
    assert errors == ""
    assert reader.returncode == 0
    assert engine.info().engine == ("tantivy" if kind == "auto" else kind)
    assert engine.verify().problems == ()
    engine.close()


REFUSED = """
import sys, time
from search.engines import open_engine
from search.errors import IndexLocked
from search.schema import Schema
engine = open_engine(sys.argv[1], Schema())
for transaction in (engine.writer, engine.rebuild):
    try:
        with transaction():
            sys.exit("not refused")
    except IndexLocked as error:
        print(error)
"""


def test_3_a_second_writer_is_refused_at_once(engine: Engine, root: Path) -> None:
    with engine.writer():
        refused = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", REFUSED, f"{engine.name}:{root}"],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert refused.stdout.count("try again when it has ended") == 2
    with engine.writer(), pytest.raises(IndexLocked), engine.writer():
        pass


def test_4_what_is_being_read_goes_on(engine: Engine, root: Path) -> None:
    every = len(list(engine.scan(SearchRequest())))
    scanning = engine.scan(SearchRequest())
    next(scanning)
    with engine.reading():
        before, was = engine.search(PAGE), live(root)
        other = open_engine(f"{engine.name}:{root}", engine.schema)
        with other.rebuild() as writer:
            writer.put(analyze(document("only"), engine.schema))
        other.close()
        assert not was.exists()
        assert engine.search(PAGE) == before
        assert engine.get_many(["0-1"]) != [None]
        assert engine.vocabulary("words").with_prefix("wa")
    assert len(list(scanning)) == every - 1


def test_5_an_index_that_is_changed_for_years_stays_as_good_as_new(store: str, root: Path) -> None:
    engine = open_engine(f"{store}:{root}", Schema(), create=True)
    memory = open_engine("memory:", Schema())
    first = [document(f"d{n:02}", f"war peace w{n % 7}") for n in range(60)]
    for each in (engine, memory):
        fill(each, first)
    for run in range(25):
        changed = [document(f"d{(run * 7 + k) % 60:02}", f"war peace w{run % 7} talks") for k in range(7)]
        for each in (engine, memory):
            fill(each, changed)
    stored, deleted = stored_and_deleted(live(root))
    assert deleted <= stored / 4
    assert len(list(live(root).iterdir())) < 100
    request = SearchRequest(parse("w3 talks", Schema()).query, limit=60)
    hits, expected = engine.search(request).hits, memory.search(request).hits
    assert [hit.id for hit in hits] == [hit.id for hit in expected]
    # Tantivy's statistics count deleted documents, of which compaction leaves a quarter at most.
    precision = {"whoosh": 1e-9, "tantivy": 0.1}[store]
    assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in expected], rel=precision)
    for each in (engine, memory):
        each.close()


def test_5_a_segment_that_is_mostly_deleted_is_written_anew(root: Path) -> None:
    engine = open_engine(f"tantivy:{root}", Schema(), create=True)
    fill(engine, [document(f"d{n}", "war") for n in range(100)])
    for gone, left in ((20, 20), (20, 0)):
        with engine.writer() as writer:
            for n in range(gone):
                writer.delete(f"d{n + (0 if left else 20)}")
        assert stored_and_deleted(live(root))[1] == left
    assert sorted(item.id for item in engine.scan(SearchRequest())) == sorted(f"d{n}" for n in range(40, 100))
    assert list(engine.frequencies(["war"])) == [60]
    engine.close()


def stored_and_deleted(directory: Path) -> tuple[int, int]:
    """Documents in a directory's segments, and those of them that are deleted."""
    if directory.name.startswith("tantivy"):
        segments = json.loads((directory / "meta.json").read_bytes())["segments"]
        deleted = [segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"]]
        return sum(segment["max_doc"] for segment in segments), sum(deleted)
    from search.engines.whoosh.reader import WhooshReader  # noqa: PLC0415 - one library's own count

    reader = WhooshReader(directory)
    try:
        stored = reader._reader.doc_count_all()
        return stored, stored - reader.documents
    finally:
        reader.close()
