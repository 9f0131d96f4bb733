"""HTML pages.

1. The text that a browser shows, in blocks, without menus and scripts; the metadata in `<meta>`.
2. Pages in any encoding that they declare, or do not.
3. Hostile pages are read, or are a ReadError.
"""

from pathlib import Path

import pytest

from index.extracted import ReadError
from index.metadata.labels import Labels
from index.metadata.understand import understand
from tests.files import only, passages, read, source_file

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Armistice Talks | An Archive</title>
<style>x{}</style></head>
<body><nav>Menu</nav><script>alert(1)</script><div hidden>no</div><div style="display: none">no</div>tail
<h1>Armistice <i>Talks</i></h1><p>One
 <b>bold</b> word.<br>New line<!-- c --> on.</p>
<ul><li>a<ul><li>b</li></ul></li></ul><ol start="3"><li><p>c</p></li><li>d</li></ol>
<blockquote><p>q</p></blockquote><pre>  x
   y</pre>
<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p><p>2</p></td><td></td></tr></table>
<table><tr><td><h2>In a layout</h2>text</td></tr></table><template>t</template><noscript>n</noscript>
First<br><br>Second</body></html>"""


def test_1_a_page_has_blocks(tmp_path: Path) -> None:
    found = only(tmp_path / "a.html", PAGE.encode())
    assert passages(found) == [
        ("heading", "Armistice Talks", 1),
        ("paragraph", "tail", 0),
        ("heading", "Armistice Talks", 1),
        ("paragraph", "One bold word.\nNew line on.", 0),
        ("list_item", "a", 1),
        ("list_item", "b", 2),
        ("list_item", "3. c", 1),
        ("list_item", "4. d", 1),
        ("quote", "q", 1),
        ("preformatted", "  x\n   y", 0),
        ("table", "A\tB", 0),
        ("table", "1 2", 0),
        ("heading", "In a layout", 2),
        ("paragraph", "text", 0),
        ("paragraph", "First", 0),
        ("paragraph", "Second", 0),
    ]
    assert found.fields == {"language": "English"}


META = """<html lang="en"><head><meta name="DC.title" content="The Talks">
<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Kim, Bo">
<meta name="author" content="Webmaster"><meta name="citation_date" content="1953/07/04">
<meta property="article:published_time" content="2011-11-20T00:00Z">
<meta name="keywords" content="war, peace">
<meta name="description" content="About &amp; around."><meta name="DC.language" content="ru">
<link rel="canonical" href="https://x.org/1"></head><body><p>Text.</p></body></html>"""


def test_1_a_page_states_fields(tmp_path: Path) -> None:
    found = only(tmp_path / "a.html", META.encode())
    assert found.passages[0].text == "The Talks"
    assert found.fields == {
        "authors": ("Lee, Ann", "Kim, Bo"),
        "date": "1953-07-04",
        "subjects": ("war", "peace"),
        "summary": "About & around.",
        "language": "Russian",
        "source_url": "https://x.org/1",
    }


def test_1_what_the_text_says_counts_before_what_may_be_said_of_the_page(tmp_path: Path) -> None:
    page = """<html lang="en"><head><meta name="author" content="Web Team">
        <meta property="article:published_time" content="2011-11-20T00:00Z"></head><body><h1>A Report</h1>
        <p>Author: V. Molotov<br>Date: July 4, 1953<br>Language: Russian</p><p>Text.</p></body></html>"""
    path = tmp_path / "a.html"
    document = understand(only(path, page.encode()), source_file(path), Labels()).document
    assert (document.title, document.authors, document.language) == ("A Report", ("V. Molotov",), "Russian")
    assert document.date is not None
    assert document.date.text == "July 4, 1953"
    assert document.body == "Text."


@pytest.mark.parametrize(
    "data",
    [
        "<p>Привет</p>".encode(),
        "\ufeff<p>Привет</p>".encode("utf-16"),
        '<meta charset="windows-1251"><p>Привет</p>'.encode("cp1251"),
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет</p>'.encode("koi8-r"),
        '<?xml version="1.0" encoding="iso-8859-5"?><html><p>Привет</p></html>'.encode("iso-8859-5"),
        '<meta charset="ascii"><p>Привет</p>'.encode(),
        '<meta charset="utf-16"><p>Привет</p>'.encode(),
        '<meta charset="unicode_escape"><p>Привет</p>'.encode(),
        '<meta charset="nonsense"><p>Привет</p>'.encode(),
    ],
)
def test_2_encodings(tmp_path: Path, data: bytes) -> None:
    if b"ascii" in data:  # what is declared to be ASCII is Windows-1252, in which this is something else
        data = data.replace("Привет".encode(), "Chargé".encode("cp1252"))
    assert only(tmp_path / "a.html", data).passages[0].text in {"Привет", "Chargé"}


def test_2_xhtml_closes_what_html_does_not(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        '<script src="a"/></head>'
        "<body><a name='x'/><p>One&nbsp;&mdash; two</p><div/><p>Three</p></body></html>"
    )
    assert [one.text for one in only(tmp_path / "a.xhtml", page.encode()).passages] == ["One — two", "Three"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"<",
        b"<html>",
        b"<![CDATA[x]]>",
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>",
        b"<table>" * 200 + b"x",
        b"<p>" * 20_000,
        b"<td>x</td></tr></table></ul></p>",
        b"<tr><td>x<tr><td>y<li>z",
        b"<ol start='99999999999999999999'><li>x",
        b"<p>" + b"&#0;&#x1F;&#xD800;&#x110000;" + b"</p>",
        b"<html " + b"a" * 200_000,
        b"<!--" * 50_000,
        b"<p><svg><script>x</script></svg><math><p>x",
    ],
)
def test_3_hostile_pages(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.html"
    found = only(path, data)
    text = understand(found, source_file(path), Labels()).document.body
    assert "root:" not in text
    text.encode()


def test_3_deep_pages_say_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read(tmp_path / "a.html", b"<div>" * 5000 + b"x")
