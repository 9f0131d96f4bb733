"""The page of all values of a facet."""

import pytest
from flask.testing import FlaskClient

from search.document import Document
from tests.archive import document
from tests.webui.html_page import Get, MakeClient

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


def test_the_page_lists_all_values(get: Get, many: FlaskClient) -> None:
    page = get("/facets/author?q=armistice&type=x", client=many)
    assert "Back to results" in page.text
    assert "/search?q=armistice&type=x" in page.links()
    page = get("/facets/author", client=many)
    assert "138 authors" in page.text
    assert len([name for name, _ in page.boxes() if name == "author"]) == 90
    assert ("not.author", "Zhou") in get("/facets/author?page=2", client=many).exclusions()
    assert all("nofollow" in attrs["rel"] for attrs in page.all("a") if "author" in attrs["href"])
    assert page.all("meta", name="robots", content="noindex, nofollow")
    assert "Disallow: /facets/" in many.get("/robots.txt").text


def test_the_page_is_narrowed_by_what_is_typed(get: Get, many: FlaskClient) -> None:
    page = get("/facets/author?q=peace&prefix=writer+00&order=value", client=many)
    assert "5 of 65 authors for writer 00" in page.text
    assert page.all("input", name="prefix", value="writer 00")
    assert page.all("input", type="hidden", name="q", value="peace")
    assert page.all("input", type="hidden", name="order", value="value")
    assert "/facets/author?q=peace&order=value" in page.links()
    assert "No value has words that begin so" in get("/facets/author?prefix=qqq", client=many).text


def test_initials_lead_to_the_page_they_begin_on(get: Get, many: FlaskClient) -> None:
    page = get("/facets/author?order=value", client=many)
    assert "/facets/author?order=value#E" in page.links()
    assert page.all("section", id="E")
    [zhou] = [link for link in page.links() if link.endswith("#Z")]
    page = get(zhou.partition("#")[0], client=many)
    assert page.all("section", id="Z")
    assert "/facets/author?order=value" in page.links()


def test_chosen_values_stand_first_with_a_way_to_drop_them(get: Get, many: FlaskClient) -> None:
    page = get("/facets/author?author=Zhou&not.author=Nobody&prefix=writer&page=2", client=many)
    assert "In use" not in page.text
    [form] = page.find("form", id="search")
    kept = [(field.attrs["name"], field.attrs["value"]) for field in form.find("input", type="hidden")]
    assert kept == [("author", "Zhou"), ("not.author", "Nobody")]
    page = get("/facets/author?author=Zhou&not.author=Nobody&prefix=writer", client=many)
    assert page.text.index("In use Zhou") < page.text.index("Writer 000")
    boxes = page.boxes()
    assert [boxes["author", "Zhou"], boxes["not.author", "Nobody"]] == [True, True]
    assert page.all("button", form="search")


def test_a_long_facet_leads_to_its_page_and_back_to_the_same_search(get: Get, many: FlaskClient) -> None:
    page = get("/search?q=peace&per_page=25&sort=title", client=many)
    assert "60 more · Author" in page.text
    listed = "/facets/author?q=peace&sort=title&per_page=25"
    assert listed in page.links()
    assert "/search?q=peace&sort=title&per_page=25" in get(listed, client=many).links()


def test_the_page_of_dates_offers_every_interval(get: Get) -> None:
    page = get("/facets/date?q=armistice&date=1953&date_interval=year")
    for interval in ("decade", "year", "month", "day"):
        assert f"/facets/date?q=armistice&date=1953&date_interval={interval}" in page.links()
    assert "/search?q=armistice&date=1953&date=1951&date_interval=year" in page.links()
    assert "Undated , 1 document" in page.text


def test_documents_without_a_value_are_always_in_reach(get: Get, client: FlaskClient) -> None:
    assert ("missing", "author") in get("/facets/author?prefix=kuz").boxes()
    assert 'value="author"' in client.get("/search?facet=author&facet_limit=1").text


def test_a_page_takes_what_it_can_of_its_address(get: Get, many: FlaskClient) -> None:
    page = get("/facets/author?order=up&page=0&prefix=zhou&utm_source=x&date_from=19x", client=many)
    assert "1 of 138 authors for zhou" in page.text
    assert "order must be one of" in page.text
    assert "no date" in page.text
    get("/facets/author?page=99", client=many)
    get("/facets/author?prefix=" + "x" * 200, client=many)
    get("/facets/colour", status=404)


def test_of_very_many_dates_the_first_are_beside_the_results(get: Get, make_client: MakeClient) -> None:
    months = [f"{1946 + n // 12}-{n % 12 + 1:02}" for n in range(96)]
    client = make_client(*(document(month, "War", date=month) for month in months))
    page = get("/search?date_interval=month&date=1953-12", client=client)
    assert "December 1950 , 1 document" in page.text
    assert "January 1951" not in page.text
    assert "Remove filter December 1953" in page.text
    assert "35 more · Date" in page.text
    assert "/facets/date?date=1953-12&date_interval=month" in page.links()
    assert "96 months with documents" in get("/facets/date?date_interval=month", client=client).text


def test_days_without_documents_are_not_listed_one_by_one(get: Get, make_client: MakeClient) -> None:
    days = ("1953-07-03", "1953-07-05", "1953-07-29")
    client = make_client(*(document(day, "War", date=day) for day in days))
    page = get("/facets/date?date_interval=day", client=client)
    assert "3 July 1953 , 1 document 1 4 July 1953 0 5 July 1953 , 1 document 1" in page.text
    assert "6 July 1953 – 28 July 1953 0 29 July 1953 , 1 document 1" in page.text
