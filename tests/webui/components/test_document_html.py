"""A document's text as HTML.

1. Whatever a document holds, no tag or address of its own reaches the page.
2. Hits are numbered in order, and each links to the next, the last to the first.
3. All of the text is there, in its blocks, once.
4. Web addresses are links; nothing else is.
"""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Block, Document
from webui.components.document_html import MAX_TEXT, render_body, web_address

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
    "h2",
    "h3",
    "h4",
    "blockquote",
    "div",
    "pre",
    "table",
    "tbody",
    "tr",
    "td",
}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")


def render(body, *matches, blocks=()):
    return render_body(Document("x", "t", body, blocks=tuple(blocks)), matches)


def tags(html):
    return {name for _, name, _ in TAG.findall(html)}


def text_of(html):
    return re.sub(r"<[^>]*>", "", re.sub(r'<a class="pilcrow".*?</a>', "", html))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["heading", "paragraph", "list_item", "quote", "preformatted", "table"])
def test_no_markup_of_a_document_reaches_the_page(attack, kind):
    body = f"before {attack} after"
    html = render(body, (0, 6), (9, 14), blocks=[Block(kind, 0, len(body), 1)]).html
    assert tags(html) <= ALLOWED
    assert not re.search(r"<[^>]*\bon\w+\s*=", html)
    assert all(href.startswith(("http", "#")) for href in re.findall(r'href="([^"]*)"', html))


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=5))
def test_any_text_and_any_matches_are_safe(body, spans):
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


def test_hits_are_numbered_and_each_links_to_the_next():
    html = render("one two one\n\none", (0, 3), (8, 11), (13, 16)).html
    assert re.findall(r'<mark id="(hit-\d)">', html) == ["hit-1", "hit-2", "hit-3"]
    assert re.findall(r'class="hit" href="#(hit-\d)"', html) == ["hit-2", "hit-3", "hit-1"]


def test_the_last_hit_leads_onward():
    document = Document("x", "t", "one two one")
    html = render_body(document, [(0, 3), (8, 11)], '/documents/b?q="one"&page=2').html
    links = re.findall(r'<a class="hit" href="(.*?)"', html)
    assert links == ["#hit-2", "/documents/b?q=&quot;one&quot;&amp;page=2#hit-1"]


def test_a_match_across_two_blocks_has_one_anchor():
    html = render("cease\n\nfire", (0, 11)).html
    assert html.count('id="hit-1"') == 1
    assert html.count("<mark") == 2


def test_paragraphs_have_permalinks_and_keep_their_line_breaks():
    html = render("one\ntwo\n\n\n  \nthree").html
    assert re.findall(r'<p id="(p\d)"', html) == ["p1", "p2"]
    assert "one<br>\ntwo</p>" in html


def test_what_lies_between_blocks_is_shown_too():
    body = "lost start\n\nHeading\n\nlost end"
    html = render(body, blocks=[Block("heading", 12, 19, 3)]).html
    assert "".join(text_of(html).split()) == "".join(body.split())


def test_heading_levels_are_never_skipped():
    body = "a b c d"
    blocks = [Block("heading", i * 2, i * 2 + 1, level) for i, level in enumerate((4, 6, 5, 1))]
    html = render(body, blocks=blocks).html
    assert re.findall(r"<(h\d)", html) == ["h2", "h3", "h3", "h2"]


def test_lists_quotes_tables_and_pages():
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


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("see <https://example.org/a?b=1&c=2>.", "https://example.org/a?b=1&amp;c=2"),
        ("www.example.org.", "http://www.example.org"),
        ("(http://example.org/a_(b))", "http://example.org/a_(b)"),
    ],
)
def test_addresses_become_links(text, href):
    html = render(text).html
    assert f'<a href="{href}" rel="nofollow noopener noreferrer">' in html


@pytest.mark.parametrize(
    "text", ["the talks.In the end", "f.45 op.7", "http://", "ftp://example.org", "a@b.org"]
)
def test_other_things_do_not(text):
    assert "href=" not in render(text).html.replace('href="#p1"', "")


def test_a_hit_inside_an_address_is_marked_without_breaking_it():
    html = render("https://example.org/armistice", (20, 29)).html
    assert 'href="https://example.org/armistice"' in html
    assert '<mark id="hit-1">armistice</mark></a>' in html


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
def test_long_documents_are_cut_and_rendered_in_bounded_time(body):
    started = time.perf_counter()
    rendered = render(body)
    assert time.perf_counter() - started < 5
    assert rendered.truncated == (len(body) > MAX_TEXT)


@pytest.mark.slow
def test_many_matches_are_marked_in_bounded_time():
    body = "a\n\n" * 100_000
    started = time.perf_counter()
    rendered = render(body, *((at, at + 1) for at in range(0, len(body), 3)))
    assert time.perf_counter() - started < 5  # a hang, not a benchmark
    assert rendered.matches == 100_000


def test_an_address_too_long_to_be_one_is_text():
    assert "<a href=" not in render("http://a.bc/" + "x" * 2000).html
    assert 'href="http://example.org/x"' in render("(http://example.org/x)").html


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("http:///x", ""),
        ("https://[bad", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(url, shown):
    assert web_address(url) == shown
