"""A long text is read in parts, which together are the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.archive import Archive
from search.assistant.quotation import visible
from search.assistant.reading import read
from search.document import Block
from tests.archive import document
from tests.search.assistant.conftest import (
    LONG,
    Call,
    archive_of,
    call_of,
    data_of,
    text_of,
)


def test_pages_begin_where_they_do() -> None:
    body = "First page.\n\nSecond page.\n\nStill the second.\n\nThird."
    starts = {0: "1", 13: "2", 27: "2", 46: "iii"}
    blocks = tuple(Block("paragraph", start, start + 5, page=page) for start, page in starts.items())
    call = call_of(archive_of([document("a", body, blocks=blocks)]))
    whole = call("read_document", id="a")
    assert "pages, by character: 1 from 0, 2 from 13, iii from 46" in text_of(whole)
    part = call("read_document", id="a", offset=20, limit=20)
    assert data_of(part)["pages"] == [{"page": "2", "offset": 20}]
    assert data_of(call("read_document", id="a", offset=46))["pages"] == [{"page": "iii", "offset": 46}]


def test_a_document_without_text(archive: Archive) -> None:
    call = call_of(archive_of([document("empty", title="A scan", files=["a.jpg"])]))
    result = call("read_document", id="empty")
    assert (data_of(result)["characters"], data_of(result)["next_offset"]) == (0, None)
    assert "(no text)" in text_of(result)
    assert "undated" in text_of(result)


def test_what_is_known_comes_with_the_first_part(call: Call) -> None:
    result = call("read_document", id="telegram")
    data = data_of(result)
    assert (data["text"], data["offset"], data["end"], data["next_offset"]) == (
        "The armistice talks went on.",
        0,
        28,
        None,
    )
    assert (data["authors"], data["date"]["earliest"]) == (["Kuznetsov"], "1953-07-29")
    for said in ("reference: AVPRF F. 059", "summary: On the armistice.", "Characters 0 to 28 of 28."):
        assert said in text_of(result)
    assert "Read on" not in text_of(result)


def test_a_long_text_is_read_in_parts(call: Call) -> None:
    parts, offset = [], 0
    while offset is not None:
        result = call("read_document", id="long", offset=offset, limit=5000)
        data = data_of(result)
        assert data["characters"] == len(LONG)
        assert len(text_of(result)) < 6000
        parts.append(data["text"])
        assert data["pages"] == [{"page": "7", "offset": offset}]
        offset = data["next_offset"]
        assert offset is None or f"read_document with offset={offset}" in text_of(result)
    assert "".join(parts) == LONG
    assert all(part.rstrip().endswith(".") for part in parts)


@given(
    st.text(st.sampled_from("a. \n\u202eé"), max_size=300),
    st.integers(1, 100),
    st.lists(st.integers(0, 300), max_size=5),
)
def test_parts_are_the_text(body: str, limit: int, cuts: list[int]) -> None:
    edges = sorted({*cuts, 0})
    blocks = tuple(Block("paragraph", a, b) for a, b in pairwise(edges) if b <= len(body))
    archive = archive_of([document("a", body, blocks=blocks)])
    parts, offset = "", 0
    while offset is not None:
        data = read(archive, [("id", "a"), ("offset", str(offset)), ("limit", str(limit))]).data
        assert len(data["text"]) <= limit
        assert data["end"] > offset or not body
        parts, offset = parts + data["text"], data["next_offset"]
    assert parts == visible(body)
