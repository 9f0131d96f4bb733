"""The line of a request is one line, whatever was sent."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from search.log.lines import Format
from webui.log.request_entry import RequestEntry

FORMATS = st.sampled_from(["text", "json"])
TEXTS = st.text(st.characters(exclude_categories=())) | st.text().map(lambda text: text * 500)
ENTRIES = st.builds(
    RequestEntry,
    time=st.floats(0, 1e10),
    client=TEXTS,
    method=st.none() | TEXTS,
    path=st.none() | TEXTS,
    status=st.none() | st.integers(100, 599),
    sent=st.integers(0, 1 << 50),
    ms=st.floats(0, 1e9),
    total=st.none() | st.integers(0, 1 << 40),
    generation=st.none() | TEXTS,
    incomplete=st.none() | TEXTS,
    arguments=TEXTS | TEXTS.map(lambda text: f"q={text}"),
)
SEARCH = RequestEntry(
    1.7e9,
    "192.0.2.1",
    "GET",
    "/search",
    200,
    13046,
    54.44,
    5,
    "whoosh-2f10",
    None,
    "q=caf%C3%A9+%22x%22&page=2",
)
LEFT = RequestEntry(1.7e9, "::1", "GET", "/api/v1/export", 200, 1024, 10.0, 9, "g", "client left")
GARBAGE = RequestEntry(1.7e9, "192.0.2.1", None, None, 400, 57, 0.04)


def is_one_line(line: bytes) -> bool:
    text = line.decode()
    return text.endswith("\n") and text[:-1].isprintable() and len(line) < 4096


@given(ENTRIES, FORMATS, st.booleans())
@example(SEARCH, "json", True)
def test_a_request_is_one_line(entry: RequestEntry, form: Format, with_query: bool) -> None:
    line = entry.line(form, with_query=with_query)
    assert is_one_line(line)
    if form == "json":
        shown = json.loads(line)
        assert (shown["event"], shown["status"], shown["bytes"]) == ("request", entry.status, entry.sent)
        assert (shown["path"] is None) == (entry.path is None)


def test_text() -> None:
    assert SEARCH.line("text") == (
        b"2023-11-14T22:13:20.000Z "
        b"request 192.0.2.1 GET /search 200 13046 54.4 total=5 generation=whoosh-2f10\n"
    )
    assert LEFT.line("text").endswith(b' 200 1024 10.0 total=9 generation=g incomplete="client left"\n')
    assert GARBAGE.line("text").endswith(b" request 192.0.2.1 - - 400 57 0.0\n")


def test_a_value_cannot_pass_for_another() -> None:
    """Blanks, quotation marks and a hyphen that stands for nothing are in quotation marks."""
    entry = RequestEntry(0, "-", 'G"T', "/a b", 200, 0, 0.0)
    assert b' request "-" "G\\"T" "/a b" 200 ' in entry.line("text")


def test_json() -> None:
    assert json.loads(SEARCH.line("json")) == {
        "time": "2023-11-14T22:13:20.000Z", "event": "request", "client": "192.0.2.1", "method": "GET",
        "path": "/search", "status": 200, "bytes": 13046, "ms": 54.4, "total": 5, "generation": "whoosh-2f10",
    }  # fmt: skip


def test_what_was_searched_for_is_there_only_if_asked_for() -> None:
    assert "caf" not in str(SEARCH)
    assert SEARCH.line("text", with_query=True).decode().endswith(' query="café \\"x\\""\n')
    assert json.loads(SEARCH.line("json", with_query=True))["query"] == 'café "x"'
    assert "query" not in json.loads(LEFT.line("json", with_query=True))
