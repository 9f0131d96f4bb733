"""The document page.

1. It shows the metadata, each facet once, and leads back to the results.
2. Matches are numbered and link to each other; the last leads on to the next result.
3. The form searches the document alone, and keeps the search that led there.
4. Each term can be marked alone; an empty form marks nothing.
5. Similar documents stand at the end, or nothing does.
6. It links the folders that the document is in, what it is a part of, and its parts.
"""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.document import Document, Reference
from search.engines.memory import MemoryEngine
from search.messages import Message
from search.schema import FIELDS, Field
from search.settings import Settings
from tests.webui.html_page import Get, HtmlPage, MakeClient
from webui import create_app

SAID = "The delegation at Panmunjom spoke of prisoners and of <b>truce</b>."
LIKE = (
    Document("one", "Telegram one", SAID),
    Document("two", "Telegram <two>", f"And the rest: {SAID} It waits for an answer.", authors=("Kim",)),
    Document("copy", "Telegram three", SAID.replace(" ", "\n", 4)),
    Document("note", "A note", "About the weather."),
    Document("other", "A letter", "The harvest was good."),
)


@pytest.fixture
def like(make_client: MakeClient) -> FlaskClient:
    return make_client(*LIKE)


def told(page: HtmlPage) -> tuple[str, str]:
    """What the bar says of the matches, and of which query they are."""
    [said], [marked] = page.find("p", "said"), page.find("p", "marked")
    return said.text, marked.text


def test_1_a_document_shows_what_is_known_of_it(get: Get) -> None:
    page = get("/documents/molotov")
    for words in ("July 4, 1953", "Top Secret", "AP RF. F. 3. Op. 65", "With support", "Telegram, July 4"):
        assert words in page.text
    assert "Reuse is welcome" in page.text
    for link in (
        "/search?author=V.M.+Molotov",
        "/search?recipient=Ambassador+in+Beijing",
        "/search?subject=Korea",
        "/search?date=1953-07",
        "https://example.org/document/1",
        "/api/v1/documents/molotov",
    ):
        assert link in page.links()
    assert not page.all("mark")
    assert "Back to results" not in page.text
    assert not page.all("meta", name="robots")


def metadata(page: HtmlPage) -> list[tuple[str, bool]]:
    """The labels of the metadata in order, and whether their first value is a link to a search."""
    [rows] = page.find("dl", "particulars")
    first_values = zip(rows.children, rows.children[1:], strict=False)
    return [
        (label.text, any(a.attrs["href"].startswith("/search") for a in value.find("a")))
        for label, value in first_values
        if label.tag == "dt"
    ]


def test_1_values_of_facets_are_links_and_other_metadata_is_text(get: Get) -> None:
    assert metadata(get("/documents/molotov")) == [
        ("More from", True),
        ("Author", True),
        ("Recipient", True),
        ("Subjects", True),
        ("Collection", True),
        ("Language", True),
        ("Type", True),
        ("Classification", False),
        ("Archival reference", False),
        ("Credits", False),
        ("Source", False),
        ("For programs", False),
    ]


