"""What people do, in a real browser.

1. Search, narrow, open, read from hit to hit, go back: nothing is lost on the way.
2. All of it works without JavaScript, and with the keyboard alone.
3. It fits a phone.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, OpenPage, url

PAGES = (
    "/",
    "/search?q=armistice+talks",
    "/search?q=zeppelin&author=Kuznetsov",
    "/documents/telegram-3?q=armistice",
)


@pytest.mark.parametrize("script", [True, False])
def test_from_the_home_page_to_a_passage_and_back(open_page: OpenPage, script: bool) -> None:
    page = open_page("/", java_script_enabled=script)
    page.get_by_label("Search the documents").fill("armistice")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("1–10 of 24 results for armistice")
    page.get_by_role("link", name=re.compile("^Kuznetsov ?, 8 documents")).click()
    expect(page.get_by_role("status")).to_contain_text("8 results")
    expect(page.get_by_label("Filters in use").get_by_text("Author: Kuznetsov")).to_be_visible()
    results = page.url
    page.get_by_role("listitem").get_by_role("link", name=re.compile("^Telegram")).first.click()
    expect(page.locator("#hits-said")).to_have_text("24 matches")
    expect(page.locator(".marked")).to_contain_text("armistice is marked")
    page.get_by_role("link", name="Back to results").click()
    assert page.url == results
    page.get_by_role("link", name="Remove filter Author: Kuznetsov", exact=True).click()
    expect(page).to_have_url(url("/search?q=armistice"))


def test_hit_to_hit_with_script(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice")
    said = page.locator("#hits-said")
    page.get_by_role("link", name="Next match").click()
    expect(said).to_have_text("Match 1 of 24")
    page.keyboard.press("n")
    expect(said).to_have_text("Match 2 of 24")
    expect(page.locator("#hit-2")).to_be_in_viewport()
    expect(page.locator("#hit-2")).to_contain_class("current")
    expect(page.locator("#hit-2")).to_be_focused()
    page.keyboard.press("p")
    expect(said).to_have_text("Match 1 of 24")
    page.get_by_label("Search the documents").fill("non")
    expect(said).to_have_text("Match 1 of 24")


def test_hit_to_hit_without_script(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice", java_script_enabled=False)
    page.locator("#hits").get_by_role("link", name="First match").click()
    expect(page).to_have_url(url("#hit-1"))
    page.locator("#hit-1").click()
    expect(page).to_have_url(url("#hit-2"))
    expect(page.locator("#hit-2")).to_be_in_viewport()
    page.locator("#hits").get_by_role("link", name="Last match").click()
    page.locator("#hit-24").click()
    expect(page).to_have_url(url("#hit-1"))


def test_on_to_the_next_result(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice&per_page=1")
    page.get_by_role("listitem").get_by_role("link", name=re.compile("^Telegram")).click()
    expect(page.get_by_text("1 of 24", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="Results").get_by_role("link", name="Next result").click()
    expect(page.get_by_text("2 of 24", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to results").click()
    expect(page.get_by_role("status")).to_contain_text("2–2 of 24")


def test_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice", java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to search")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to first result
    expect(page).to_have_url(url("#first"))
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#first")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hits")).to_contain_text("24 matches")


def test_dates_narrow_and_a_bad_one_says_so(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice")
    page.get_by_label("From", exact=True).fill("1952")
    page.get_by_label("To", exact=True).fill("soon")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("12 results")
    expect(page.get_by_label("To", exact=True)).to_have_value("soon")
    expect(page.get_by_text("'soon' is no date")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_more_passages_unfold_and_the_full_view_stays(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=armistice+letter", java_script_enabled=script)
    result = page.locator(".result").first
    shown = result.locator("p.snippet:visible")
    expect(shown).to_have_count(1)
    result.get_by_text("more passage").click()
    expect(shown).to_have_count(3)
    page.get_by_role("link", name="Full", exact=True).click()
    expect(result.get_by_text("more passage")).to_have_count(0)
    page.get_by_label("Search the documents").fill("armistice")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=full"))
    expect(page.get_by_role("link", name="Full", exact=True)).to_have_attribute("aria-current", "true")
    result.get_by_role("link", name="24 matches in this document").click()
    expect(page).to_have_url(re.compile("#hit-1$"))


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(open_page: OpenPage, path: str) -> None:
    page = open_page(path, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_facets_are_folded_on_a_phone_and_open_beside_results_on_a_desk(open_page: OpenPage) -> None:
    phone = open_page("/search?q=armistice", **PHONE)
    facet = phone.get_by_role("heading", name="Author")
    expect(facet).to_be_hidden()
    phone.get_by_text("Narrow these results").first.click()
    expect(facet).to_be_visible()
    wide = {"width": 1280, "height": 900}
    desk = open_page("/search?q=armistice", viewport=wide, java_script_enabled=False)
    expect(desk.get_by_role("heading", name="Author")).to_be_visible()
