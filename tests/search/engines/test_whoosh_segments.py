"""A segment of Whoosh is written a term at a time, and Whoosh reads it as if it had written it itself.

1. A pool gives back every posting by field and term, whatever part of them it kept in runs on the disk.
2. Terms, numbers of documents, weights and values are the same as those that Whoosh's own writer stores.
3. A merge keeps the postings of live documents, under their new numbers.
4. Whoosh alone opens the index: it needs no class of ours but the types of our fields.
"""

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

import search.engines.whoosh.codec as codec_module
from search.analyzed import analyze
from search.engines.whoosh.codec import Codec
from search.engines.whoosh.fields import PackedPositions, whoosh_document, whoosh_schema
from search.engines.whoosh.posting_pool import PostingPool, Term
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.segment_writer import SegmentWriter
from search.schema import TEXT, WORDS, Schema
from tests.archive import document

SCHEMA = whoosh_schema(Schema())
WORD = st.text("aé中𝒳", min_size=1, max_size=3)
WEIGHTS = st.dictionaries(WORD, st.integers(1, 9), max_size=5)
PLACES = st.dictionaries(WORD, st.lists(st.integers(0, 2**20), min_size=1, max_size=4), max_size=5)
DOCUMENTS = st.lists(st.tuples(WEIGHTS, PLACES), min_size=1, max_size=30)
Drawn = list[tuple[dict[str, int], dict[str, list[int]]]]


def pooled(documents: Drawn, limit: int) -> list[Term]:
    storage = RamStorage().temp_storage()
    pool = PostingPool(storage, limit)
    for number, (weights, places) in enumerate(documents):
        pool.add(TEXT, number, weights)
        pool.add(WORDS, number, {word: PackedPositions.pack(at) for word, at in places.items()})
    terms = list(pool.iter_postings())
    storage.destroy()
    return terms


@given(documents=DOCUMENTS, limit=st.integers(1, 200))
def test_1_runs_on_the_disk_change_nothing(documents: Drawn, limit: int) -> None:
    terms = pooled(documents, limit)
    assert terms == pooled(documents, 10**9)
    assert [term[:2] for term in terms] == sorted({term[:2] for term in terms})
    found = {
        (doc, word, weight) for field, word, posts in terms if field == TEXT for doc, weight in pairs(posts)
    }
    assert found == {
        (doc, word, n) for doc, (all_of, _) in enumerate(documents) for word, n in all_of.items()
    }


def pairs(postings: list[Any]) -> list[tuple[int, Any]]:
    return list(zip(postings[::2], postings[1::2], strict=True))


def whoosh_own(terms: list[Term]) -> list[tuple[str, bytes, int, float, bytes]]:
    """The postings as Whoosh's writer takes them."""
    return [
        (
            field,
            term.encode(),
            doc,
            float(payload) if field == TEXT else 1.0,
            b"" if field == TEXT else payload,
        )
        for field, term, postings in terms
        for doc, payload in pairs(postings)
    ]


def stored(codec: W3Codec, terms: Any) -> dict[tuple[str, bytes], tuple[Any, ...]]:
    """What Whoosh reads of terms that a codec's writer wrote."""
    storage = RamStorage()
    segment = W3Segment(codec, "MAIN")
    writer: W3FieldWriter = codec.field_writer(storage, segment)
    writer.add_postings(SCHEMA, None, terms)
    writer.close()
    reader, found = W3Codec().terms_reader(storage, segment), {}
    for (field, term), info in reader.items():
        matcher, postings = reader.matcher(field, term, SCHEMA[field].format), []
        while matcher.is_active():
            value = matcher.value() if field == WORDS else None
            postings.append((matcher.id(), matcher.weight(), value))
            matcher.next()
        statistics = info.weight(), info.doc_frequency(), info.max_weight(), info.min_id(), info.max_id()
        found[field, term] = (*statistics, info.min_length(), info.max_length(), postings)
    reader.close()
    return found


@pytest.mark.slow
@given(documents=DOCUMENTS)
def test_2_whoosh_reads_what_it_would_have_written(documents: Drawn) -> None:
    terms, block = pooled(documents, 10**9), codec_module.BLOCK
    for size in (1, 7, block):
        codec_module.BLOCK = size
        try:
            assert stored(Codec(), terms) == stored(W3Codec(blocklimit=size), whoosh_own(terms))
        finally:
            codec_module.BLOCK = block


def index_of(folder: Path, *segments: range) -> FileIndex:
    """An index with a segment for each of these ranges, of a document for each number."""
    index = FileIndex.create(FileStorage(str(folder)), SCHEMA, "MAIN")
    for numbers in segments:
        writer = SegmentWriter(index)
        for number in numbers:
            shown = analyze(
                document(f"d{number}", title=f"Report {number}", body="wheat " * number), Schema()
            )
            writer.add(whoosh_document(shown, Schema()))
        writer.commit(merge=False)
    return index


def test_3_a_merge_keeps_the_live_documents(tmp_path: Path) -> None:
    index = index_of(tmp_path, range(1, 20), range(20, 40))
    writer = SegmentWriter(index)
    for number in range(3, 40, 3):
        writer.delete_by_term("id", f"d{number}")
    writer.commit(optimize=True)
    reader = index.reader()
    postings, live = Postings(reader), [number for number in range(1, 40) if number % 3]
    assert reader.doc_count_all() == len(live)
    assert postings.docs("id", "d3") == set()
    assert [postings.docs("id", f"d{number}") for number in live] == [{place} for place in range(len(live))]
    ((found, weights),) = postings.weights(TEXT, "wheat")
    docs = list(found)
    assert docs == list(range(len(live)))
    assert list(weights) == live
    values = dict(postings.values(WORDS, "wheat", set(docs)))
    assert [len(PackedPositions.unpack(values[doc])) for doc in docs] == live
    reader.close()


def test_4_a_segment_names_no_codec_of_ours(tmp_path: Path) -> None:
    index = index_of(tmp_path, range(1, 3))
    assert b"search.engines.whoosh.codec" not in b"".join(
        path.read_bytes() for path in tmp_path.glob("*.toc")
    )
    assert type(pickle.loads(pickle.dumps(Codec()))) is W3Codec  # noqa: S301 - written here
    assert index.doc_count() == 2
