"""No page has a fault that axe can find, at a desk in light, on a phone in the dark, in forced colours."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from search.document import Document
from search.settings import Site
from tests.e2e.browsing import OpenPage
from tests.e2e.conftest import serving

PATHS = (
    "/",
    "/search?q=armistice+talks&author=Kuznetsov&not.type=report&date_from=soon",
    "/search?q=zeppelin&match=all&author=Kuznetsov",
    "/search?q=armistice+zeppelin",
    "/search?q=armistice+July+1951&match=any",
    "/search?q=armistice&author=Kuznetsov#filters",
    "/search?q=armistice&view=full&date=3/7/1952&date_to=soon",
    "/search?q=(armistise+AND+%22talks",
    "/facets/author?q=armistice&order=value&author=Kuznetsov&not.author=Mao",
    "/facets/author?prefix=zzz",
    "/facets/date?date=1951&date_interval=month",
    "/search?date=1951-07",
    "/about",
    "/help",
    "/help/errors",
    "/documents/telegram-3?q=armistice",
    "/documents/telegram-3?q=armistice+talks+zeppelin&find=talks",
    "/documents/telegram-3?q=title:ambassador",
    "/documents/note?q=zeppelin",
    "/documents/long",
)
SCREENS: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}


VIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("desk", {"color_scheme": "light", "forced_colors": "none"}),
    ("phone", {"color_scheme": "dark", "forced_colors": "none"}),
    ("desk", {"color_scheme": "light", "forced_colors": "active"}),
)


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(open_page: OpenPage, path: str) -> None:
    expect_no_fault(open_page(path, bypass_csp=True))


HEBREW = Document(
    "letter",
    "מכתב ממשה שרת אל שגריר ארצות הברית",
    "כבוד השגריר,\n\nהסכם שביתת הנשק (Armistice Agreement) נותר בתוקפו.",
    authors=("משה שרת",),
    text_language="Hebrew",
)


@pytest.mark.parametrize("documents", [(), (HEBREW,)], ids=["empty", "Hebrew"])
def test_axe_finds_nothing_where_little_is_or_from_right_to_left(
    open_page: OpenPage, documents: tuple[Document, ...]
) -> None:
    narrow = {"width": 320, "height": 640}
    pages = ("/", "/search?q=הסכם", "/about", *(f"/documents/{one.id}?q=armistice" for one in documents))
    with serving(documents, Site()) as address:
        for path in pages:
            page = open_page(path, base_url=address, viewport=narrow, bypass_csp=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"]
            expect_no_fault(page)


def expect_no_fault(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(details => details.open = true)")
    for screen, media in VIEWS:
        page.set_viewport_size(SCREENS[screen])
        page.emulate_media(**media)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{screen}, {media}: {results.generate_report()}"


@pytest.mark.parametrize("path", PATHS)
def test_everything_to_click_is_large_enough(open_page: OpenPage, path: str) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels each way, links inside a line of text aside."""
    page = open_page(path, viewport=SCREENS["phone"])
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary")]
        .filter(e => !e.closest(".skip, .tips, p, h1, h2, h3, dd, td, li.result"))
        .map(e => [e.textContent.trim(), (e.closest("label") ?? e).getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
    )
    assert not small
