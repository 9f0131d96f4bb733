"""The JSON API keeps its contract to the letter."""

import pytest
from flask.testing import FlaskClient

from search.export import EXPORTS

SEARCH_KEYS = {
    "query", "suggestion", "filters", "total", "page", "per_page", "pages", "took_ms", "hits", "facets",
    "more", "explain_zero", "similar_spellings", "index", "links",
}  # fmt: skip
HIT_KEYS = {
    "id", "url", "title", "authors", "recipients", "subjects", "collection", "language", "text_language",
    "type", "summary", "source", "score", "date", "indexed", "highlights",
}  # fmt: skip
DOCUMENT_KEYS = (HIT_KEYS - {"score", "highlights"}) | {
    "body", "blocks", "citation", "credits", "source_url", "reference", "classification", "place", "extra",
    "folder", "files", "parent", "parts",
}  # fmt: skip


def test_a_search_has_the_keys_promised(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=armistice")
    body = response.get_json()
    assert response.content_type == "application/json"
    assert set(body) == SEARCH_KEYS
    assert set(body["query"]) == {
        "text", "understood", "match", "relaxed", "diagnostics", "expanded", "interpretations",
    }  # fmt: skip
    assert set(body["index"]) == {"generation", "documents", "engine", "updated"}
    assert set(body["links"]) == {"self", "next", "prev", "html", "receipt", "atom", *EXPORTS}
    assert set(body["facets"]) == {"author", "date"}
    assert set(body["facets"]["author"]) == {"values", "distinct", "missing"}
    assert set(body["facets"]["date"]) == {"interval", "values", "missing"}
    assert body["total"] == len(body["hits"]) == 4
    for hit in body["hits"]:
        assert set(hit) == HIT_KEYS
        for highlight in hit["highlights"]:
            assert set(highlight) == {"field", "text", "ranges", "html"}


def test_more_has_what_some_of_the_words_find(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=weather+armistice&author=Kuznetsov&fields=id&match=all").get_json()
    assert (body["total"], body["more"]) == (0, None)
    body = client.get("/api/v1/search?q=armistice+talks+korean&fields=id").get_json()
    assert (body["total"], body["query"]["relaxed"]) == (1, False)
    assert body["more"]["total"] == len(body["more"]["hits"]) == 3
    assert body["more"]["url"] == "/search?q=armistice+talks+korean&match=most&fields=id"
    together = client.get(f"/api/v1{body['more']['url']}").get_json()
    assert together["total"] == 4
    assert together["hits"] == [*body["hits"], *body["more"]["hits"]]
    assert together["more"] is None


def test_a_date_is_said_as_written_and_in_days(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?author=Kuznetsov").get_json()
    assert body["hits"][0]["date"] == {
        "text": "circa July 1953",
        "earliest": "1953-07-01",
        "latest": "1953-07-31",
        "certainty": "approximate",
    }
    assert body["filters"] == [{"field": "author", "op": "is", "value": "Kuznetsov"}]
    assert client.get("/api/v1/search?missing=date").get_json()["hits"][0]["date"] is None


def test_an_interpretation_is_offered_as_a_filter(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=armistice+4+July+1953").get_json()
    [date] = body["query"]["interpretations"]
    assert date == {
        "kind": "date",
        "text": "4 July 1953",
        "filter": {"date": "1953-07-04"},
        "count": 2,
        "url": "/search?q=armistice&date=1953-07-04",
    }
    assert [hit["id"] for hit in body["hits"]] == ["molotov", "kuznetsov"]
    both = client.get("/api/v1/search?q=armistice+4+July+1953&date=1953-07-04").get_json()
    assert (both["total"], both["query"]["interpretations"]) == (2, [])
    [date] = client.get("/api/v1/search?q=1951").get_json()["query"]["interpretations"]
    assert (date["count"], date["url"]) == (1, "/search?q=1951&date=1951")
    body = client.get("/api/v1/search?q=telegram+from+Molotov").get_json()
    assert [item["filter"] for item in body["query"]["interpretations"]] == [{"author": "V.M. Molotov"}]


def test_pages_link_to_each_other(client: FlaskClient) -> None:
    links = client.get("/api/v1/search?q=armistice&per_page=2&page=2").get_json()["links"]
    assert links["next"] is None
    assert client.get(links["prev"]).get_json()["page"] == 1
    assert client.get(links["self"]).get_json()["page"] == 2
    assert client.get(links["html"]).status_code == 200


def test_only_the_keys_asked_for(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=armistice&fields=id,title&highlight=false").get_json()["hits"]
    assert all(set(hit) == {"id", "title"} for hit in hits)


def test_nothing_found_is_explained(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=zeppelin&match=all&author=Kuznetsov").get_json()
    assert body["total"] == 0
    assert [set(term) for term in body["explain_zero"]["terms"]] == [{"term", "count"}]
    assert body["explain_zero"]["filters"] == [{"field": "author", "value": "Kuznetsov", "count_without": 0}]


def test_suggestions_lead_to_names_titles_and_words(client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest?q=kuz").get_json() == {
        "suggestions": [
            {"text": "Kuznetsov", "kind": "author", "count": 1, "url": "/search?author=Kuznetsov"},
            {"text": "Kuznetsov", "kind": "word", "count": 1, "url": "/search?q=Kuznetsov"},
            {
                "text": "Telegram from Kuznetsov on Mao Zedong",
                "kind": "title",
                "count": 1,
                "url": "/documents/kuznetsov",
            },
        ]
    }
    assert client.get("/api/v1/suggest?q=beij").get_json()["suggestions"][0]["url"] == (
        "/search?recipient=Ambassador+in+Beijing"
    )
    body = client.get("/api/v1/suggest?q=telegram+armi").get_json()
    assert body["suggestions"][0] == {
        "text": "telegram armistice",
        "kind": "word",
        "count": 2,
        "url": "/search?q=telegram+armistice",
    }
    assert len(client.get("/api/v1/suggest?q=t&limit=1").get_json()["suggestions"]) == 1
    for suggestion in client.get("/api/v1/suggest?q=a&limit=20").get_json()["suggestions"]:
        assert client.get(suggestion["url"]).status_code == 200
    assert client.get("/api/v1/suggest").get_json() == {"suggestions": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("utm_source=x", "utm_source"), ("q=a&q=b", "q"), ("limit=0", "limit"), ("limit=21", "limit"),
     ("q=a&limit=some", "limit"), ("q=a&author=Kuznetsov", "author"), ("q=" + "x" * 1001, "q")],
)  # fmt: skip
def test_suggesting_is_strict_too(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/suggest?{query}")
    assert response.status_code == 400
    assert (response.get_json()["code"], response.get_json()["parameter"]) == ("bad_parameter", parameter)


def test_a_document_has_the_keys_promised(client: FlaskClient) -> None:
    body = client.get("/api/v1/documents/molotov").get_json()
    assert set(body) == DOCUMENT_KEYS
    assert body["reference"]["text"] == "AP RF. F. 3. Op. 65"
    assert body["url"] == "/documents/molotov"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("utm_source=x", "utm_source"),
        ("page=0", "page"),
        ("page=1001", "page"),
        ("per_page=101", "per_page"),
        ("facet_limit=0", "facet_limit"),
        ("sort=up", "sort"),
        ("match=some", "match"),
        ("date=1951-13", "date"),
        ("date_from=", "date_from"),
        ("author=", "author"),
        ("facet=colour", "facet"),
        ("q=a&q=b", "q"),
        ("expand=yes", "expand"),
        ("fields=secret", "fields"),
        ("q=" + "x" * 1001, "q"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert set(response.get_json()) == {"type", "title", "status", "detail", "code", "parameter"}
    assert response.get_json()["status"] == 400
    assert response.get_json()["code"] == "bad_parameter"
    assert response.get_json()["parameter"] == parameter


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/documents/nowhere", 404, "not_found"),
        ("get", "/api/v1/documents/molotov?x=1", 400, "bad_parameter"),
        ("get", "/api/v2/search", 404, "not_found"),
        ("post", "/api/v1/search", 405, "method_not_allowed"),
        ("delete", "/api/v1/documents/molotov", 405, "method_not_allowed"),
    ],
)
def test_other_errors_are_problems_too(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert (response.get_json()["status"], response.get_json()["code"]) == (status, code)
    assert response.get_json()["title"]
    assert response.get_json()["detail"]
    if status == 405:
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=armistice", "/api/v1/documents/molotov", "/api/v1/suggest?q=armi"]
)
def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag
    assert not again.data
    assert client.get("/api/v1/search?q=peace", headers={"If-None-Match": tag}).status_code == 200


def test_head_is_answered(client: FlaskClient) -> None:
    response = client.head("/api/v1/search?q=armistice")
    assert response.status_code == 200
    assert not response.data
