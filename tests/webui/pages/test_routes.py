"""All pages: every link works."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient

from tests.webui.html_page import Get


def test_every_link_of_every_page_works(get: Get, client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/search?q=armistice", "/search?q=zeppelin&author=Mao", "/documents/note?q=armistice"]
    while waiting and len(seen) < 150:
        url = waiting.pop(0)
        if not url or url in seen or urlsplit(url).scheme or url.startswith("#"):
            continue
        seen.add(url)
        response = client.get(url, buffered=True)
        assert response.status_code == 200, url
        if response.content_type.startswith("text/html") and len(seen) < 40:
            page = get(url)
            waiting += [*page.links(), *(a["href"] for a in page.all("link") if a["rel"] != "canonical")]
            waiting += [a["src"] for a in page.all("script") + page.all("img") if "src" in a]
    assert len(seen) > 60


def test_health(client: FlaskClient) -> None:
    health = client.get("/healthz").get_json()
    assert health["status"] == "ok"
    assert health["documents"] == 4
