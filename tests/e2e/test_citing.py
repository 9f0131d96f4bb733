"""Citing a document, in a real browser.

1. "Cite" opens by keyboard, with and without JavaScript; with it each form can be copied.
2. The description of a hostile document in the head of its page runs nothing, and no policy is broken.
"""

import json

import pytest
from playwright.sync_api import Route, expect

from search.analyzed import analyze
from search.engines.memory import MemoryEngine
from search.settings import Settings
from tests.archive import full_of
from tests.e2e.browsing import OpenPage
from webui import create_app


@pytest.mark.parametrize("script", [True, False])
def test_1_cite_by_keyboard(open_page: OpenPage, script: bool) -> None:
    page = open_page(
        "/documents/telegram-3",
        java_script_enabled=script,
        permissions=["clipboard-read", "clipboard-write"],
    )
    note = page.locator("#cite-note")
    expect(note).not_to_be_visible()
    page.locator(".cite summary").focus()
    page.keyboard.press("Enter")
    expect(note).to_contain_text(
        "Kuznetsov, “Telegram 3 from the ambassador on the armistice talks,” circa July"
    )
    expect(page.locator("#cite-source")).to_have_text("Telegram 3, Foreign Ministry")
    expect(page.get_by_role("link", name="BibTeX")).to_be_visible()
    buttons = page.locator(".cite button:visible")
    expect(buttons).to_have_count(3 if script else 0)
    if script:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(buttons.nth(1)).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == note.inner_text()


EVIL = "</script><script>console.log(1)</script><!--<script>\u2028\" onload=console.log(2) '"


def test_2_hostile_documents_run_nothing(open_page: OpenPage) -> None:
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(full_of(EVIL, "evil"), engine.schema))
    answer = create_app(Settings(), engine).test_client().get("/documents/evil")
    page = open_page("/about")

    def fulfil(route: Route) -> None:
        route.fulfill(status=200, headers=dict(answer.headers), body=answer.data)

    page.route("**/documents/evil", fulfil)
    page.goto("/documents/evil")
    [data] = page.locator("script[type='application/ld+json']").all_text_contents()
    assert json.loads(data)["creditText"] == " ".join(EVIL.split())
    expect(page.locator("script:not([src^='/static/'])")).to_have_count(1)
