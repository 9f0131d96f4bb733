"""A line of the log is one line, whatever it is about."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from webui.log.lines import Format, RequestEntry, message_line, request_line

FORMATS = st.sampled_from(["text", "json"])
TEXTS = st.text(st.characters(exclude_categories=())) | st.text().map(lambda text: text * 500)
ENTRIES = st.builds(
    RequestEntry,
    time=st.floats(0, 1e10),
    client=TEXTS,
    method=st.none() | TEXTS,
    path=st.none() | TEXTS,
    status=st.none() | st.integers(100, 599),
    bytes=st.integers(0, 1 << 50),
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
    line = request_line(entry, form, with_query=with_query)
    assert is_one_line(line)
    if form == "json":
        shown = json.loads(line)
        assert (shown["event"], shown["status"], shown["bytes"]) == ("request", entry.status, entry.bytes)
        assert (shown["path"] is None) == (entry.path is None)


@given(
    st.floats(0, 1e10),
    TEXTS,
    st.fixed_dictionaries({"logger": TEXTS, "traceback": st.none() | TEXTS}),
    FORMATS,
)
def test_a_message_is_one_line(time: float, message: str, more: dict[str, str | None], form: Format) -> None:
    line = message_line(time, "error", message, more, form)
    assert is_one_line(line)
    if form == "json":
        assert json.loads(line)["level"] == "error"


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_json_gives_back_what_is_not_too_long(text: str) -> None:
    line = message_line(0, "info", text, {"logger": text}, "json")
    shown = json.loads(line)
    assert text.startswith(shown["message"].removesuffix("…"))
    assert shown["message"] == text


def test_text() -> None:
    assert request_line(SEARCH, "text") == (
        b"2023-11-14T22:13:20.000Z "
        b"request 192.0.2.1 GET /search 200 13046 54.4 total=5 generation=whoosh-2f10\n"
    )
    assert request_line(LEFT, "text").endswith(
        b' 200 1024 10.0 total=9 generation=g incomplete="client left"\n'
    )
    assert request_line(GARBAGE, "text").endswith(b" request 192.0.2.1 - - 400 57 0.0\n")
    assert message_line(1.7e9, "warning", 'Say "no".\n', {"logger": "webui"}, "text") == (
        b'2023-11-14T22:13:20.000Z warning "Say \\"no\\".\\n" logger=webui\n'
    )


def test_a_value_cannot_pass_for_another() -> None:
    """Blanks, quotation marks and a hyphen that stands for nothing are in quotation marks."""
    entry = RequestEntry(0, "-", 'G"T', "/a b", 200, 0, 0.0)
    assert b' request "-" "G\\"T" "/a b" 200 ' in request_line(entry, "text")


def test_json() -> None:
    assert json.loads(request_line(SEARCH, "json")) == {
        "time": "2023-11-14T22:13:20.000Z", "event": "request", "client": "192.0.2.1", "method": "GET",
        "path": "/search", "status": 200, "bytes": 13046, "ms": 54.4, "total": 5, "generation": "whoosh-2f10",
    }  # fmt: skip


def test_what_was_searched_for_is_there_only_if_asked_for() -> None:
    assert "caf" not in str(SEARCH)
    assert request_line(SEARCH, "text", with_query=True).decode().endswith(' query="café \\"x\\""\n')
    assert json.loads(request_line(SEARCH, "json", with_query=True))["query"] == 'café "x"'
    assert "query" not in json.loads(request_line(LEFT, "json", with_query=True))


def test_of_a_long_traceback_the_end_is_kept() -> None:
    line = message_line(0, "error", "failed", {"traceback": "call\n" * 5000 + "KeyError: 'x'"}, "json")
    shown = json.loads(line)["traceback"]
    assert shown.startswith("…")
    assert shown.endswith("call\nKeyError: 'x'")
