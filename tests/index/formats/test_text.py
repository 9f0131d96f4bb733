"""Plain text and Markdown.

1. Text in any of the usual encodings, in paragraphs; Markdown without its marks.
2. Front matter states fields, and does no harm.
3. What is not text, or has broken front matter, is a ReadError.
"""

from pathlib import Path

import pytest

from index.extracted import ReadError
from tests.files import only, read


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


@pytest.mark.parametrize("data", [b"MZ\0\0\1", b"\xff\xfea", b"\x81\1\2"])
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
        ("paragraph", "P x", 0),
        ("list_item", "a", 1),
        ("list_item", "b", 1),
        ("list_item", "3. c", 1),
        ("list_item", "4. d", 1),
        ("quote", "q", 1),
        ("preformatted", "code *c*", 0),
        ("table", "x | y", 0),
        ("table", "1 | 2", 0),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# H\n\n<style>\n  #a { b: c; }\n\n p { d: e }\n</style>\n\nText", ["H", "Text"]),
        ("# H\n\n<script>x()</script>\n\n<!-- never\n\nshown -->\nText", ["H", "Text"]),
        (
            "# H\n\nThe gate.<sup>1</sup> The m<sup>2</sup> and 5<sup>th</sup>",
            ["H", "The gate. ¹ The m² and 5th"],
        ),
        ("# H\n\none<br>two <script>x()</script>three<!-- no -->", ["H", "one\ntwo three"]),
        ("# H\n\n<div class='a'>\n<p>One</p><p>Two</p>\n</div>\n\n*Three*", ["H", "One", "Two", "Three"]),
        (
            "# H\n\nthe <illegible> word\n\n<unclear>\n\n<sic!>",
            ["H", "the <illegible> word", "<unclear>", "<sic!>"],
        ),
        ("# H\n\n<hr>\n\n<table><tr><td>a</td><td>b</td></tr></table>", ["H", "a b"]),
        ("# H\n\n5 < 6 and 7 > 3, <me@x.org>", ["H", "5 < 6 and 7 > 3, me@x.org"]),
    ],
)
def test_html_in_markdown(tmp_path: Path, text: str, found: list[str]) -> None:
    texts = [
        " ".join(passage.text.split("\t")) for passage in only(tmp_path / "a.md", text.encode()).passages
    ]
    assert texts == found


def test_front_matter_states_fields(tmp_path: Path) -> None:
    front = "---\ntitle: T\ndate: 1951-07-10\nauthor: [A, B]\ntags: x; y\nshelf: 3\nempty:\n---\nText"
    (tmp_path / "a.md").write_text(front)
    found = only(tmp_path / "a.md")
    assert found.fields == {"title": "T", "date": "1951-07-10", "authors": ("A", "B"), "subjects": ("x", "y")}
    assert found.extra == {"shelf": "3"}
    assert [passage.text for passage in found.passages] == ["Text"]


@pytest.mark.parametrize(
    ("front", "fields", "extra"),
    [
        (
            "Sender: Anna Berg\nRECIPIENT: Karl Holm\nDate: 1871-05-12",
            {"authors": ("Anna Berg",), "recipients": ("Karl Holm",), "date": "1871-05-12"},
            {},
        ),
        ("from: Anna Berg\nto: [A, B]", {"authors": ("Anna Berg",), "recipients": ("A", "B")}, {}),
        ("author: A\ncreator: B", {"authors": ("A", "B")}, {}),
        ("created: 1999\ndate: May 1871", {"date": "May 1871"}, {"created": "1999"}),
        ("Date Created: 1871", {"date": "1871"}, {}),
        ("date:\ncreated: 1999", {"date": "1999"}, {}),
        ("abstract: One\nsummary: Two", {"summary": "One\n\nTwo"}, {}),
        ("Location: Uppsala\nLang: sv\nTags: [water, mill]\nShelf Mark: 3",
         {"place": "Uppsala", "language": "sv", "subjects": ("water", "mill"), "reference": "3"}, {}),
    ],
)  # fmt: skip
def test_keys_of_front_matter(
    front: str, fields: dict[str, object], extra: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText")
    found = only(tmp_path / "a.md")
    assert {name: value for name, value in found.fields.items() if value} == fields
    assert found.extra == extra


@pytest.mark.parametrize("front", ["a: &x [1]\nb: *x", "a: [", "a: !!python/object:os.system x", "\ta: 1"])
def test_bad_front_matter_says_so(tmp_path: Path, front: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText")
    with pytest.raises(ReadError, match="front matter"):
        read(tmp_path / "a.md")


def test_a_ruled_line_is_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nOnly text\n---\nMore")
    assert "Only text" in only(tmp_path / "a.md").passages[0].text
