"""What an index in OpenSearch stores of a document, without a cluster.

1. The settings, the mapping and the bodies of some documents are those of tests/golden/opensearch/, and a
   change of them raises FORMAT.
2. Each value of a body has a field in the mapping, whose dynamic fields are refused.
3. In `text`, each stem is as often as it weighs; a document without stems has one token that is none.
4. A date has for each interval the bucket that contains it, else its own days; open ends are no edges.
5. Ids of any length have keys that OpenSearch takes; values that Lucene would refuse are cut at a character.
"""

import json
from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzed import analyze
from search.calendar import BEGINNING, END, DayRange, day_number
from search.document import from_bytes
from search.engines.opensearch.commit import FORMAT
from search.engines.opensearch.documents import (
    LARGEST_VALUE,
    document_body,
    key_of,
    keyword,
    read_span,
    span_of,
)
from search.engines.opensearch.mapping import NO_STEM, index_mapping, index_settings
from search.facets.date_column import DateColumn
from search.request import DateFacetRequest
from search.schema import TEXT, WORDS, Schema
from tests.archive import document, full_of
from tests.versions import VersionGuard

GOLDEN = Path(__file__).parents[3] / "golden" / "opensearch"
SCHEMA = Schema()
DOCUMENTS = [
    document("letter", "Talks on the armistice.\nThe armistice.", title="Armistice talks", date="1951-07"),
    document("named", "War.", authors=["Kim Il Sung", "Mao"], recipients=["Stalin"], date="1949..1951"),
    document("open", "Peace", date="..1800", folder="box 1/a", files=["box 1/a/1.txt", "box 1/a/2.txt"]),
    document("day", "Peace and war", date="1953-07-27", makeshift_title=True, indexed=1_764_000_000),
    full_of("Peace talks", "full"),
]
DAYS = st.integers(day_number(1700, 1, 1), day_number(2000, 12, 31))
RANGES = st.builds(
    lambda one, other: DayRange(min(one, other), max(one, other)),
    DAYS | st.just(BEGINNING),
    DAYS | st.just(END),
)


def body_of(doc: Any, schema: Schema = SCHEMA) -> dict[str, Any]:
    return document_body(analyze(doc, schema), schema)


def readable(body: dict[str, Any]) -> dict[str, Any]:
    """A body without the encoded document."""
    return body | {"document": "…"}


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_1_golden(pytestconfig: pytest.Config, version_guard: VersionGuard) -> None:
    made = {
        "mapping": as_text(index_mapping(SCHEMA, {})),
        "documents": as_text([readable(body_of(doc)) for doc in DOCUMENTS]),
    }
    for name, text in {**made, "settings": as_text(index_settings(3, 10))}.items():
        file = GOLDEN / f"{name}.json"
        if pytestconfig.getoption("update"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")
    version_guard.check("search.engines.opensearch.commit.FORMAT", FORMAT, made)


@pytest.mark.parametrize("doc", DOCUMENTS, ids=lambda doc: str(doc.id))
def test_2_fields(doc: Any) -> None:
    mapping = index_mapping(SCHEMA, {})
    body = body_of(doc)
    assert body.keys() <= mapping["properties"].keys()
    assert mapping["dynamic"] == "strict"
    assert from_bytes(b64decode(body["document"])) == doc


@pytest.mark.parametrize("doc", DOCUMENTS, ids=lambda doc: str(doc.id))
def test_3_stems_weigh(doc: Any) -> None:
    analyzed = analyze(doc, SCHEMA)
    assert Counter(body_of(doc)[TEXT].split(" ")) == analyzed.text
    assert len(body_of(doc)[TEXT].split(" ")) == analyzed.length


def test_3_no_stems() -> None:
    body = body_of(document("-", "…", title="!"))
    assert (body[TEXT], [value for value in body[WORDS] if value]) == (NO_STEM, [])


@given(RANGES)
def test_4_spans(days: DayRange) -> None:
    """Counted by their spans, dates are divided as they are by their days."""
    for interval in ("year", "month", "day"):
        span = read_span(span_of(days, interval))
        assert span.contains(days)
        request = DateFacetRequest(interval)
        assert DateColumn([span]).facet(request, [0]).values == DateColumn([days]).facet(request, [0]).values


def test_4_edges() -> None:
    edges = {
        doc.id: (body.get("earliest"), body.get("first_edge"), body.get("last_edge"))
        for doc in DOCUMENTS
        for body in [body_of(doc)]
    }
    eve = day_number(1800, 12, 31)
    assert edges["open"] == (BEGINNING, eve, eve)
    assert edges["day"] == (day_number(1953, 7, 27),) * 3
    assert edges["full"] == (None, None, None)


@given(st.text("abc/é-~", min_size=1, max_size=2000))
def test_5_keys(doc_id: str) -> None:
    assert len(key_of(doc_id)) == 22
    assert key_of(doc_id) == key_of(doc_id) != key_of(doc_id + "a")


@pytest.mark.parametrize("letter", ["a", "é", "毛", "🙂"])
def test_5_values(letter: str) -> None:
    cut = keyword(letter * 40_000)
    assert LARGEST_VALUE - 4 < len(cut.encode()) <= LARGEST_VALUE
    assert set(cut) == {letter}
    assert keyword(letter * 9) == letter * 9
