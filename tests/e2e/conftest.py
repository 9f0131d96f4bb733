"""A real browser on a real server over the memory engine.

Without Chromium these tests are skipped at a desk, and fail where CI=true.
"""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from search.analyzed import analyze
from search.calendar import parse_partial
from search.document import ArchivalDate, Block, Document
from search.engines.memory import MemoryEngine
from search.settings import Settings, Site
from tests.e2e.browsing import OpenPage
from webui import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

PATIENCE = 60_000
"""Milliseconds after which a page hangs: a busy machine takes longer than playwright's five seconds."""
expect.set_options(timeout=PATIENCE)


def telegram(number: int) -> Document:
    days = parse_partial(f"{1950 + number % 4}-07")
    assert days is not None
    paragraph = "The armistice talks went on, and the delegation waited for an answer to its letter. "
    heading = f"Telegram {number} on the state of the talks"
    body = f"{heading}\n\n" + "\n\n".join(paragraph * 4 for _ in range(6)) + "\n\ncolumn one\tcolumn two"
    return Document(
        f"telegram-{number}",
        f"Telegram {number} from the ambassador on the armistice talks",
        body,
        ArchivalDate(f"circa July {1950 + number % 4}", days.earliest, days.latest, "approximate"),
        authors=(("Kuznetsov", "V.M. Molotov", "V. Razuvayev")[number % 3],),
        summary="The ambassador reports on the armistice talks and asks for instructions.",
        collection="Foreign Ministry",
        type="telegram",
        source_url="https://example.org/telegram",
        citation=f"Telegram {number}, Foreign Ministry",
        blocks=(Block("heading", 0, len(heading), 3), Block("table", body.rindex("column one"), len(body))),
    )


def report() -> Document:
    """A report of three pages in two parts."""
    parts = [
        f"{name} part\n\n" + "A sentence about the harvest. " * 80 for name in ("First", "Second", "Third")
    ]
    body = "\n\n".join(parts)
    blocks: list[Block] = []
    for page, part in enumerate(parts, 1):
        start = body.index(part)
        middle, end = start + part.index("\n\n"), start + len(part.rstrip())
        blocks += [
            Block("heading", start, middle, 2, page=str(page)),
            Block("paragraph", middle + 2, end, page=str(page)),
        ]
    return Document("long", "A report on the harvest", body, blocks=tuple(blocks))


@contextmanager
def serving(documents: Iterable[Document], about: Site) -> Iterator[str]:
    """The address of a server of these documents."""
    settings = Settings(site=about)
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        for document in documents:
            writer.put(analyze(document, settings.schema))
    server = make_server("127.0.0.1", 0, create_app(settings, engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    about = Site(title="Armistice Papers", intro="Telegrams of 1950–1953.", rights="Reuse is welcome.")
    note = Document("note", "An unsigned note", "About the weather.")
    with serving([*map(telegram, range(1, 25)), report(), note], about) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        complaint = f"There is no Chromium at {CHROMIUM}."
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Open a page in a context of its own; no page may log an error or ask another site for anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(path: str, base_url: str = site, **options: Any) -> Page:
        def check(request: Request) -> None:
            if not request.url.startswith(base_url):
                complaints.append(request.url)

        context = browser.new_context(base_url=base_url, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", check)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints
