"""`python -m tests.e2e.screenshots [NAME …]`: pictures of the pages with `seeds/`, for README.md and docs/.

They are WebP, which Chromium makes by itself, so that nothing else is needed.
"""

import base64
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from index.indexer import Indexer
from search.engines import open_engine
from search.settings import Settings, Site
from tests.e2e.conftest import ARGUMENTS, CHROMIUM
from webui import create_app

ROOT = Path(__file__).parent.parent.parent
IMAGES = ROOT / "docs" / "images"
SCREENS = {"desktop": (1180, 760), "phone": (390, 760)}
_QUALITY = 0.6
_AS_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality);
}"""


def _as_it_is(_: Page) -> None:
    """Do nothing to a page."""


def _third_match(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("n")


def _keys(page: Page) -> None:
    page.keyboard.press("?")


def _cite(page: Page) -> None:
    page.locator(".cite > summary").click()


@dataclass(frozen=True)
class Picture:
    """A page in a state to which `reach` brings it, as it is seen on a screen."""

    name: str
    path: str
    screen: Literal["desktop", "phone"] = "desktop"
    scheme: Literal["light", "dark"] = "light"
    reach: Callable[[Page], None] = _as_it_is


_DOCUMENT = "/documents/000_fbde42f9108be899"
PICTURES = (
    Picture("home", "/"),
    Picture("home-phone", "/", "phone", "dark"),
    Picture("results", "/search?q=armistice"),
    Picture("results-dark", "/search?q=armistice", scheme="dark"),
    Picture("results-phone", "/search?q=armistice&date=1953", "phone"),
    Picture("nothing-found", "/search?q=armistice+zeppelin&match=all"),
    Picture("document", f"{_DOCUMENT}?q=armistice", reach=_third_match),
    Picture("document-phone", f"{_DOCUMENT}?q=armistice", "phone", "dark", _third_match),
    Picture("cite", f"{_DOCUMENT}?q=armistice", reach=_cite),
    Picture("keys", f"{_DOCUMENT}?q=armistice", reach=_keys),
    Picture("facet", "/facets/author"),
    Picture("about", "/about"),
    Picture("help", "/help"),
)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as the base class has it
        """Log nothing."""


@contextmanager
def _serving(site: Site) -> Iterator[str]:
    """The address of a server of `seeds/`."""
    settings = Settings(site=site)
    engine = open_engine("memory:", settings.schema)
    Indexer(engine, settings.schema).run([str(ROOT / "seeds")])
    app = create_app(settings, engine)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def _taken(browser: Browser, site: str, picture: Picture) -> bytes:
    """A picture as WebP."""
    width, height = SCREENS[picture.screen]
    page = browser.new_page(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page.goto(picture.path)
    picture.reach(page)
    shot = page.screenshot(animations="disabled", caret="hide")
    page.goto("about:blank")
    data: str = page.evaluate(_AS_WEBP, [base64.b64encode(shot).decode(), _QUALITY])
    page.close()
    return base64.b64decode(data.partition(",")[2])


def main(names: Sequence[str]) -> None:
    """Take the pictures of these names, or all."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, _serving(Site(title="Armistice Papers")) as site:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for picture in PICTURES:
            if not names or picture.name in names:
                file = IMAGES / f"{picture.name}.webp"
                file.write_bytes(_taken(browser, site, picture))
                print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
