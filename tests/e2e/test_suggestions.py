"""Suggestions while typing, in a real browser.

1. Typed text brings suggestions; keys and mouse take one; Enter without one searches what was typed.
2. What is typed is never replaced, the focus never leaves the box, and how many there are is said.
3. A late answer to what is no longer typed is dropped; an answer that fails is no fault of the page.
4. The list fits a phone, and axe finds nothing against it.
"""

import re
import time
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.e2e.browsing import PHONE, OpenPage, url


@pytest.fixture
def typed(open_page: OpenPage) -> OpenPage:
    """A page with something typed into its search box, and the list that has come."""

    def type_(text: str, path: str = "/", **options: Any) -> Page:
        page = open_page(path, **options)
        page.get_by_role("combobox").press_sequentially(text)
        expect(page.get_by_role("listbox")).to_be_visible()
        return page

    return type_


def test_1_2_with_the_keyboard(typed: OpenPage) -> None:
    page = typed("kuz")
    box = page.get_by_role("combobox")
    options = page.get_by_role("option")
    expect(options.first).to_have_text(re.compile(r"^Kuznetsov Author · \d+$"))
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[aria-live]")).to_have_text(re.compile(r"^\d suggestions?$"))
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_be_focused()
    expect(box).to_have_value("kuz")
    page.keyboard.press("Enter")
    expect(page).to_have_url(url("/search?author=Kuznetsov"))


def test_1_enter_alone_searches_what_was_typed(typed: OpenPage) -> None:
    page = typed("armist")
    page.keyboard.press("Enter")
    expect(page).to_have_url(url("/search?q=armist"))


def test_1_escape_closes_and_keeps_the_text(typed: OpenPage) -> None:
    page = typed("armist")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box = page.get_by_role("combobox")
    expect(box).to_have_value("armist")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_1_with_the_mouse(typed: OpenPage) -> None:
    page = typed("unsig")
    page.get_by_role("option", name="An unsigned note").click()
    expect(page).to_have_url(url("/documents/note"))


def test_1_2_with_a_finger_on_a_phone(typed: OpenPage) -> None:
    page = typed("amb", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    word = page.get_by_role("option", name=re.compile(r"^ambassador \d+$", re.IGNORECASE))
    box = word.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    word.tap()
    expect(page).to_have_url(re.compile(r"/search\?q=ambassador$", re.IGNORECASE))


def test_3_a_late_answer_is_dropped(open_page: OpenPage) -> None:
    page = open_page("/")

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/api/v1/suggest?q=kuz", late)
    box = page.get_by_role("combobox")
    box.fill("kuz")
    with page.expect_request("**/api/v1/suggest?q=kuz"):
        pass
    box.fill("weath")
    expect(page.get_by_role("option")).to_have_text("weather 1")
    page.wait_for_timeout(700)
    expect(page.get_by_role("option")).to_have_text("weather 1")


def test_3_without_an_answer_the_box_still_works(open_page: OpenPage) -> None:
    page = open_page("/")
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=200, body="no JSON"))
    page.get_by_role("combobox").fill("armistice")
    with page.expect_response("**/api/v1/suggest*"):
        pass
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(url("/search?q=armistice"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_4_axe_finds_nothing(typed: OpenPage, scheme: Literal["light", "dark"]) -> None:
    page = typed("tele", path="/about", color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("ArrowDown")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
