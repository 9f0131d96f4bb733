"""What is read of office documents and books.

1. Headings by their style, paragraphs, lists, tables; notes at the end; what was deleted is not there.
2. Title, author, subjects and language by the properties, as far as a person stated them.
3. When a file was saved is no date; a telegram's heading is understood.
4. Broken, locked and hostile files say why they are not read.
"""

from pathlib import Path

import pytest

from index.extracted import ReadError
from index.metadata.labels import Labels
from index.metadata.understand import understand
from tests.files import (
    DC,
    OFFICE,
    W,
    docx,
    epub,
    odt,
    only,
    packed,
    passages,
    read,
    source_file,
    word_paragraph,
)

STYLES = f"""<w:styles {W}>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:styleId="Out"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>"""
LISTED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    "<w:r><w:t>Item</w:t></w:r></w:p>"
)
TABLE = (
    f"<w:tbl><w:tr><w:tc>{word_paragraph('a')}{word_paragraph('b')}</w:tc>"
    f"<w:tc>{word_paragraph('c')}</w:tc></w:tr>"
    f"<w:tr><w:tc><w:tbl><w:tr><w:tc>{word_paragraph('in')}</w:tc></w:tr></w:tbl></w:tc>"
    "<w:tc><w:p/></w:tc></w:tr></w:tbl>"
)
BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>'
    "<w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def test_1_word(tmp_path: Path) -> None:
    body = (
        word_paragraph("Part", "Out")
        + word_paragraph("Chapter", "Mine")
        + word_paragraph("Round", "Loop")
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/>"
        "<w:t>line</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r>"
        "<w:t xml:space='preserve'> new</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + LISTED
        + TABLE
        + BOX
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1">{word_paragraph("-")}</w:footnote>'
        f'<w:footnote w:id="1">{word_paragraph("A note.")}</w:footnote></w:footnotes>'
    )
    found = only(tmp_path / "a.docx", docx(body, {"word/styles.xml": STYLES, "word/footnotes.xml": notes}))
    assert passages(found) == [
        ("heading", "Part", 1),
        ("heading", "Chapter", 2),
        ("paragraph", "Round", 0),
        ("paragraph", "One two\nline new", 0),
        ("list_item", "Item", 2),
        ("table", "a b\tc", 0),
        ("table", "in", 0),
        ("paragraph", "Box", 0),
        ("list_item", "1. A note.", 1),
    ]


PROPERTIES = (
    "<dc:title>The Armistice Talks</dc:title><dc:creator>Ann Lee; Bo Kim</dc:creator>"
    "<cp:keywords>war, peace</cp:keywords><dc:language>en-GB</dc:language>"
    "<dc:subject>Of the talks.</dc:subject><dcterms:created>2001-02-03</dcterms:created>"
)


def test_2_word_states_fields(tmp_path: Path) -> None:
    body = word_paragraph("The Armistice Talks") + word_paragraph("Text.")
    found = only(tmp_path / "a.docx", docx(body, properties=PROPERTIES))
    assert found.fields == {
        "authors": ("Ann Lee", "Bo Kim"),
        "subjects": ("war", "peace"),
        "summary": "Of the talks.",
        "language": "English",
    }
    assert passages(found) == [("heading", "The Armistice Talks", 1), ("paragraph", "Text.", 0)]


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - talks.doc", "untitled", "Document1", "talks", "talks.docx", "", "C:\\a\\b.doc"],
)
def test_2_a_title_that_a_program_made_up_is_none_and_then_nor_is_the_author(
    tmp_path: Path, title: str
) -> None:
    properties = f"<dc:title>{title}</dc:title><dc:creator>Ann Lee</dc:creator>"
    found = only(tmp_path / "talks.docx", docx(word_paragraph("Text."), properties=properties))
    assert found.fields == {}


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("", "Kuznetsov"),
        ("Telegram from Kuznetsov to Soviet Foreign Ministry regarding a Meeting", "Kuznetsov"),
    ],
)
def test_3_a_heading_is_understood(tmp_path: Path, title: str, author: str) -> None:
    heading = "Telegram from Kuznetsov to Soviet Foreign Ministry regarding a Meeting"
    body = word_paragraph(heading, "Title") + word_paragraph("Date: July 29, 1953") + word_paragraph("Text.")
    properties = f"<dc:title>{title}</dc:title><dc:creator>A Typist</dc:creator>"
    path = tmp_path / "a.docx"
    document = understand(only(path, docx(body, properties=properties)), source_file(path), Labels()).document
    assert (document.title, document.authors, document.type) == (heading, (author,), "telegram")
    assert document.date is not None
    assert document.date.earliest_iso == "1953-07-29"
    assert document.body == "Text."


