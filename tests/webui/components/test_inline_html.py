"""Inline HTML: web addresses are links, and nothing else is; matches inside them are marked."""

import pytest

from search.document import Document
from search.results import CharRange
from webui.components.document_html import render_body
from webui.components.inline_html import web_address


def render(body: str, *matches: CharRange) -> str:
    return render_body(Document("x", "t", body), matches).html


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("see <https://example.org/a?b=1&c=2>.", "https://example.org/a?b=1&amp;c=2"),
        ("www.example.org.", "http://www.example.org"),
        ("(http://example.org/a_(b))", "http://example.org/a_(b)"),
    ],
)
def test_addresses_become_links(text: str, href: str) -> None:
    html = render(text)
    assert f'<a href="{href}" rel="nofollow noopener noreferrer">' in html


@pytest.mark.parametrize(
    "text", ["the talks.In the end", "f.45 op.7", "http://", "ftp://example.org", "a@b.org"]
)
def test_other_things_do_not(text: str) -> None:
    assert "href=" not in render(text).replace('href="#p1"', "")


def test_a_hit_inside_an_address_is_marked_without_breaking_it() -> None:
    html = render("https://example.org/armistice", (20, 29))
    assert 'href="https://example.org/armistice"' in html
    assert '<mark id="hit-1">armistice</mark></a>' in html


def test_an_address_too_long_to_be_one_is_text() -> None:
    assert "<a href=" not in render("http://a.bc/" + "x" * 2000)
    assert 'href="http://example.org/x"' in render("(http://example.org/x)")


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
def test_only_web_addresses_are_linked(url: str, shown: str) -> None:
    assert web_address(url) == shown
