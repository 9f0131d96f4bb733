"""Reading one document, in a real browser.

1. Looking in the document alone, term by term, and back to all: with and without JavaScript.
2. From hit to hit and, after the last, on to the next result.
3. It fits a phone, in both colour schemes; thousands of hits can be walked through.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, OpenPage, url


@pytest.mark.parametrize("script", [True, False])
def test_looking_in_the_document_alone_and_back(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3?q=armistice+talks&author=Kuznetsov", java_script_enabled=script)
    expect(page.locator("#hits")).to_contain_text("49 matches for armistice talks")
    page.get_by_label("Find in this document").fill("delegation")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#hits")).to_contain_text("24 matches for delegation")
    expect(page.locator("mark").first).to_have_text("delegation")
    page.get_by_role("list", name="One term alone").get_by_role("link", name="talks").click()
    expect(page.locator("#hits")).to_contain_text("25 matches for talks")
    page.get_by_role("link", name="all terms").click()
    expect(page.locator("#hits")).to_contain_text("49 matches for armistice talks")
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
    expect(page.locator("#hits")).to_contain_text("24 matches for letter")
    expect(page).to_have_url(url("/documents/telegram-3?find=letter#hits"))


@pytest.mark.parametrize("script", [True, False])
def test_after_the_last_hit_comes_the_next_result(open_page: OpenPage, script: bool) -> None:
    page = open_page("/documents/telegram-3?q=armistice&sort=title", java_script_enabled=script)
    onward = page.locator(".trail a[rel='next']").get_attribute("href")
    page.locator("a.hit").last.click()
    expect(page).to_have_url(url(f"{onward}#hit-1"))
    expect(page.locator("#hit-1")).to_be_in_viewport()


def test_the_keys_lead_on_too(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice&sort=title#hit-23")
    expect(page.locator("#hits-said")).to_have_text("Match 23 of 24")
    page.keyboard.press("n")
    expect(page.locator("#hits-next")).to_have_text("Next result")
    page.keyboard.press("n")
    expect(page.locator("#hits-said")).to_have_text("Match 1 of 24")
    expect(page).not_to_have_url(re.compile("telegram-3"))


def test_the_search_in_a_document_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice+talks+zeppelin&find=delegation", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_label("Find in this document")).to_be_in_viewport()
