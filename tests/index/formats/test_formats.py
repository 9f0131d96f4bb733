"""What readers make of files.

1. Text in any of the usual encodings; Markdown without its marks; front matter without tricks.
2. Records one by one: a bad one is one failure with its number, and those behind it are read.
3. What is no text, or broken, says so.
"""

import gzip
import json
from pathlib import Path

import pytest

from index.extracted import BadRecord, Extracted, ReadError
from index.formats import ReadContext, records
from index.formats.registry import BY_SUFFIX
from index.sources.files import walk


def read(path: Path) -> list[Extracted | BadRecord]:
    (file,) = walk(str(path))
    return list(BY_SUFFIX[file.suffix].read(file, ReadContext()))


def only(path: Path) -> Extracted:
    (found,) = read(path)
    assert isinstance(found, Extracted)
    return found


@pytest.mark.parametrize(
    "data",
    [
        "Chargé d’affaires".encode(),
        "\ufeffChargé d’affaires".encode(),
        "Chargé d’affaires".encode("cp1252"),
        "Chargé d’affaires".encode("utf-16"),
        "Chargé d’affaires".encode("utf-32"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert [passage.text for passage in only(tmp_path / "a.txt").passages] == ["Chargé d’affaires"]


@pytest.mark.parametrize("data", [b"MZ\0\0\1", b"\xff\xfea", b"caf\x81"])
def test_what_is_no_text_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ReadError):
        read(tmp_path / "a.txt")


def test_plain_text_has_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One\nand on.\n \n\nTwo *as* written_here_.\r\n\r\nThree\n")
    texts = [passage.text for passage in only(tmp_path / "a.txt").passages]
    assert texts == ["One\nand on.", "Two *as* written_here_.", "Three"]


def test_text_in_markdown_loses_its_marks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "**Title**\n\n#### A *heading*\n\nSee <https://x.org/a_b>.  \nLine \\* two\n"
    )
    found = only(tmp_path / "a.txt").passages
    assert [(passage.kind, passage.text) for passage in found] == [
        ("paragraph", "Title"),
        ("heading", "A heading"),
        ("paragraph", "See https://x.org/a_b.\nLine * two"),
    ]


def test_markdown_has_blocks(tmp_path: Path) -> None:
    text = "# H\n\nP <b>x</b>\n\n- a\n- b\n\n3. c\n4. d\n\n> q\n\n```\ncode *c*\n```\n\n|x|y|\n|-|-|\n|1|[2](http://z)|\n"
    (tmp_path / "a.md").write_text(text)
    assert [(passage.kind, passage.text, passage.level) for passage in only(tmp_path / "a.md").passages] == [
        ("heading", "H", 1),
        ("paragraph", "P <b>x</b>", 0),
        ("list_item", "a", 1),
        ("list_item", "b", 1),
        ("list_item", "3. c", 1),
        ("list_item", "4. d", 1),
        ("quote", "q", 1),
        ("preformatted", "code *c*", 0),
        ("table", "x | y", 0),
        ("table", "1 | 2", 0),
    ]


def test_front_matter_states_fields(tmp_path: Path) -> None:
    front = "---\ntitle: T\ndate: 1951-07-10\nauthor: [A, B]\ntags: x; y\nshelf: 3\nempty:\n---\nText"
    (tmp_path / "a.md").write_text(front)
    found = only(tmp_path / "a.md")
    assert found.fields == {"title": "T", "date": "1951-07-10", "authors": ("A", "B"), "subjects": ("x", "y")}
    assert found.extra == {"shelf": "3"}
    assert [passage.text for passage in found.passages] == ["Text"]


@pytest.mark.parametrize("front", ["a: &x [1]\nb: *x", "a: [", "a: !!python/object:os.system x", "\ta: 1"])
def test_bad_front_matter_says_so(tmp_path: Path, front: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText")
    with pytest.raises(ReadError, match="front matter"):
        read(tmp_path / "a.md")


def test_a_ruled_line_is_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nOnly text\n---\nMore")
    assert "Only text" in only(tmp_path / "a.md").passages[0].text


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
        ("BadRecord", 4),
        ("BadRecord", 5),
        ("Extracted", 6),
    ]


def test_an_endless_record_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_RECORD_BYTES", 1000)
    data = b'{"title": "a"}\n{"title": "' + b"x" * 5000 + b'"}\n{"title": "b"}\n'
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(data))
    found = read(tmp_path / "r.jsonl.gz")
    assert [type(one).__name__ for one in found] == ["Extracted", "BadRecord", "Extracted"]
    assert [one.number for one in found] == [1, 2, 3]


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b'{"title": "a"}\n' * 99)[:-12], b""])
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
        ("BadRecord", 3),
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
