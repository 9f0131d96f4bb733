"""The line of a message is one line, whatever it is about."""

import json

from hypothesis import given
from hypothesis import strategies as st

from search.log.lines import Format, message_line

FORMATS = st.sampled_from(["text", "json"])
TEXTS = st.text(st.characters(exclude_categories=())) | st.text().map(lambda text: text * 500)


def is_one_line(line: bytes) -> bool:
    text = line.decode()
    return text.endswith("\n") and text[:-1].isprintable() and len(line) < 4096


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
    assert message_line(1.7e9, "warning", 'Say "no".\n', {"logger": "webui"}, "text") == (
        b'2023-11-14T22:13:20.000Z warning "Say \\"no\\".\\n" logger=webui\n'
    )


def test_of_a_long_traceback_the_end_is_kept() -> None:
    line = message_line(0, "error", "failed", {"traceback": "call\n" * 5000 + "KeyError: 'x'"}, "json")
    shown = json.loads(line)["traceback"]
    assert shown.startswith("…")
    assert shown.endswith("call\nKeyError: 'x'")
