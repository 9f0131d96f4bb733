"""All values of a facet, as JSON and as a page."""

import pytest

from search.document import Document
from tests.archive import document

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
def many(make_client):
    documents = [
        Document(f"d{n:03}", f"Telegram {n}", "armistice" if n % 2 else "peace", authors=(f"Writer {n:03}",))
        for n in range(130)
    ]
    return make_client(
        *documents, *(Document(f"n{n}", name, authors=(name,)) for n, name in enumerate(NAMES))
    )


def values(client, url):
    return [(item["value"], item["count"]) for item in client.get(url).json["values"]]


def test_a_list_has_the_keys_promised(client):
    response = client.get("/api/v1/facets/author?q=armistice")
    assert response.content_type == "application/json"
    assert set(response.json) == KEYS
    assert set(response.json["links"]) == {"self", "next", "prev", "html"}
    assert set(response.json["index"]) == {"generation", "documents", "engine", "updated"}
    assert set(response.json["values"][0]) == {"value", "count", "selected", "excluded"}
    dates = client.get("/api/v1/facets/date?q=armistice").json
    assert set(dates) == KEYS - {"distinct"} | {"interval"}
    assert set(dates["values"][0]) == {"value", "count", "possible", "selected"}


def test_it_counts_what_the_search_does(client):
    for query in ("q=armistice&type=telegram&author=Kuznetsov", "q=gromyko+weather", "date_from=1952"):
        searched = client.get(f"/api/v1/search?{query}&facet=author&facet=date").json["facets"]
        for name in ("author", "date"):
            listed = client.get(f"/api/v1/facets/{name}?{query}").json
            assert {key: listed[key] for key in searched[name]} == searched[name]


def test_pages_join(many):
    url, seen = "/api/v1/facets/author?per_page=40&order=value", []
    while url:
        body = many.get(url).json
        seen += [item["value"] for item in body["values"]]
        url = body["links"]["next"]
    assert body["total"] == body["distinct"] == len(seen) == len(set(seen)) == 138
    assert (body["pages"], len(body["values"])) == (4, 18)
    assert seen[:4] == ["3rd Army", "eisenhower", "Éluard", "Foreign & Trade Office"]
    assert seen[-2:] == ["Жуков", "毛泽东"]
    assert [item["initial"] for item in body["initials"]] == ["0–9", "E", "F", "V", "W", "Z", "Ж", "CJK"]
    assert many.get(body["links"]["prev"]).json["page"] == 3


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
def test_a_prefix_finds_values(many, prefix, found):
    body = many.get(f"/api/v1/facets/author?prefix={prefix}").json
    assert [item["value"] for item in body["values"]] == found
    assert (body["total"], body["distinct"]) == (len(found), 138)


def test_chosen_values_come_first_whatever_their_count(many):
    query = "q=peace&author=Writer+001&author=Writer+002&not.author=Nobody"
    body = many.get(f"/api/v1/facets/author?{query}&prefix=writer+01&per_page=2").json
    first = [(item["value"], item["count"], item["selected"], item["excluded"]) for item in body["values"]]
    assert first == [
        ("Writer 002", 1, True, False), ("Nobody", 0, False, True), ("Writer 001", 0, True, False),
    ]  # fmt: skip
    assert body["total"] == 3 + 5
    following = many.get(body["links"]["next"]).json
    assert [item["value"] for item in following["values"]] == ["Writer 010"]


def test_dates_are_paged_in_the_order_of_time(client):
    body = client.get("/api/v1/facets/date?date_interval=month&per_page=1&page=2").json
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
def test_a_bad_parameter_is_refused_by_name(client, path, parameter):
    response = client.get(f"/api/v1/facets/{path}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["parameter"] == parameter


def test_there_is_no_such_facet(client):
    assert client.get("/api/v1/facets/colour").json["status"] == 404


def test_an_unchanged_list_is_not_sent_again(client):
    path = "/api/v1/facets/author?prefix=m"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path + "o", headers={"If-None-Match": tag}).status_code == 200


def test_the_page_lists_all_values(get, many):
    page = get("/facets/author?q=armistice&type=x", client=many)
    assert "Back to results" in page.text
    assert "/search?q=armistice&type=x" in page.links()
    page = get("/facets/author", client=many)
    assert "138 authors" in page.text
    assert len([link for link in page.links() if link.startswith("/search?author=")]) == 90
    assert "/search?not.author=Zhou" in get("/facets/author?page=2", client=many).links()
    assert all("nofollow" in attrs["rel"] for attrs in page.all("a") if "author" in attrs["href"])
    assert page.all("meta", name="robots", content="noindex, nofollow")
    assert "Disallow: /facets/" in many.get("/robots.txt").text


