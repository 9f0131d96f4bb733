"""What no document and no visitor can make a page do.

1. Every response carries the policy and sets no cookie.
2. No page has inline script or style.
3. What documents and queries say is shown, never run.
4. No parameter makes a page fail, or much longer than it is itself.
5. No redirect leads to a host that a request claims.
"""

import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.document import ArchivalDate
from tests.archive import full_of
from tests.webui.html_page import Get, HtmlPage, MakeClient

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"
)
PATHS = (
    "/", "/search?q=armistice", "/search?q=zeppelin&author=Mao&date_from=x", "/search?q=gromyko+weather",
    "/documents/molotov?q=armistice", "/documents/note", "/nowhere", "/documents/nowhere",
    "/robots.txt", "/healthz", "/api/v1/search", "/api/v1/search?bad=1", "/api/v1/nowhere",
    "/static/opis.css", "/static/none", "/facets/author?q=armistice&order=value", "/facets/date",
    "/api/v1/facets/author", "/api/v1", "/openapi.json", "/help/errors",
    "/opensearch.xml", "/sitemap.xml", "/favicon.ico",
)  # fmt: skip
PAGES = tuple(path for path in PATHS if not re.search(r"api|static|healthz|txt|xml|ico", path))
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("path", PATHS)
def test_every_response_is_protected_and_sets_no_cookie(client: FlaskClient, path: str) -> None:
    for response in (client.get(path, buffered=True), client.post(path)):
        assert response.headers["Content-Security-Policy"] == POLICY
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in response.headers
        assert "Cache-Control" in response.headers


def no_inline(page: HtmlPage) -> None:
    for tag, attrs in page.tags:
        assert tag != "style"
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert not [v for v in attrs.values() if v.lower().lstrip().startswith(("javascript:", "data:"))]
        if tag == "script" and attrs.get("type") == "application/ld+json":
            continue  # data, which no browser runs
        if tag == "script":
            assert attrs["src"].startswith("/static/")
        if tag in {"script", "img", "link"}:
            address = attrs.get("src") or attrs["href"]
            assert address.startswith("/")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style(client: FlaskClient, get: Get, path: str) -> None:
    no_inline(get(path, status=404 if "nowhere" in path else 200))


@pytest.fixture
def evil_client(make_client: MakeClient) -> FlaskClient:
    return make_client(
        full_of(
            EVIL,
            "evil",
            body=f"{EVIL} peace javascript:alert(1)",
            date=ArchivalDate(EVIL, None, None),
            source_url="javascript:alert(1)",
        )
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?q=peace",
        "/search?q=script",
        "/documents/evil",
        "/documents/evil?q=script+alert",
        f"/search?q={quote(EVIL)}",
        f"/search?q=peace&author={quote(EVIL)}&not.subject={quote(EVIL)}&date_from={quote(EVIL)}",
        f"/documents/evil?q={quote(EVIL)}&author={quote(EVIL)}",
        f"/facets/author?prefix={quote(EVIL)}&q={quote(EVIL)}&author={quote(EVIL)}&order={quote(EVIL)}",
        f"/search?sort={quote(EVIL)}&page={quote(EVIL)}&{quote(EVIL)}=1",
    ],
)
def test_what_documents_and_queries_say_is_shown_never_run(
    evil_client: FlaskClient, get: Get, path: str
) -> None:
    page = get(path, client=evil_client)
    no_inline(page)
    assert not [attrs for attrs in page.all("img") if attrs["src"] == "x"]
    for script in page.find("script"):
        assert "src" in script.attrs or json.loads(script.text), "a block of data is whole"


HOSTILE = (
    "((((" * 200, " OR ".join(["a"] * 150), "* ?*? *?", "\x00\x01\x7f", "\ud800", "\u202eabc\u200f",
    '"unclosed', "AND", "h52.1 - x", "02091-C-71", "(draft", "a" * 900, "'; DROP TABLE", "%", "title:",
    "date:9999-99", "~~~", "-", "+",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_query_makes_a_page_fail(client: FlaskClient, text: str) -> None:
    asked = quote(text.encode("utf-8", "surrogatepass"))
    for path in ("/search", "/api/v1/search", "/documents/note", "/"):
        assert client.get(f"{path}?q={asked}").status_code in {200, 302}, path


@pytest.mark.parametrize(
    "query",
    [
        "page=-1", "page=1e9", "page=9", "per_page=0", "per_page=99999999999999999999", "date=..", "q[]=1",
        "date=1951..1900", "date_from=%00", "author=%00", "missing=x", "facet=x", "facet=author&facet=author",
        "fields=", "fields=zz", "date_interval=century", "q=%ff%fe", "&&&===", "author=" + "x" * 5000,
        "page=1&page=2", "undated=maybe", "page=%D9%A3", "&".join(f"author={n}" for n in range(1000)),
    ],
)  # fmt: skip
def test_no_parameter_makes_a_page_fail(client: FlaskClient, query: str) -> None:
    for path in ("/search", "/documents/molotov", "/"):
        assert client.get(f"{path}?{query}").status_code in {200, 302}
    assert client.get(f"/api/v1/search?{query}").status_code in {200, 400}


@pytest.mark.parametrize(
    "query",
    [
        "author=" + "x" * 9000,
        "&".join(f"not.author={n}" + "x" * 150 for n in range(60)),
        "date_from=" + "x" * 9000,
    ],
)
@pytest.mark.parametrize("path", ["/search", "/facets/author", "/api/v1/search", "/documents/molotov"])
def test_no_parameter_makes_a_page_long(client: FlaskClient, path: str, query: str) -> None:
    longer = client.get(f"{path}?{query}", follow_redirects=True).text
    assert len(longer) < len(client.get(path).text) + 60_000


@pytest.mark.parametrize("path", ["/static//x", "/documents//x", "//evil.example/x", "/api//v1//search"])
def test_no_redirect_leads_to_the_host_that_is_claimed(client: FlaskClient, path: str) -> None:
    response = client.get(path, base_url="http://evil.example")
    assert "evil.example" not in response.headers.get("Location", "")
    assert response.status_code == 404


@pytest.mark.parametrize("doc_id", ["..%2f..%2fetc%2fpasswd", "%00", "a%20b", "..", ".", "x" * 3000])
def test_strange_ids_are_not_found(client: FlaskClient, doc_id: str) -> None:
    assert client.get(f"/documents/{doc_id}").status_code in {404, 308}
    assert client.get(f"/api/v1/documents/{doc_id}").status_code in {404, 308}
    assert client.get(f"/static/{doc_id}").status_code == 404


def test_pages_do_not_depend_on_the_host_that_is_claimed(client: FlaskClient) -> None:
    claimed = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    page = client.get("/search?q=armistice", headers=claimed)
    assert "evil.example" not in page.text


def test_static_files_are_stamped_so_that_they_can_be_kept(client: FlaskClient, get: Get) -> None:
    address = get("/").all("link", rel="stylesheet")[0]["href"]
    assert re.fullmatch(r"/static/opis\.css\?v=[0-9a-f]{10}", address)
    assert "max-age=31536000" in client.get(address, buffered=True).headers["Cache-Control"]
