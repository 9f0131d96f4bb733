"""A document being read: the search in it and what is like it, as JSON and on its page.

1. The API gives every hit with its place, page by page, and refuses what it does not know by name.
2. It gives similar documents with the words that they share.
3. Both are tagged, and follow a document that moved.
4. The page's own form looks in the document alone, and loses nothing of the search that led there.
5. Terms lead to each alone and back to all; an empty find shows the text unmarked.
6. The last hit leads on to the next result.
7. Similar documents stand at the end, or nothing does.
"""

from urllib.parse import urlencode

import pytest

from search.analyzed import analyze
from search.api.parameters import MAX_PER_PAGE
from search.document import Block, Document
from search.engines.memory import MemoryEngine
from search.redirects import REDIRECTS_KEY, addresses_to_bytes
from search.settings import Settings
from webui import create_app

SEARCH = "/api/v1/documents/molotov/search"
LONG = Document("long", "A long one", "\n\n".join(f"Line {n} of peace." for n in range(250)))
SAID = "The delegation at Panmunjom spoke of prisoners and of <b>truce</b>."
LIKE = (
    Document("one", "Telegram one", SAID),
    Document("two", "Telegram <two>", f"And the rest: {SAID} It waits for an answer.", authors=("Kim",)),
    Document("copy", "Telegram three", SAID.replace(" ", "\n", 4)),
    Document("note", "A note", "About the weather."),
    Document("other", "A letter", "The harvest was good."),
)


@pytest.fixture
def like(make_client):
    return make_client(*LIKE)


def test_1_every_hit_with_its_place(client):
    body = client.get(f"{SEARCH}?q=armistice+delay").json
    assert set(body) == {
        "query", "total", "page", "per_page", "pages", "hits", "fields", "terms", "index", "links",
    }  # fmt: skip
    assert (body["total"], body["page"], body["per_page"], body["pages"]) == (3, 1, MAX_PER_PAGE, 1)
    assert [(hit["number"], hit["text"], hit["paragraph"]) for hit in body["hits"]] == [
        (1, "armistice", 1),
        (2, "armistice", 2),
        (3, "delay", 2),
    ]
    text = client.get("/api/v1/documents/molotov").json["body"]
    for hit in body["hits"]:
        assert set(hit) == {"number", "start", "end", "text", "page", "paragraph", "url", "context"}
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert f"<mark>{hit['text']}</mark>" in hit["context"]["html"]
        assert hit["page"] is None
        assert hit["url"] == f"/documents/molotov?q=armistice+delay#hit-{hit['number']}"
    assert body["terms"] == [{"term": "armistice", "count": 2}, {"term": "delay", "count": 1}]
    assert body["fields"]["title"] == [[29, 38]]
    assert body["query"]["understood"] == "(armistice AND delay)"
    assert client.get(body["links"]["html"]).status_code == 200


def test_1_page_by_page(make_client):
    client = make_client(LONG)
    first = client.get("/api/v1/documents/long/search?q=peace").json
    assert (first["total"], first["pages"], len(first["hits"])) == (250, 3, 100)
    last = client.get(client.get(first["links"]["next"]).json["links"]["next"]).json
    assert [hit["number"] for hit in last["hits"]] == list(range(201, 251))
    assert last["links"]["next"] is None
    assert client.get("/api/v1/documents/long/search?q=peace&page=7&per_page=50").json["hits"] == []


def test_1_headings_and_pages_are_said(make_client):
    body = "A heading of peace\n\nPeace."
    client = make_client(Document("a", "T", body, blocks=(Block("heading", 0, 18, 1, page="iv"),)))
    hits = client.get("/api/v1/documents/a/search?q=peace").json["hits"]
    assert [(hit["page"], hit["paragraph"]) for hit in hits] == [("iv", None), ("iv", 1)]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("search", "q"),
        ("search?q=", "q"),
        ("search?q=++", "q"),
        (f"search?q={'x' * 1001}", "q"),
        ("search?q=a&q=b", "q"),
        ("search?q=a&author=Kim", "author"),
        ("search?q=a&sort=date", "sort"),
        ("search?q=a&find=b", "find"),
        ("search?q=a&match=some", "match"),
        ("search?q=a&per_page=101", "per_page"),
        ("search?q=a&page=101&per_page=100", "page"),
        ("similar?limit=0", "limit"),
        ("similar?limit=21", "limit"),
        ("similar?limit=", "limit"),
        ("similar?limit=3&limit=4", "limit"),
        ("similar?q=a", "q"),
    ],
)
def test_1_a_bad_parameter_is_refused_by_name(client, path, parameter):
    response = client.get(f"/api/v1/documents/molotov/{path}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["parameter"] == parameter


def test_2_similar_documents(like):
    body = like.get("/api/v1/documents/one/similar").json
    assert set(body) == {"hits", "index"}
    assert [(hit["id"], hit["same_text"]) for hit in body["hits"]] == [("copy", True), ("two", False)]
    for hit in body["hits"]:
        assert {"url", "title", "date", "score", "highlights", "shared", "share"} <= set(hit)
        assert "Panmunjom" in hit["shared"]
        assert 0.3 <= hit["share"] <= 1
    assert len(like.get("/api/v1/documents/one/similar?limit=1").json["hits"]) == 1
    assert like.get("/api/v1/documents/note/similar").json["hits"] == []


@pytest.mark.parametrize("path", [f"{SEARCH}?q=armistice", "/api/v1/documents/molotov/similar"])
def test_3_an_answer_that_has_not_changed_is_not_sent_again(client, path):
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"], again.data) == (304, tag, b"")
    for other in (f"{SEARCH}?q=peace", "/api/v1/documents/molotov/similar?limit=2"):
        assert client.get(other, headers={"If-None-Match": tag}).status_code == 200


def test_3_a_moved_document_is_followed_and_an_unknown_one_is_not():
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("new", "T", "The armistice"), engine.schema))
        writer.put_commit_data(REDIRECTS_KEY, addresses_to_bytes({"old": "new"}))
    client = create_app(Settings(), engine).test_client()
    for path in ("search?q=armistice", "similar?limit=3"):
        response = client.get(f"/api/v1/documents/old/{path}")
        assert (response.status_code, response.location) == (301, f"/api/v1/documents/new/{path}")
        unknown = client.get(f"/api/v1/documents/none/{path}")
        assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")