def test_the_page_is_narrowed_by_what_is_typed(get, many):
    page = get("/facets/author?q=peace&prefix=writer+00&order=value", client=many)
    assert "5 of 65 authors for writer 00" in page.text
    assert page.all("input", name="prefix", value="writer 00")
    assert page.all("input", type="hidden", name="q", value="peace")
    assert page.all("input", type="hidden", name="order", value="value")
    assert "/facets/author?q=peace&order=value" in page.links()
    assert "No author has words that begin so" in get("/facets/author?prefix=qqq", client=many).text


def test_initials_lead_to_the_page_they_begin_on(get, many):
    page = get("/facets/author?order=value", client=many)
    assert "/facets/author?order=value#E" in page.links()
    assert page.all("section", id="E")
    [zhou] = [link for link in page.links() if link.endswith("#Z")]
    page = get(zhou.partition("#")[0], client=many)
    assert page.all("section", id="Z")
    assert "/facets/author?order=value" in page.links()


def test_chosen_values_stand_first_with_a_way_to_drop_them(get, many):
    page = get("/facets/author?author=Zhou&not.author=Nobody&prefix=writer&page=2", client=many)
    assert "In use" not in page.text
    page = get("/facets/author?author=Zhou&not.author=Nobody&prefix=writer", client=many)
    assert page.text.index("In use Remove filter Zhou") < page.text.index("Writer 000")
    assert "/search?not.author=Nobody" in page.links()
    assert "/search?author=Zhou" in page.links()


def test_a_long_facet_leads_to_its_page_and_back_to_the_same_search(get, many):
    page = get("/search?q=peace&per_page=25&sort=title", client=many)
    assert "55 more of Author" in page.text
    listed = "/facets/author?q=peace&sort=title&per_page=25"
    assert listed in page.links()
    assert "/search?q=peace&sort=title&per_page=25" in get(listed, client=many).links()


def test_the_page_of_dates_offers_every_interval(get):
    page = get("/facets/date?q=armistice&date=1953&date_interval=year")
    for interval in ("decade", "year", "month", "day"):
        assert f"/facets/date?q=armistice&date=1953&date_interval={interval}" in page.links()
    assert "/search?q=armistice&date=1953&date=1951&date_interval=year" in page.links()
    assert "Undated , 1 document" in page.text


def test_documents_without_a_value_are_always_in_reach(get, client):
    assert "/search?missing=author" in get("/facets/author?prefix=kuz").links()
    assert "/search?missing=author" in client.get("/search?facet=author&facet_limit=1").text


def test_a_page_takes_what_it_can_of_its_address(get, many):
    page = get("/facets/author?order=up&page=0&prefix=zhou&utm_source=x&date_from=19x", client=many)
    assert "1 of 138 authors for zhou" in page.text
    assert "order must be one of" in page.text
    assert "no date" in page.text
    get("/facets/author?page=99", client=many)
    get("/facets/author?prefix=" + "x" * 200, client=many)
    get("/facets/colour", status=404)


def test_of_very_many_dates_the_first_are_beside_the_results(get, make_client):
    months = [f"{1946 + n // 12}-{n % 12 + 1:02}" for n in range(96)]
    client = make_client(*(document(month, "War", date=month) for month in months))
    page = get("/search?date_interval=month&date=1953-12", client=client)
    assert "December 1950 , 1 document" in page.text
    assert "January 1951" not in page.text
    assert "Remove filter December 1953" in page.text
    assert "35 more of Date" in page.text
    assert "/facets/date?date=1953-12&date_interval=month" in page.links()
    assert "96 months with documents" in get("/facets/date?date_interval=month", client=client).text


def test_days_without_documents_are_not_listed_one_by_one(get, make_client):
    days = ("1953-07-03", "1953-07-05", "1953-07-29")
    client = make_client(*(document(day, "War", date=day) for day in days))
    page = get("/facets/date?date_interval=day", client=client)
    assert "3 July 1953 , 1 document 1 4 July 1953 0 5 July 1953 , 1 document 1" in page.text
    assert "6 July 1953 – 28 July 1953 0 29 July 1953 , 1 document 1" in page.text
