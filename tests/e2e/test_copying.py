"""What a button copies."""

from playwright.sync_api import expect

from tests.e2e.browsing import OpenPage


def test_the_receipt_of_a_search(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice&date_from=1952", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("How this was searched").click()
    button = page.locator("[data-copy=receipt]")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    text = (
        page.request.get("/api/v1/search/receipt?q=armistice&date_from=1952&format=text").text().splitlines()
    )
    assert copied[1:] == text[1:]  # all but the time


def test_the_address_of_a_search(open_page: OpenPage) -> None:
    page = open_page(
        "/search?q=armistice&author=Kuznetsov#found", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_text("Export and share").click()
    page.locator("[data-copy=share]").click()
    expect(page.locator("[data-copy=share]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url.removesuffix("#found")


def test_without_javascript_there_is_no_button(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice", java_script_enabled=False)
    page.get_by_text("How this was searched").click()
    expect(page.get_by_role("link", name="as text")).to_be_visible()
    page.get_by_text("Export and share").click()
    expect(page.get_by_role("link", name="Link to this search")).to_have_attribute(
        "href", "/search?q=armistice"
    )
    for button in page.locator("[data-copy]").all():
        expect(button).to_be_hidden()