ODT = (
    "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    '<text:h text:outline-level="2">Head</text:h>'
    '<text:p text:style-name="P1">Big</text:p>\n  '
    '<text:p>One<text:s text:c="999999999"/>two<text:tab/>x<text:line-break/>'
    "<text:span>y</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>A note.</text:p></text:note-body></text:note> tail<office:annotation><text:p>c</text:p>"
    "</office:annotation>.</text:p>"
    "<text:list><text:list-item><text:p>i</text:p><text:list><text:list-item><text:p>j</text:p>"
    "</text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
    "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
)


def test_1_open_document(tmp_path: Path) -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    meta = "<dc:title>Talks</dc:title><meta:initial-creator>Ann</meta:initial-creator>"
    meta += "<dc:date>2001-02-03</dc:date>"
    found = only(tmp_path / "a.odt", odt(ODT, meta, styles=styles))
    assert passages(found) == [
        ("heading", "Talks", 1),
        ("heading", "Head", 2),
        ("heading", "Big", 1),
        ("paragraph", "One two x\ny tail.", 0),
        ("list_item", "i", 1),
        ("list_item", "j", 2),
        ("table", "a\tb", 0),
        ("list_item", "1. A note.", 1),
    ]
    assert found.fields == {"authors": ("Ann",)}


def test_1_a_book(tmp_path: Path) -> None:
    metadata = (
        '<dc:title>1984</dc:title><dc:creator opf:role="aut">Orwell, George</dc:creator>'
        "<dc:date>1949-06-08T00:00:00Z</dc:date>"
        '<dc:creator opf:role="ill">Nobody Known</dc:creator><dc:language>en</dc:language>'
        "<dc:description>&lt;p&gt;A novel.&lt;/p&gt;</dc:description><dc:publisher>Secker</dc:publisher>"
    )
    chapters = {"b.xhtml": "<h1>One</h1><p>It was&nbsp;a day.</p>", "a%20b.xhtml": "<h1>Two</h1><p>Next.</p>"}
    found = only(
        tmp_path / "a.epub", epub({"b.xhtml": chapters["b.xhtml"]} | {"missing.xhtml": ""}, metadata)
    )
    assert found.fields == {
        "title": "1984",
        "authors": ("Orwell, George",),
        "date": "1949-06-08",
        "summary": "A novel.",
        "language": "English",
    }
    assert found.extra == {"publisher": "Secker"}
    assert not found.header
    assert passages(found) == [("heading", "One", 1), ("paragraph", "It was a day.", 0)]
    both = only(tmp_path / "b.epub", epub(chapters, more={"OEBPS/a b.xhtml": "<p>Spaced</p>"}))
    assert [passage.text for passage in both.passages][-1] == "Spaced"


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}"
    rb"{\info{\title The Caf\'e9 Talks}{\author Ann Lee}{\creatim\yr2001}}"
    rb"The Caf\'e9 Talks\par Moscow \u1084?\u1080?\u1088? \u-10179?\u-8704?\par {\*\comment no}End.\par}"
)


