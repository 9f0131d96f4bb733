"""A document's body as HTML.

1. Whatever a document holds, no tag or address of its own reaches the page.
2. Matches are numbered in order, and each links to the next, the last to the first.
3. All of the text is there, in its blocks, once.
4. Text in another language than the page says which, for those who hear it; what the page adds says so, too.
"""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Block, BlockKind, Document
from search.results import CharRange
from tests.in_time import in_processor_time
from webui.components.document_html import MAX_TEXT, RenderedText, render_body

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "javascript:alert(1)",
    'https://example.org/"onmouseover=alert(1)//',
    "https://example.org/'><svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "www.example.org/<script>alert(1)</script>",
    "<mark id=hit-1 onclick=alert(1)>",
    "\ue000lt;script\ue000gt;",
)
ALLOWED = {
    "p",
    "a",
    "mark",
    "br",
    "ul",
    "li",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "div",
    "pre",
    "table",
    "tbody",
    "tr",
    "td",
}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")


def render(body: str, *matches: CharRange, blocks: Sequence[Block] = ()) -> RenderedText:
    return render_body(Document("x", "t", body, blocks=tuple(blocks)), matches)


def tags(html: str) -> set[str]:
    return {name for _, name, _ in TAG.findall(html)}


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r'<a class="pilcrow".*?</a>', "", html))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["heading", "paragraph", "list_item", "quote", "preformatted", "table"])
def test_no_markup_of_a_document_reaches_the_page(attack: str, kind: BlockKind) -> None:
    body = f"before {attack} after"
    html = render(body, (0, 6), (9, 14), blocks=[Block(kind, 0, len(body), 1)]).html
    assert tags(html) <= ALLOWED
    assert not re.search(r"<[^>]*\bon\w+\s*=", html)
    assert all(href.startswith(("http", "#")) for href in re.findall(r'href="([^"]*)"', html))


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=5))
def test_any_text_and_any_matches_are_safe(body: str, spans: list[tuple[int, int]]) -> None:
    matches, last = [], 0
    for start, length in sorted(spans):
        if (
            start >= last
            and start + length <= len(body)
            and body[start : start + length].strip() == body[start : start + length]
        ):
            matches.append((start, start + length))
            last = start + length
    rendered = render(body, *matches)
    assert tags(rendered.html) <= ALLOWED
    assert rendered.matches == len(matches)


def test_hits_are_numbered_and_each_links_to_the_next() -> None:
    html = render("one two one\n\none", (0, 3), (8, 11), (13, 16)).html
    links = re.findall(r'<a class="hit" id="(hit-\d)" href="#(hit-\d)" title="(.*?)"', html)
    assert links == [
        ("hit-1", "hit-2", "Match 1 of 3"),
        ("hit-2", "hit-3", "Match 2 of 3"),
        ("hit-3", "hit-1", "Match 3 of 3"),
    ]
    assert re.findall(r'<mark id="hit-last">(.*?)</mark>', html) == ["one"]


def test_the_last_hit_leads_onward() -> None:
    document = Document("x", "t", "one two one")
    html = render_body(document, [(0, 3), (8, 11)], '/documents/b?q="one"&page=2').html
    links = re.findall(r'<a class="hit" id=".*?" href="(.*?)"', html)
    assert links == ["#hit-2", "/documents/b?q=&quot;one&quot;&amp;page=2#hit-1"]


def test_a_match_across_two_blocks_has_one_anchor() -> None:
    html = render("cease\n\nfire", (0, 11)).html
    assert html.count('id="hit-1"') == 1
    assert html.count("<mark") == 2


def test_paragraphs_have_permalinks_and_keep_their_line_breaks() -> None:
    html = render("one\ntwo\n\n\n  \nthree").html
    assert re.findall(r'<p id="(p\d)"', html) == ["p1", "p2"]
    assert "one<br>\ntwo</p>" in html


def test_what_lies_between_blocks_is_shown_too() -> None:
    body = "lost start\n\nHeading\n\nlost end"
    html = render(body, blocks=[Block("heading", 12, 19, 3)]).html
    assert "".join(text_of(html).split()) == "".join(body.split())


def test_heading_levels_are_never_skipped() -> None:
    body = "a b c d"
    blocks = [Block("heading", i * 2, i * 2 + 1, level) for i, level in enumerate((4, 6, 5, 1))]
    html = render(body, blocks=blocks).html
    assert re.findall(r"<(h\d)", html) == ["h3", "h4", "h4", "h3"]