def test_1_metadata_that_becomes_a_facet_is_shown_once(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    classification = Field(
        "classification", Message("Classification"), lambda d: (d.classification,), facet=True
    )
    monkeypatch.setattr("search.schema.FIELDS", (*FIELDS, classification))
    settings = Settings()
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        secret = Document("a", "A plan", "War.", classification="Top Secret", reference=Reference("F. 3"))
        writer.put(analyze(secret, settings.schema))
    page = get("/documents/a", client=create_app(settings, engine).test_client())
    assert metadata(page) == [
        ("Classification", True),
        ("Archival reference", False),
        ("For programs", False),
    ]


def test_2_a_document_read_with_a_query_leads_from_hit_to_hit_and_back(get: Get) -> None:
    page = get("/documents/molotov?q=armistice&subject=Korea")
    assert told(page) == ("2 matches", "armistice is marked. Clear")
    assert page.all("a", id="hit-1")
    assert page.all("a", id="hit-2")
    assert "#hit-1" in page.links()
    assert "/search?q=armistice&subject=Korea" in page.links()
    assert "1 of 2" in page.text
    assert "/documents/kuznetsov?q=armistice&subject=Korea" in page.links()


def test_2_the_next_result_may_be_on_the_next_page(get: Get) -> None:
    page = get("/documents/kuznetsov?sort=date&per_page=1&page=2")
    assert "2 of 4" in page.text
    assert page.all("a", rel="prev")[0]["href"] == "/documents/razuvayev?sort=date&per_page=1"
    assert page.all("a", rel="next")[0]["href"] == "/documents/molotov?sort=date&page=3&per_page=1"


def test_2_a_query_that_matches_nothing_in_the_document_says_so(get: Get) -> None:
    page = get("/documents/note?q=zeppelin")
    assert "zeppelin matches nothing in this document" in page.text
    assert not page.all("mark")


def test_1_an_approximate_date_says_its_days(get: Get) -> None:
    assert "circa July 1953 (July 1953, approximate)" in get("/documents/kuznetsov").text
    assert "Undated" in get("/documents/note").text


def test_3_the_form_looks_in_the_document_alone(get: Get) -> None:
    page = get("/documents/molotov?q=armistice&subject=Korea&find=delay")
    assert told(page) == ("1 match", "delay is marked. Clear")
    assert len(page.all("a", id="hit-1")) == 1
    assert not page.all("a", id="hit-2")
    [form] = page.all("form", action="/documents/molotov#hits")
    assert form["method"] == "get"
    assert page.all("input", name="find")[0]["value"] == "delay"
    assert {"type": "hidden", "name": "subject", "value": "Korea"} in page.all("input")
    assert "/search?q=armistice&subject=Korea" in page.links()
    assert "/documents/kuznetsov?q=armistice&subject=Korea" in page.links()
    assert page.all("meta", name="robots")


def test_3_the_place_among_the_results_is_kept(get: Get) -> None:
    page = get("/documents/molotov?sort=date&per_page=1&page=3&find=delay")
    assert "3 of 4" in page.text
    assert {"type": "hidden", "name": "page", "value": "3"} in page.all("input")


def test_3_the_view_of_the_results_is_kept(get: Get) -> None:
    page = get("/documents/molotov?q=armistice+delay&view=full")
    assert {"type": "hidden", "name": "view", "value": "full"} in page.all("input")
    assert "/documents/molotov?q=armistice+delay&view=full&find=delay#hits" in page.links()


def test_3_a_find_without_a_search(get: Get) -> None:
    page = get("/documents/molotov?find=armistice+delay")
    assert told(page)[0] == "3 matches"
    assert "Back to results" not in page.text
    assert "/documents/molotov?find=delay#hits" in page.links()


def test_3_a_find_that_is_too_long_is_said_beside_its_field(get: Get) -> None:
    page = get("/documents/molotov?q=armistice&" + urlencode({"find": "x" * 1001}))
    assert "the limit is 1,000" in page.text
    assert page.all("input", name="find")[0]["aria-invalid"] == "true"
    assert told(page) == ("2 matches", "armistice is marked. Clear")


def test_4_terms_lead_to_each_alone_and_back(get: Get) -> None:
    page = get("/documents/molotov?q=armistice+delay+zeppelin")
    assert "armistice 2 delay 1 zeppelin 0" in page.text
    alone = "/documents/molotov?q=armistice+delay+zeppelin&find=armistice#hits"
    assert alone in page.links()
    assert not [link for link in page.links() if "find=zeppelin" in link]
    page = get(alone)
    assert told(page) == ("2 matches", "armistice is marked. Clear")
    assert page.all("a", **{"aria-current": "true"})
    assert "/documents/molotov?q=armistice+delay+zeppelin#hits" in page.links()


def test_4_an_empty_find_shows_the_text_unmarked(get: Get) -> None:
    clear = "/documents/molotov?q=armistice&find=#hits"
    assert clear in get("/documents/molotov?q=armistice").links()
    page = get(clear)
    assert not page.all("mark")
    assert "matches" not in page.text
    assert "Back to results" in page.text


def test_4_a_name_is_looked_for_alone_without_its_other_names(get: Get) -> None:
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("a", "T", "Zhou Enlai and Chou En-lai. Zhou Enlai."), engine.schema))
        writer.put_commit_data("aliases", b"Zhou Enlai; Chou En-lai")
    client = create_app(Settings(), engine).test_client()
    page = get("/documents/a?q=%22Zhou+Enlai%22", client=client)
    assert "3 matches" in page.text
    term = next(link for link in page.links() if "find=%22zhou+enlai%22" in link.lower())
    assert "2 matches" in get(term, client=client).text


