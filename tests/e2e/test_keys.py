"""Keys of one letter or sign, in a real browser.

1. / goes to the search box, j and k go from result to result; none of them does so while one types.
2. ? lists those that the page has; so does a button.
3. They can be switched off, and stay off (WCAG 2.1.4).
"""

from playwright.sync_api import Page, expect

from tests.e2e.browsing import OpenPage


def listed(page: Page) -> list[str]:
    return [key.text_content() or "" for key in page.locator("dialog kbd").all() if key.is_visible()]


def test_1_the_key_to_the_box(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice")
    box = page.get_by_role("combobox")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("armistice")
    page.keyboard.press("End")
    page.keyboard.type("/?jk")
    expect(box).to_have_value("armistice/?jk")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_1_from_result_to_result(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice")
    results = page.locator(".result h3 a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(results.nth(place)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hits-said")).to_have_text("24 matches")


def test_2_a_list_of_what_the_page_has(open_page: OpenPage) -> None:
    page = open_page("/search?q=armistice")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys on this page")).to_be_visible()
    assert listed(page) == ["/", "j", "k", "?"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page = open_page("/documents/telegram-3?q=armistice")
    page.get_by_role("button", name="Keys").click()
    assert listed(page) == ["/", "n", "p", "?"]
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_2_without_script_there_are_none(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    expect(page.get_by_role("contentinfo")).to_contain_text("How to search")
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()


def test_3_they_can_be_switched_off_and_stay_off(open_page: OpenPage) -> None:
    page = open_page("/documents/telegram-3?q=armistice")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.get_by_role("button", name="Close").click()
    for _ in range(2):
        for key in ("n", "/", "?"):
            page.keyboard.press(key)
        expect(page.locator("#hits-said")).to_have_text("24 matches")
        expect(page.get_by_role("combobox")).not_to_be_focused()
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.reload()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    expect(page.locator("#hits-said")).to_have_text("Match 1 of 24")
