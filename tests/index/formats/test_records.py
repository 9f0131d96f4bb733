"""Records (JSON Lines, CSV), plain or compressed.

1. Each is a document with its number; keys without a field are extra values.
2. A bad record is one failure with its number, and those behind it are read.
3. A broken file is a ReadError.
"""

import gzip
import json
from pathlib import Path

import pytest

from index.extracted import Extracted, ReadError
from index.formats.records import lines
from tests.files import only, read

RECORD = {
    "id": "r-1",
    "title": "T",
    "date": "1951",
    "authors": ["Perlis, A. J.", " Smith "],
    "keywords": "a, b",
    "subjects": ["c"],
    "url": "https://x.org",
    "body": "One.\n\nTwo.",
    "volume": 3,
    "nothing": None,
}


@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.jsonl.gz"])
def test_json_records(tmp_path: Path, name: str) -> None:
    data = ("\ufeff" + json.dumps(RECORD) + "\r\n\n").encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    found = only(tmp_path / name)
    assert found.number == 1
    assert found.fields["authors"] == ("Perlis, A. J.", "Smith")
    assert found.fields["subjects"] == ("a", "b", "c")
    assert found.fields["source_url"] == "https://x.org"
    assert found.extra == {"volume": "3"}
    assert [passage.text for passage in found.passages] == ["One.", "Two."]


def test_a_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = [b'{"title": "a"}', b"{not json", b"[1]", b'{"title": "caf\x81"}', b"\0", b'{"title": "b"}']
    (tmp_path / "r.jsonl").write_bytes(b"\n".join(lines))
    found = read(tmp_path / "r.jsonl")
    assert [(type(one).__name__, one.number) for one in found] == [
        ("Extracted", 1),
        ("BadRecord", 2),
        ("BadRecord", 3),
        ("Extracted", 4),
        ("BadRecord", 5),
        ("Extracted", 6),
    ]


def test_an_endless_record_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 1000)
    data = b'{"title": "a"}\n{"title": "' + b"x" * 5000 + b'"}\n{"title": "b"}\n'
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(data))
    found = read(tmp_path / "r.jsonl.gz")
    assert [type(one).__name__ for one in found] == ["Extracted", "BadRecord", "Extracted"]
    assert [one.number for one in found] == [1, 2, 3]


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b'{"title": "a"}\n' * 99, mtime=0)[:-12], b""])
def test_a_broken_archive_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "r.jsonl.gz").write_bytes(data)
    if data:
        with pytest.raises(ReadError, match="gzip"):
            read(tmp_path / "r.jsonl.gz")
    else:
        assert read(tmp_path / "r.jsonl.gz") == []


def test_csv_records(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        'Title,authors,Body,shelf\nOne,"A; B","Line\n\nline, two",3\n\n'
        'Two,,,\n"a"b,x,y,z\na,b,c,d,e\nFive,A,B\n'
    )
    found = read(tmp_path / "r.csv")
    assert [(type(one).__name__, one.number) for one in found] == [
        ("Extracted", 1),
        ("Extracted", 2),
        ("Extracted", 3),
        ("BadRecord", 4),
        ("Extracted", 5),
    ]
    first = found[0]
    assert isinstance(first, Extracted)
    assert (first.fields["title"], first.fields["authors"], first.extra) == (
        "One",
        ("A", "B"),
        {"shelf": "3"},
    )
    assert [passage.text for passage in first.passages] == ["Line", "line, two"]


def test_a_csv_must_name_its_fields(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("1,2,3\n")
    with pytest.raises(ReadError, match="first row"):
        read(tmp_path / "r.csv")
