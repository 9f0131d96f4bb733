"""The citation on a document's page.

1. What the source asks for comes first, with its matches marked; the page then shows it at once.
2. The title of a publication is in italics, and nothing of a document is HTML.
3. The files can be saved; buttons to copy are shown by a script alone.
4. An address of the page is in its head where the site has a public one.
"""

from search.analyzed import analyze
from search.document import Document
from search.engines.memory import MemoryEngine
from search.settings import Settings, Site
from tests.webui.html_page import Get, HtmlPage, MakeClient
from webui import create_app


def test_1_the_source_comes_first(get: Get) -> None:
    page = get("/documents/molotov")
    texts = [found.text for found in page.find("p", "citation")]
    assert [text.partition(",")[0] for text in texts] == ["Telegram", "V.M. Molotov", "Molotov"]
    [details] = page.find("details", "cite")
    assert "open" not in details.attrs
    [details] = get("/documents/molotov?q=rf").find("details", "cite")
    assert "open" in details.attrs
    assert [mark.text for mark in details.find("mark")] == ["RF"]


def test_1_without_a_citation_of_its_source(get: Get) -> None:
    assert len(get("/documents/kuznetsov").find("p", "citation")) == 2


def test_2_html(get: Get, make_client: MakeClient) -> None:
    volume = "Foreign <Relations>, Volume II"
    client = make_client(Document("a", f"On {volume}", extra={"volume": volume}))
    for text in get("/documents/a", client=client).find("p", "citation"):
        [italic] = text.find("i")
        assert italic.text == volume
        assert f"On {volume}" in text.text


def test_3_files_and_buttons(get: Get) -> None:
    [details] = get("/documents/kuznetsov").find("details", "cite")
    address = "/api/v1/documents/kuznetsov/citation?format="
    files = [link.attrs["href"] for link in details.find("a")]
    assert files == [address + form for form in ("ris", "bibtex", "csl")]
    assert all("hidden" in button.attrs for button in details.find("button"))


def test_4_canonical_address(get: Get) -> None:
    assert not get("/documents/kuznetsov").all("link", rel="canonical")
    settings = Settings(site=Site(base_url="https://archive.example.org"))
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("a~b", "Letter"), settings.schema))
    client = create_app(settings, engine).test_client()
    page = HtmlPage(client.get("/documents/a~b", base_url="https://archive.example.org").text)
    address = "https://archive.example.org/documents/a~b"
    assert [link["href"] for link in page.all("link", rel="canonical")] == [address]
    assert [meta["content"] for meta in page.all("meta", name="citation_public_url")] == [address]