def test_2_the_last_hit_leads_on_to_the_next_result(get: Get) -> None:
    page = get("/documents/molotov?q=armistice&subject=Korea")
    onward = "/documents/kuznetsov?q=armistice&subject=Korea#hit-1"
    assert [link["href"] for link in page.all("a", **{"class": "hit"})] == ["#hit-2", onward]
    last = get("/documents/kuznetsov?q=armistice&subject=Korea")
    assert [link["href"] for link in last.all("a", **{"class": "hit"})] == ["#hit-1"]


def test_5_similar_documents_stand_at_the_end(get: Get, like: FlaskClient) -> None:
    page = get("/documents/one", client=like)
    assert "Similar documents" in page.text
    assert "Telegram <two> Undated Kim Also says" in page.text
    assert "The same text, word for word" in page.text
    assert {"/documents/two", "/documents/copy"} <= set(page.links())
    assert not page.all("b")
    assert "Similar documents" not in get("/documents/note", client=like).text


BELONGING = (
    Document(
        "mail",
        "Plans",
        "See below.",
        source="Box 1/Letters & notes/plans.eml",
        folder="Box 1/Letters & notes",
    ),
    Document("notes", "Notes <1>", "Of ice.", folder="Box 1/Letters & notes", parent="mail"),
    Document("scan", "A letter", "Of snow.", source="a.txt", files=("a.txt", "a.pdf")),
    Document("lost", "A part", "Of rain.", parent="gone"),
)


def test_6_folders_parent_and_parts(get: Get, make_client: MakeClient) -> None:
    client = make_client(*BELONGING)
    mail, notes = get("/documents/mail", client=client), get("/documents/notes", client=client)
    folders = ["/search?folder=Box+1", "/search?folder=Box+1%2FLetters+%26+notes"]
    assert [link for link in mail.links() if "folder=" in link] == folders
    assert "/documents/notes" in mail.links()
    assert "/documents/mail" in notes.links()
    assert {"Folder", "Parts"} <= {label for label, _ in metadata(mail)}
    assert {"Folder", "Part of"} <= {label for label, _ in metadata(notes)}
    assert "Part of" not in get("/documents/lost", client=client).text


def test_6_results_link_folders(get: Get, make_client: MakeClient) -> None:
    page = get("/search?q=plans", client=make_client(*BELONGING))
    assert "/search?folder=Box+1" in page.links()


def test_6_parts_in_the_api(make_client: MakeClient) -> None:
    client = make_client(*BELONGING)
    mail, notes = (client.get(f"/api/v1/documents/{name}").get_json() for name in ("mail", "notes"))
    assert mail["parts"] == [{"id": "notes", "url": "/documents/notes", "title": "Notes <1>"}]
    assert (mail["parent"], notes["parent"], notes["folder"]) == (None, "mail", "Box 1/Letters & notes")
    found = client.get("/api/v1/search?parent=mail").get_json()
    assert [hit["id"] for hit in found["hits"]] == ["notes"]


def test_1_the_language_of_the_text_is_shown_where_it_is_another(make_client: MakeClient) -> None:
    client = make_client(
        Document("a", "Letter", "Text.", language="Russian", text_language="English"),
        Document("b", "Letter", "Text.", language="Russian", text_language="Russian"),
    )
    shown = '<a rel="nofollow" href="/search?text_language=English"><bdi>English</bdi></a>'
    assert shown in client.get("/documents/a").text
    assert "text_language" not in client.get("/documents/b").text
