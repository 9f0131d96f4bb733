"""XML read as a stream, in whatever encoding it is."""

from pathlib import Path

import pytest

from index.formats.support import stream
from tests.files import only


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("mac-cyrillic", "ещё"), ("cp852", "źle"), ("cp775", "ķīla"), ("mac-roman", "été"), ("cp737", "Ωμέγα")],
)
def test_encodings_that_only_python_knows(
    tmp_path: Path, encoding: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_undeclared_encoding", lambda *_: encoding)
    document = f'<?xml version="1.0" encoding="UTF-8"?><letter><p>{word} and more.</p></letter>'
    found = only(tmp_path / "a.xml", document.encode(encoding))
    assert [passage.text for passage in found.passages] == [f"{word} and more."]