def test_1_rich_text(tmp_path: Path) -> None:
    found = only(tmp_path / "a.rtf", RTF)
    assert found.fields == {"authors": ("Ann Lee",)}
    assert passages(found)[0] == ("heading", "The Café Talks", 1)
    assert "Moscow мир 😀" in "\n".join(passage.text for passage in found.passages)
    long = rb"{\rtf1\ansi " + b"Word " * 40 + rb"\par Second.\par\trowd a\cell b\cell\row}"
    assert passages(only(tmp_path / "b.rtf", long))[1:] == [("paragraph", "Second.", 0), ("table", "a\tb", 0)]


def test_1_a_page_in_rich_text_is_read_as_a_page(tmp_path: Path) -> None:
    found = only(tmp_path / "a.html", rb"{\rtf1\ansi <html><body>\par <h1>T</h1><p>x</p>}")
    assert passages(found) == [("heading", "T", 1), ("paragraph", "x", 0)]


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
def test_4_entities_are_not_resolved(tmp_path: Path, doctype: str) -> None:
    entity = "&x;" if "&x" in doctype or "SYSTEM" in doctype else "&c;"
    word = f"{doctype}<w:document {W}><w:body>{word_paragraph(f'x{entity}')}</w:body></w:document>"
    content = (
        f"{doctype}<office:document-content {OFFICE}><office:body><office:text><text:p>x{entity}</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    for name, data in (
        ("a.docx", docx("", {"word/document.xml": word})),
        ("a.odt", odt("", more={"content.xml": content})),
    ):
        assert [passage.text for passage in only(tmp_path / name, data).passages] == ["x"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", docx("")[:-30], "cut short"),
        ("a.docx", b"PK\x03\x04 and no more", "table of contents is missing"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected"),
        ("a.docx", docx("<w:p>"), "Its text is no XML"),
        ("a.docx", docx("<x>" * 5000 + "</x>" * 5000), "Its text is no XML"),
        (
            "a.odt",
            odt("", more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "password-protected",
        ),
        ("a.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "no part 'content.xml'"),
        ("a.epub", packed({"mimetype": "application/epub+zip"}), "no part"),
        ("a.epub", packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}), "no book"),
        (
            "a.epub",
            epub(
                {"c.xhtml": "<p>x</p>"},
                more={"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/c.xhtml"/></e>'},
            ),
            "DRM",
        ),
        ("a.rtf", rb"{\rtf1 {\pict\bin x}}", "Rich Text is broken"),
        ("a.rtf", rb"{\rtf1 {\fonttbl" + rb"\f1 " * 50_000, "table of fonts"),
        ("a.rtf", rb"{\rtf1 {\fonttbl" + rb"\f1 \fcharset1 " * 50_000 + b"}}", "table of fonts"),
    ],
)
def test_4_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(tmp_path / name, data)


def test_4_a_book_does_not_reach_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text("<p>secret</p>")
    for href in ("../../secret.xhtml", "../../../../etc/passwd", str(tmp_path / "secret.xhtml")):
        found = only(tmp_path / "a.epub", epub({"c.xhtml": "<p>x</p>"}))
        data = epub({}, more={"OEBPS/book.opf": _package(href)})
        assert found.passages
        assert only(tmp_path / "a.epub", data).passages == ()


def _package(href: str) -> str:
    return (
        f'<package {DC}><manifest><item id="i" href="{href}" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="i"/></spine></package>'
    )


@pytest.mark.parametrize("level", ["²", "½", "", "-1", "99", "1e3", "٣"])
def test_4_levels_in_other_figures_are_none(tmp_path: Path, level: str) -> None:
    outline = f'<w:pPr><w:outlineLvl w:val="{level}"/><w:numPr><w:ilvl w:val="{level}"/></w:numPr></w:pPr>'
    word = only(tmp_path / "a.docx", docx(f"<w:p>{outline}<w:r><w:t>Text</w:t></w:r></w:p>"))
    assert [passage.text for passage in word.passages] == ["Text"]
    text = f'<text:h text:outline-level="{level}">Text<text:s text:c="{level}"/></text:h>'
    assert [passage.text for passage in only(tmp_path / "a.odt", odt(text)).passages] == ["Text"]
