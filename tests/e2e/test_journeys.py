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
    apply = page.get_by_role("button", name="Apply · Author")
    expect(apply).to_be_hidden()
    page.get_by_label(re.compile("^Kuznetsov ?, 8 documents")).check()
    apply.click()
    expect(page.get_by_role("status")).to_contain_text("8 results")
    expect(page.locator("#found")).to_be_focused()
    expect(page.get_by_label("Filters in use").get_by_text("Author: Kuznetsov")).to_be_visible()
    expect(page).to_have_url(url("/search?q=armistice&author=Kuznetsov#found"))
    results = page.url.removesuffix("#found")
    page.get_by_role("listitem").get_by_role("link", name=re.compile("^Telegram")).first.click()
    expect(page.locator("#hits-said")).to_have_text("24 matches")
    expect(page.locator(".marked")).to_contain_text("armistice is marked")
    page.get_by_role("link", name="Back to results").click()
    assert page.url == results
    page.get_by_role("link", name="Remove filter Author: Kuznetsov", exact=True).click()
    expect(page).to_have_url(url("/search?q=armistice#found"))


@pytest.mark.parametrize("script", [True, False])
def test_several_values_in_one_trip_beside_the_results_and_on_their_page(
    open_page: OpenPage, script: bool
) -> None:
    page = open_page("/search?q=armistice&sort=title", java_script_enabled=script)
    page.get_by_label(re.compile("^Kuznetsov")).check()
    page.get_by_label(re.compile("^V.M. Molotov")).check()
    page.keyboard.press("Enter")
    expect(page).to_have_url(url("/search?q=armistice&author=Kuznetsov&author=V.M.+Molotov&sort=title"))
    expect(page.get_by_role("status")).to_contain_text("of 16 results")
    assert page.locator(".boxes input").evaluate_all("all => all.map(e => e.checked)")[:3] == [
        True,
        True,
        False,
    ]
    page.get_by_role("button", name="not V. Razuvayev").click()
    chips = page.get_by_label("Filters in use")
    expect(chips.get_by_text("Not author: V. Razuvayev")).to_be_visible()
    page.goto("/facets/author?q=armistice&author=Kuznetsov&not.author=V.+Razuvayev")
    page.get_by_label(re.compile("^not V. Razuvayev")).uncheck()
    page.get_by_label(re.compile("^V.M. Molotov")).check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(url("/search?q=armistice&author=Kuznetsov&author=V.M.+Molotov#found"))


def test_the_first_result_is_few_tabs_away(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice&author=Kuznetsov", viewport={"width": 1280, "height": 900})
    page.get_by_label("Search the documents").focus()
    tabs = 0
    while tabs < 20 and not page.locator("#first").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
        tabs += 1
    assert tabs <= 11  # through one filter, the orders, the views and the export


@pytest.mark.parametrize("script", [True, False])
def test_dates_as_people_write_them(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=armistice", java_script_enabled=script)
    box = page.get_by_role("textbox", name="Date", exact=True)
    box.fill("July 1952")
    box.press("Enter")
    expect(page).to_have_url(url("/search?q=armistice&date=1952-07"))
    expect(page.get_by_label("Filters in use").get_by_text("Date: July 1952")).to_be_visible()
    expect(box).to_have_value("July 1952")
    box.fill("3/7/1952")
    page.get_by_role("button", name="Apply · Date").click()
    expect(page.get_by_text("3/7/1952 was read as 7 March 1952.")).to_be_visible()
    page.get_by_role("link", name="3 July 1952 instead").click()
    expect(page).to_have_url(url("/search?q=armistice&date=1952-07-03#found"))
    page.get_by_label("From", exact=True).fill("soon")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.locator("#date_from-problem")).to_contain_text("'soon' is no date")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_recognised_in_a_query_is_one_click_from_a_filter(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=armistice+July+1951&match=any", java_script_enabled=script, **PHONE)
    offer = page.get_by_label("Filters on offer").get_by_role("link")
    expect(offer).to_be_in_viewport(ratio=1)
    expect(offer).to_have_accessible_name(re.compile("^Add filter Date: July 1951 ?, 6 documents"))
    offer.click()
    expect(page.get_by_role("status")).to_contain_text("6 results")
    expect(page.get_by_role("link", name="Remove filter Date: July 1951")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
def test_who_is_no_author_is_one_click_from_who_mentions_them(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=author:delegation+date:1951-07", java_script_enabled=script, **PHONE)
    expect(page.get_by_role("status")).to_contain_text("No document matches")
    offer = page.get_by_role("link", name="mentioning delegation")
    expect(offer).to_be_in_viewport()
    offer.click()
    expect(page.get_by_role("status")).to_contain_text("6 results for delegation date:1951-07")


@pytest.mark.parametrize("script", [True, False])
def test_a_slip_is_mended_by_one_click_whose_use_is_known(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=armistise", java_script_enabled=script)
    suggestion = page.locator(".suggestion")
    expect(suggestion).to_contain_text("24 documents")
    suggestion.get_by_role("link").click()
    expect(page.get_by_role("status")).to_contain_text("of 24 results")


@pytest.mark.parametrize("script", [True, False])
def test_the_undated_and_all_but_one_author_are_one_click_away(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search", java_script_enabled=script)
    page.get_by_role("link", name=re.compile("^Undated")).click()
    expect(page.get_by_role("status")).to_contain_text("2 documents")
    page.go_back()
    page.get_by_role("button", name="not Kuznetsov").click()
    expect(page.get_by_role("status")).to_contain_text("of 18 documents")


@pytest.mark.parametrize("script", [True, False])
def test_the_list_is_saved_by_two_clicks(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=armistice&author=Kuznetsov", java_script_enabled=script)
    page.get_by_text("Export and share").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert len(saved.value.path().read_text(encoding="utf-8-sig").splitlines()) == 1 + 8


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


@pytest.mark.parametrize("script", [True, False])
def test_filters_open_over_the_results_on_a_phone(open_page: OpenPage, script: bool) -> None:
    phone = open_page("/search?q=armistice&author=Kuznetsov", java_script_enabled=script, **PHONE)
    facet = phone.get_by_role("heading", name="Author", exact=True)
    expect(facet).to_be_hidden()
    for seen in (phone.get_by_label("Filters in use"), phone.get_by_role("status")):
        expect(seen).to_be_in_viewport(ratio=1)
    phone.get_by_role("link", name="Filters (1)").click()
    expect(facet).to_be_in_viewport()
    phone.get_by_role("link", name="Show 8 results").click()
    expect(facet).to_be_hidden()
    expect(phone.get_by_role("status")).to_be_in_viewport()


def test_facets_are_beside_the_results_on_a_desk(open_page: OpenPage) -> None:
    wide = {"width": 1280, "height": 900}
    desk = open_page("/search?q=armistice", viewport=wide, java_script_enabled=False)
    expect(desk.get_by_role("heading", name="Author", exact=True)).to_be_in_viewport()
    expect(desk.get_by_role("link", name="Filters", exact=True)).to_be_hidden()
