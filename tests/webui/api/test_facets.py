"""The endpoint of a facet: all its values, page by page."""

import pytest
from flask.testing import FlaskClient

from search.document import Document
from tests.webui.html_page import MakeClient

KEYS = {
    "field", "values", "distinct", "missing", "initials", "total", "page", "per_page", "pages", "query",
    "filters", "index", "links",
}  # fmt: skip
NAMES = (
    "Éluard",
    "eisenhower",
    "V.M. Molotov",
    "毛泽东",
    "Foreign & Trade Office",
    "Жуков",
    "3rd Army",
    "Zhou",
)


@pytest.fixture
def many(make_client: MakeClient) -> FlaskClient:
    documents = [
        Document(f"d{n:03}", f"Telegram {n}", "armistice" if n % 2 else "peace", authors=(f"Writer {n:03}",))
        for n in range(130)
    ]
    return make_client(
        *documents, *(Document(f"n{n}", name, authors=(name,)) for n, name in enumerate(NAMES))
    )


def values(client: FlaskClient, url: str) -> list[tuple[str, int]]:
    return [(item["value"], item["count"]) for item in client.get(url).get_json()["values"]]


def test_a_list_has_the_keys_promised(client: FlaskClient) -> None:
    response = client.get("/api/v1/facets/author?q=armistice")
    assert response.content_type == "application/json"
    assert set(response.get_json()) == KEYS
    assert set(response.get_json()["links"]) == {"self", "next", "prev", "html"}
    assert set(response.get_json()["index"]) == {"generation", "documents", "engine", "updated"}
    assert set(response.get_json()["values"][0]) == {"value", "count", "selected", "excluded", "url"}
    dates = client.get("/api/v1/facets/date?q=armistice").get_json()
    assert set(dates) == KEYS - {"distinct"} | {"interval"}
    assert set(dates["values"][0]) == {"value", "count", "possible", "selected", "url"}


def test_it_counts_what_the_search_does(client: FlaskClient) -> None:
    for query in ("q=armistice&type=telegram&author=Kuznetsov", "q=gromyko+weather", "date_from=1952"):
        searched = client.get(f"/api/v1/search?{query}&facet=author&facet=date").get_json()["facets"]
        for name in ("author", "date"):
            listed = client.get(f"/api/v1/facets/{name}?{query}").get_json()
            assert {key: listed[key] for key in searched[name]} == searched[name]


def test_pages_join(many: FlaskClient) -> None:
    url, seen = "/api/v1/facets/author?per_page=40&order=value", []
    while url:
        body = many.get(url).get_json()
        seen += [item["value"] for item in body["values"]]
        url = body["links"]["next"]
    assert body["total"] == body["distinct"] == len(seen) == len(set(seen)) == 138
    assert (body["pages"], len(body["values"])) == (4, 18)
    assert seen[:4] == ["3rd Army", "eisenhower", "Éluard", "Foreign & Trade Office"]
    assert seen[-2:] == ["Жуков", "毛泽东"]
    assert [item["initial"] for item in body["initials"]] == ["0–9", "E", "F", "V", "W", "Z", "Ж", "CJK"]
    assert many.get(body["links"]["prev"]).get_json()["page"] == 3


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("elu", ["Éluard"]),
        ("VM+molo", ["V.M. Molotov"]),
        ("foreign+and", ["Foreign & Trade Office"]),
        ("olotov", []),
        ("писатель", []),
    ],
)
def test_a_prefix_finds_values(many: FlaskClient, prefix: str, found: list[str]) -> None:
    body = many.get(f"/api/v1/facets/author?prefix={prefix}").get_json()
    assert [item["value"] for item in body["values"]] == found
    assert (body["total"], body["distinct"]) == (len(found), 138)


def test_chosen_values_come_first_whatever_their_count(many: FlaskClient) -> None:
    query = "q=peace&author=Writer+001&author=Writer+002&not.author=Nobody"
    body = many.get(f"/api/v1/facets/author?{query}&prefix=writer+01&per_page=2").get_json()
    first = [(item["value"], item["count"], item["selected"], item["excluded"]) for item in body["values"]]
    assert first == [
        ("Writer 002", 1, True, False), ("Nobody", 0, False, True), ("Writer 001", 0, True, False),
    ]  # fmt: skip
    assert body["total"] == 3 + 5
    following = many.get(body["links"]["next"]).get_json()
    assert [item["value"] for item in following["values"]] == ["Writer 010"]


def test_dates_are_paged_in_the_order_of_time(client: FlaskClient) -> None:
    body = client.get("/api/v1/facets/date?date_interval=month&per_page=1&page=2").get_json()
    assert body["interval"] == "month"
    assert [item["value"] for item in body["values"]] == ["1951-02"]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("author?sort=title", "sort"),
        ("author?facet=date", "facet"),
        ("author?date_interval=year", "date_interval"),
        ("author?order=up", "order"),
        ("author?order=value&order=value", "order"),
        ("author?per_page=101", "per_page"),
        ("author?page=0", "page"),
        ("author?prefix=" + "x" * 101, "prefix"),
        ("author?utm_source=x", "utm_source"),
        ("date?prefix=19", "prefix"),
        ("date?order=count", "order"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(client: FlaskClient, path: str, parameter: str) -> None:
    response = client.get(f"/api/v1/facets/{path}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.get_json()["parameter"] == parameter


def test_there_is_no_such_facet(client: FlaskClient) -> None:
    assert client.get("/api/v1/facets/colour").get_json()["status"] == 404


def test_an_unchanged_list_is_not_sent_again(client: FlaskClient) -> None:
    path = "/api/v1/facets/author?prefix=m"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path + "o", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("query", ["", "&author=Kuznetsov&not.author=V.+Razuvayev&page=2"])
def test_each_value_leads_to_its_page(client: FlaskClient, query: str) -> None:
    body = client.get(f"/api/v1/search?q=armistice{query}&facet=author&per_page=1").get_json()
    assert body["facets"]["author"]["values"]
    for value in body["facets"]["author"]["values"]:
        there = client.get(f"/api/v1{value['url']}").get_json()
        ops = [item["op"] for item in there["filters"] if item["value"] == value["value"]]
        assert ops == ([] if value["selected"] or value["excluded"] else ["is"])
        assert there["page"] == 1


def test_facets_can_be_left_out(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?facet=none").get_json()["facets"] == {}
    assert client.get("/search?facet=none").status_code == 200


def test_a_facet_can_have_a_limit_of_its_own(client: FlaskClient) -> None:
    limits = "facet=author&facet=subject&facet_limit=1&facet_limit.author=2"
    facets = client.get(f"/api/v1/search?{limits}").get_json()["facets"]
    assert [len(facets[name]["values"]) for name in ("author", "subject")] == [2, 1]