def test_4_the_form_looks_in_the_document_alone(get):
    page = get("/documents/molotov?q=armistice&subject=Korea&find=delay")
    assert "1 match for delay" in page.text
    assert len(page.all("mark", id="hit-1")) == 1
    assert not page.all("mark", id="hit-2")
    [form] = page.all("form", action="/documents/molotov#hits")
    assert form["method"] == "get"
    assert page.all("input", name="find")[0]["value"] == "delay"
    assert {"type": "hidden", "name": "subject", "value": "Korea"} in page.all("input")
    assert "/search?q=armistice&subject=Korea" in page.links()
    assert "/documents/kuznetsov?q=armistice&subject=Korea" in page.links()
    assert page.all("meta", name="robots")


def test_4_the_place_among_the_results_is_kept(get):
    page = get("/documents/molotov?sort=date&per_page=1&page=3&find=delay")
    assert "3 of 4" in page.text
    assert {"type": "hidden", "name": "page", "value": "3"} in page.all("input")


def test_4_a_find_without_a_search(get):
    page = get("/documents/molotov?find=armistice+delay")
    assert "3 matches for armistice delay" in page.text
    assert "Back to results" not in page.text
    assert "/documents/molotov?find=delay#hits" in page.links()


def test_4_a_find_that_is_too_long_is_said_beside_its_field(get):
    page = get("/documents/molotov?q=armistice&" + urlencode({"find": "x" * 1001}))
    assert "the limit is 1,000" in page.text
    assert page.all("input", name="find")[0]["aria-invalid"] == "true"
    assert "2 matches for armistice" in page.text


def test_5_terms_lead_to_each_alone_and_back(get):
    page = get("/documents/molotov?q=armistice+delay+zeppelin")
    assert "armistice 2 delay 1 zeppelin 0" in page.text
    alone = "/documents/molotov?q=armistice+delay+zeppelin&find=armistice#hits"
    assert alone in page.links()
    assert not [link for link in page.links() if "find=zeppelin" in link]
    page = get(alone)
    assert "2 matches for armistice" in page.text
    assert page.all("a", **{"aria-current": "true"})
    assert "/documents/molotov?q=armistice+delay+zeppelin#hits" in page.links()


def test_5_an_empty_find_shows_the_text_unmarked(get):
    clear = "/documents/molotov?q=armistice&find=#hits"
    assert clear in get("/documents/molotov?q=armistice").links()
    page = get(clear)
    assert not page.all("mark")
    assert "matches" not in page.text
    assert "Back to results" in page.text


def test_5_a_name_is_looked_for_alone_without_its_other_names(get):
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("a", "T", "Zhou Enlai and Chou En-lai. Zhou Enlai."), engine.schema))
        writer.put_commit_data("aliases", b"Zhou Enlai; Chou En-lai")
    client = create_app(Settings(), engine).test_client()
    page = get("/documents/a?q=%22Zhou+Enlai%22", client=client)
    assert "3 matches" in page.text
    term = next(link for link in page.links() if "find=%22zhou+enlai%22" in link.lower())
    assert "2 matches" in get(term, client=client).text


def test_6_the_last_hit_leads_on_to_the_next_result(get):
    page = get("/documents/molotov?q=armistice&subject=Korea")
    onward = "/documents/kuznetsov?q=armistice&subject=Korea#hit-1"
    assert [link["href"] for link in page.all("a", **{"class": "hit"})] == ["#hit-2", onward]
    last = get("/documents/kuznetsov?q=armistice&subject=Korea")
    assert [link["href"] for link in last.all("a", **{"class": "hit"})] == ["#hit-1"]


def test_7_similar_documents_stand_at_the_end(get, like):
    page = get("/documents/one", client=like)
    assert "Similar documents" in page.text
    assert "Telegram <two> Undated Kim Also says" in page.text
    assert "The same text, word for word" in page.text
    assert {"/documents/two", "/documents/copy"} <= set(page.links())
    assert not page.all("b")
    assert "Similar documents" not in get("/documents/note", client=like).text
