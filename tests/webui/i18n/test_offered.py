"""Which language a reader gets.

1. It is the one that the browser asks for most of those that are offered, or else the first; the setting
   says which are offered.
2. A page states its language and its direction, and that it depends on the browser.
3. What programs read is English.
4. An archive has catalogues of its own: they add languages and change words, and a fault in one is told at
   the start.
"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.errors import SettingsError
from search.settings import Settings, Site
from tests.webui.conftest import DOCUMENTS, app_with
from tests.webui.html_page import HtmlPage

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def client_of(*languages: str, catalogues: Path | str = "") -> FlaskClient:
    site = Site(interface_languages=languages, catalogues=str(catalogues))
    return app_with(DOCUMENTS, Settings(site=site)).test_client()


def language_of(client: FlaskClient, accepted: str | None) -> str:
    response = client.get("/help", headers={"Accept-Language": accepted} if accepted is not None else {})
    html = HtmlPage(response.text).root.find("html")[0]
    assert response.headers["Content-Language"] == html.attrs["lang"]
    return html.attrs["lang"]


@pytest.mark.parametrize(
    ("offered", "accepted", "given"),
    [
        ((), None, "en"),
        ((), "de", "de"),
        ((), "de-AT,de;q=0.9,en;q=0.8", "de"),
        ((), "fr,en;q=0.5,de;q=0.4", "en"),
        ((), "fr", "en"),
        ((), "*", "en"),
        ((), "", "en"),
        ((), "de;q=0", "en"),
        ((), "\x00;;q=ü," * 100, "en"),
        (("de", "en"), "fr", "de"),
        (("de", "en"), "en-GB", "en"),
        (("de",), "en", "de"),
        (("en",), "de", "en"),
    ],
)
def test_1_the_browser_and_the_setting(offered: tuple[str, ...], accepted: str | None, given: str) -> None:
    assert language_of(client_of(*offered), accepted) == given


def test_1_a_language_without_a_catalogue() -> None:
    with pytest.raises(SettingsError, match=r"names 'xx', of which there is no catalogue; there are en, de"):
        client_of("en", "xx")


@pytest.mark.parametrize("url", ["/", "/search?q=armistice", "/documents/molotov", "/nowhere"])
def test_2_a_page_states_its_language(url: str) -> None:
    response = client_of().get(url, headers={"Accept-Language": "de"})
    html = HtmlPage(response.text).root.find("html")[0]
    assert (html.attrs["lang"], html.attrs["dir"]) == ("de", "ltr")
    assert response.headers["Content-Language"] == "de"
    assert "Accept-Language" in response.headers["Vary"]


def test_2_one_language_depends_on_no_browser() -> None:
    assert "Accept-Language" not in client_of("de").get("/").headers.get("Vary", "")


@pytest.mark.parametrize("url", ["/api/v1/search?date_from=x", "/api/v1/nothing", "/search.atom?q=armistice"])
def test_3_programs_read_english(url: str) -> None:
    client = client_of()
    german, english = (client.get(url, headers={"Accept-Language": tag}) for tag in ("de", "en"))
    assert german.data == english.data
    assert "Content-Language" not in german.headers


def test_4_an_archive_adds_a_language_and_changes_words(tmp_path: Path) -> None:
    for name, word in {"ar.po": "بحث", "en.po": "Find"}.items():
        said = f'{HEADER}msgctxt "button"\nmsgid "Search"\nmsgstr "{word}"\n'
        (tmp_path / name).write_text(said, encoding="utf-8")
    client = client_of(catalogues=tmp_path)
    arabic = client.get("/help", headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<button formaction="/search">بحث</button>' in arabic
    assert '<button formaction="/search">Find</button>' in client.get("/help").text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("de.po", 'msgid "%(num)s of"\nmsgstr "%(nmu)s von"\n', r"no value %\(nmu\)s"),
        ("de.po", 'msgid "%(num)s of"\nmsgstr "%(num)s von %"\n', "a % must be part of a value"),
        ("de.po", "Suche = Search", "cannot be read"),
        ("qqq.po", 'msgid "a"\nmsgstr "b"', "'qqq' of a catalogue is not known"),
    ],
)
def test_4_a_fault_in_a_catalogue(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(HEADER + text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        client_of(catalogues=tmp_path)


def test_4_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="which is no folder"):
        client_of(catalogues=tmp_path / "none")
