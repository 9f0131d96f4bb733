"""Documents as bytes.

1. A document comes back from its bytes, with the time of its indexing.
2. The time can be set in the bytes, whatever the document holds, and in an analysed document.
3. It does not count among a document's content, nor does the file; all else does.
4. The content has the same bytes as in earlier versions, so that no run takes a document for a changed one.
"""

import hashlib
from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from search.analyzed import analyze, with_time
from search.document import ArchivalDate, Block, Document, content_bytes, from_bytes, to_bytes, with_indexed
from search.schema import Schema
from tests.search.test_versions import WHOLE

SCHEMA = Schema()
times = st.integers(0, 2**62)
texts = st.text() | st.sampled_from(["indexed", "\xa7indexed", "indexed\x00"])
documents = st.builds(
    Document,
    id=st.just("a"),
    title=texts,
    body=texts,
    source=texts,
    extra=st.dictionaries(texts, texts, max_size=2),
    indexed=times,
)


@given(documents)
def test_1_a_document_comes_back(document: Document) -> None:
    read = from_bytes(to_bytes(document))
    assert read == document
    assert read.indexed == document.indexed


@given(documents, times)
def test_2_the_time_can_be_set(document: Document, indexed: int) -> None:
    expected = to_bytes(replace(document, indexed=indexed))
    assert with_indexed(to_bytes(document), indexed) == expected
    analyzed = with_time(analyze(document, SCHEMA), indexed)
    assert analyzed == analyze(replace(document, indexed=indexed), SCHEMA)
    assert analyzed.stored == expected


def test_3_the_time_is_no_content() -> None:
    other = replace(WHOLE, indexed=5)
    assert other == WHOLE
    assert content_bytes(replace(other, source="b.txt")) == content_bytes(WHOLE)
    values: dict[str, Any] = {"date": ArchivalDate("1951", 1, 2), "reference": None}
    values |= {"makeshift_title": True, "blocks": (Block("quote", 0, 1),), "extra": {"rights": "all"}}
    for name in [
        each.name for each in fields(Document) if each.name not in {"source", "text_language", "indexed"}
    ]:
        other_value: Any = ("x",) if isinstance(getattr(WHOLE, name), tuple) else "x"
        changed = replace(WHOLE, **{name: values.get(name, other_value)})
        assert content_bytes(changed) != content_bytes(WHOLE), name


def test_4_the_content_is_that_of_earlier_versions() -> None:
    digest = hashlib.blake2b(content_bytes(WHOLE), digest_size=12).hexdigest()
    assert digest == "0c2a70372432b1bc6d099cb4"  # as of format 8