def test_lists_quotes_tables_and_pages() -> None:
    body = "first second quoted a\tb\nc\td"
    blocks = [
        Block("list_item", 0, 5, page="7"),
        Block("list_item", 6, 12),
        Block("quote", 13, 19, page="8"),
        Block("table", 20, len(body)),
    ]
    html = render(body, (20, 21), blocks=blocks).html
    assert html.count("<ul>") == 1
    assert html.count("<li") == 2
    assert "<blockquote" in html
    assert html.count("<td") == 4
    assert 'id="page-8"' in html
    assert html.count("<mark") == 1


def test_consecutive_rows_are_one_table() -> None:
    body = "a\tb\nc\td\n\nafter"
    html = render(body, blocks=[Block("table", 0, 3), Block("table", 4, 7)]).html
    assert (html.count("<table>"), html.count("<tr>"), html.count("</table>")) == (1, 2, 1)


def test_pages_can_be_jumped_to_and_numbers_that_begin_anew_are_found_once() -> None:
    body = "abcdefg"
    pages = ("i", "i", "1", "2", "1", "3 a", "3 a")
    kinds: list[BlockKind] = [
        "paragraph",
        "list_item",
        "list_item",
        "list_item",
        "list_item",
        "quote",
        "quote",
    ]
    blocks = [
        Block(kind, at, at + 1, page=page) for at, (kind, page) in enumerate(zip(kinds, pages, strict=True))
    ]
    text = render(body, blocks=blocks)
    assert re.findall(r'<p class="page"(?: id="(.*?)")?>Page (.*?)</p>', text.html) == [
        ("page-i", "i"),
        ("page-1", "1"),
        ("page-2", "2"),
        ("", "1"),
        ("page-3-a", "3 a"),
    ]
    assert [(link.text, link.url) for link in text.pages] == [
        ("i", "#page-i"),
        ("1", "#page-1"),
        ("2", "#page-2"),
        ("3 a", "#page-3-a"),
    ]
    assert text.html.count("<ul>") == text.html.count("</ul>") == 4


def test_sections_can_be_jumped_to_by_their_headings() -> None:
    body = "First\npart\n\ntext\n\n" + "long " * 100
    text = render(body, blocks=[Block("heading", 0, 10, 2), Block("heading", 18, len(body), 5)])
    assert [(section.level, section.anchor) for section in text.sections] == [(3, "s1"), (4, "s2")]
    assert text.sections[0].text == "First part"
    assert len(text.sections[1].text) <= 101
    assert {f'id="{section.anchor}"' for section in text.sections} <= set(re.findall('id="s.*?"', text.html))


def test_numbers_of_paragraphs_are_out_of_the_order_of_tabs() -> None:
    html = render("one\n\ntwo").html
    assert re.findall(r'<a class="pilcrow" href="#p(\d)" tabindex="-1"', html) == ["1", "2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "x" * 2_000_000,
        "https://a.bc/x " * 140_000,
        "a\n\n" * 50_000,
        "<" * 2_000_000,
        ("http://" + "(" * 1900 + " ") * 500,
        ("http://a.bc/" + "(" * 300 + " ") * 3000,
        ("http://a.b.c.d.e.f/" + "a." * 150 + " ") * 3000,
    ],
)
def test_long_documents_are_cut_and_rendered_in_bounded_time(body: str) -> None:
    with in_processor_time(5):  # a hang, not a benchmark
        rendered = render(body)
    assert rendered.truncated == (len(body) > MAX_TEXT)


@pytest.mark.slow
def test_many_matches_are_marked_in_bounded_time() -> None:
    body = "a\n\n" * 100_000
    with in_processor_time(5):
        rendered = render(body, *((at, at + 1) for at in range(0, len(body), 3)))
    assert rendered.matches == 100_000


@pytest.mark.parametrize(
    ("text_language", "lang"),
    [("German", "de"), ("Hebrew", "he"), ("English", ""), ("", ""), ("Klingon of old", "")],
)
def test_4_the_language_of_the_text(text_language: str, lang: str) -> None:
    kinds: tuple[BlockKind, ...] = ("heading", "paragraph", "list_item", "quote", "table", "preformatted")
    blocks = tuple(Block(kind, 3 * number, 3 * number + 2, 1) for number, kind in enumerate(kinds))
    document = Document("x", "t", "ab " * len(kinds), blocks=blocks, text_language=text_language)
    html = str(render_body(document).html)
    attributes = dict(re.findall(r'<(h3|p|li|blockquote|td|pre)\b[^>]*? lang="(\w+)"', html))
    assert attributes == (dict.fromkeys(("h3", "p", "li", "blockquote", "td", "pre"), lang) if lang else {})
    assert ('lang="en"' in html) == bool(lang)
