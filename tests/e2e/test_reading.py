"""Reading one document, in a real browser.

1. Looking in the document alone, term by term, and back to all: with and without JavaScript.
2. From hit to hit and, after the last, on to the next result; before the first, back to the previous one. The
   focus goes along, and the place is said.
3. A document that matches in its metadata alone leads on as well.
4. On paper are the text and what it was found by, and no controls.
5. Paragraphs, sections and the ends of a document can be jumped to; few of them are in the order of tabs.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PHONE, OpenPage, url


def expect_marked(page: Page, said: str, query: str) -> None:
    expect(page.locator("#hits-said")).to_have_text(said)
    expect(page.locator(".marked")).to_contain_text(f"{query} is marked")


@pytest.mark.parametrize("script", [True, False])
def test_looking_in_the_document_alone_and_back(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3?q=armistice+talks&author=Kuznetsov", java_script_enabled=script)
    expect_marked(page, "49 matches", "armistice talks")
    page.get_by_label("Find in this document").fill("delegation")
    page.get_by_role("button", name="Find").click()
    expect_marked(page, "24 matches", "delegation")
    expect(page.locator("mark").first).to_have_text("delegation")
    page.get_by_role("list", name="One term alone").get_by_role("link", name="talks").click()
    expect_marked(page, "25 matches", "talks")
    page.get_by_role("link", name="all terms").click()
    expect_marked(page, "49 matches", "armistice talks")
    page.get_by_role("link", name="Clear the marks").click()
    expect(page.locator("mark")).to_have_count(0)
    expect(page.get_by_label("Find in this document")).to_have_value("")
    page.get_by_role("link", name="Back to results").click()
    expect(page).to_have_url(url("/search?q=armistice+talks&author=Kuznetsov"))


def test_the_form_works_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3")
    page.get_by_label("Find in this document").focus()
    page.keyboard.type("letter")
    page.keyboard.press("Enter")
    expect_marked(page, "24 matches", "letter")
    expect(page).to_have_url(url("/documents/telegram-3?find=letter#hits"))


@pytest.mark.parametrize("script", [True, False])
def test_after_the_last_hit_comes_the_next_result(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3?q=armistice&sort=title", java_script_enabled=script)
    onward = page.locator(".trail a[rel='next']").get_attribute("href")
    page.locator("a.hit").last.click()
    expect(page).to_have_url(url(f"{onward}#hit-1"))
    expect(page.locator("#hit-1")).to_be_in_viewport()
    expect(page.locator("#hit-1")).to_be_focused()


def test_the_keys_lead_on_and_back(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice&sort=title#hit-23")
    said, first = page.locator("#hits-said"), page.url
    expect(said).to_have_text("Match 23 of 24")
    page.keyboard.press("n")
    expect(page.locator("#hits-next")).to_have_text("Next result")
    page.keyboard.press("n")
    expect(said).to_have_text("Match 1 of 24")
    expect(page.locator("#hit-1")).to_be_focused()
    expect(page).not_to_have_url(re.compile("telegram-3"))
    expect(page.locator("#hits-previous")).to_have_text("Previous result")
    page.keyboard.press("p")
    expect(said).to_have_text("Match 24 of 24")
    expect(page).to_have_url(first.replace("#hit-23", "#hit-24"))
    expect(page.locator("#hit-24")).to_be_focused()


def test_back_to_the_last_hit_without_script(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice#hit-last", java_script_enabled=False)
    expect(page.locator("#hit-24")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
def test_a_match_in_the_title_alone_leads_on_too(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3?q=title:ambassador&sort=title", java_script_enabled=script)
    expect(page.locator("#hits-said")).to_have_text("No match in the text")
    moves = page.get_by_role("navigation", name="Neighbouring results")
    onward, back = (moves.get_by_role("link", name=name) for name in ("Next result", "Previous result"))
    target = page.locator(".trail a[rel='next']").get_attribute("href") or ""
    expect(back).to_be_visible()
    if script:
        page.keyboard.press("n")
    else:
        onward.click()
    expect(page).to_have_url(url(f"{target}#hit-1"))
    expect(page.locator("#hits-said")).to_have_text("No match in the text")


def test_one_number_of_a_paragraph_is_in_the_order_of_tabs(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3#p3")
    numbers = page.locator(".pilcrow")
    expect(page.locator(".pilcrow:not([tabindex='-1'])")).to_have_text("3")
    page.locator(".pilcrow[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(numbers.nth(3)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(url("/documents/telegram-3#p2"))
    expect(page.locator(".pilcrow[tabindex='0']")).to_have_text("2")


def test_the_bar_stays_in_sight(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice#hit-20", java_script_enabled=False)
    for name in ("First match", "Last match"):
        expect(page.locator("#hits").get_by_role("link", name=name)).to_be_in_viewport()
    expect(page.get_by_label("Find in this document")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
def test_jumps_lead_to_the_parts_of_a_page(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/long", java_script_enabled=script, **PHONE)
    jumps = page.get_by_role("navigation", name="This document")
    jumps.get_by_text("Contents").click()
    jumps.get_by_role("link", name="Second part").click()
    expect(page.get_by_role("heading", name="Second part")).to_be_in_viewport()
    jumps.get_by_role("link", name="Page 3").click()
    expect(page.locator("#page-3")).to_be_in_viewport()
    jumps.get_by_role("link", name="Details").click()
    expect(page.locator("#details")).to_be_in_viewport()


def test_paper_has_what_was_found_and_no_controls(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice&author=Kuznetsov", viewport={"width": 700, "height": 900})
    page.emulate_media(media="print")
    expect(page.get_by_label("Filters in use").get_by_text("Author: Kuznetsov")).to_be_visible()
    for control in (".search", ".to-filters", ".exports", ".within", ".chips a"):
        expect(page.locator(control).first).to_be_hidden()
    page.goto("/documents/telegram-3?q=armistice")
    expect(page.locator(".printed")).to_be_visible()
    for control in (".search", ".trail", ".jumps", ".findbar"):
        expect(page.locator(control).first).to_be_hidden()


def test_what_is_known_of_a_document_is_in_sight_at_a_desk_and_folded_on_a_phone(open_page: OpenPage) -> None:
    desk = open_page(
        "/documents/telegram-3", viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    expect(desk.get_by_text("Foreign Ministry", exact=True)).to_be_in_viewport()
    phone = open_page("/documents/telegram-3", java_script_enabled=False, **PHONE)
    collection = phone.locator("#details").get_by_text("Foreign Ministry", exact=True)
    expect(collection).to_be_hidden()
    phone.get_by_text("About this document").first.click()
    expect(collection).to_be_in_viewport()


def test_the_search_in_a_document_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice+talks+zeppelin&find=delegation", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_label("Find in this document")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
def test_similar_documents_are_one_click_under_the_title(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3", java_script_enabled=script)
    page.get_by_role("navigation", name="This document").get_by_role("link", name="Similar documents").click()
    expect(page.get_by_role("heading", name="Similar documents")).to_be_in_viewport()
