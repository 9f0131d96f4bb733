"""The endpoints below a document: the search within it, and similar documents.

1. The search gives every match with its place, page by page, and refuses unknown parameters by name.
2. Similar documents come with the words that they share.
3. Both have an ETag, and follow a document that moved.
"""

import pytest
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.commit_data.redirects import REDIRECTS_KEY, encode_redirects
from search.document import Block, Document
from search.engines.memory import MemoryEngine
from search.parameters.question import MAX_PER_PAGE
from search.settings import Settings
from tests.webui.html_page import MakeClient
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
def like(make_client: MakeClient) -> FlaskClient:
    return make_client(*LIKE)


def test_1_every_hit_with_its_place(client: FlaskClient) -> None:
    body = client.get(f"{SEARCH}?q=armistice+delay").get_json()
    assert set(body) == {
        "query", "total", "page", "per_page", "pages", "hits", "fields", "terms", "index", "links",
    }  # fmt: skip
    assert (body["total"], body["page"], body["per_page"], body["pages"]) == (3, 1, MAX_PER_PAGE, 1)
    assert [(hit["number"], hit["text"], hit["paragraph"]) for hit in body["hits"]] == [
        (1, "armistice", 1),
        (2, "armistice", 2),
        (3, "delay", 2),
    ]
    text = client.get("/api/v1/documents/molotov").get_json()["body"]
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


def test_1_page_by_page(make_client: MakeClient) -> None:
    client = make_client(LONG)
    first = client.get("/api/v1/documents/long/search?q=peace").get_json()
    assert (first["total"], first["pages"], len(first["hits"])) == (250, 3, 100)
    last = client.get(client.get(first["links"]["next"]).get_json()["links"]["next"]).get_json()
    assert [hit["number"] for hit in last["hits"]] == list(range(201, 251))
    assert last["links"]["next"] is None
    assert client.get("/api/v1/documents/long/search?q=peace&page=7&per_page=50").get_json()["hits"] == []


def test_1_headings_and_pages_are_said(make_client: MakeClient) -> None:
    body = "A heading of peace\n\nPeace."
    client = make_client(Document("a", "T", body, blocks=(Block("heading", 0, 18, 1, page="iv"),)))
    hits = client.get("/api/v1/documents/a/search?q=peace").get_json()["hits"]
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
def test_1_a_bad_parameter_is_refused_by_name(client: FlaskClient, path: str, parameter: str) -> None:
    response = client.get(f"/api/v1/documents/molotov/{path}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.get_json()["parameter"] == parameter


def test_2_similar_documents(like: FlaskClient) -> None:
    body = like.get("/api/v1/documents/one/similar").get_json()
    assert set(body) == {"hits", "index"}
    assert [(hit["id"], hit["same_text"]) for hit in body["hits"]] == [("copy", True), ("two", False)]
    for hit in body["hits"]:
        assert {"url", "title", "date", "score", "highlights", "shared", "share"} <= set(hit)
        assert "Panmunjom" in hit["shared"]
        assert 0.3 <= hit["share"] <= 1
    assert len(like.get("/api/v1/documents/one/similar?limit=1").get_json()["hits"]) == 1
    assert like.get("/api/v1/documents/note/similar").get_json()["hits"] == []


@pytest.mark.parametrize("path", [f"{SEARCH}?q=armistice", "/api/v1/documents/molotov/similar"])
def test_3_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"], again.data) == (304, tag, b"")
    for other in (f"{SEARCH}?q=peace", "/api/v1/documents/molotov/similar?limit=2"):
        assert client.get(other, headers={"If-None-Match": tag}).status_code == 200


def test_3_a_moved_document_is_followed_and_an_unknown_one_is_not() -> None:
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("new", "T", "The armistice"), engine.schema))
        writer.put_commit_data(REDIRECTS_KEY, encode_redirects({"old": "new"}))
    client = create_app(Settings(), engine).test_client()
    for path in ("search?q=armistice", "similar?limit=3"):
        response = client.get(f"/api/v1/documents/old/{path}")
        assert (response.status_code, response.location) == (301, f"/api/v1/documents/new/{path}")
        unknown = client.get(f"/api/v1/documents/none/{path}")
        assert (unknown.status_code, unknown.get_json()["code"]) == (404, "not_found")
