"""The date facet as a bar chart: it leads from years to days and back."""

from tests.archive import document
from tests.webui.html_page import Get, HtmlPage, MakeClient


def bars(page: HtmlPage) -> list[tuple[str, str]]:
    """The label and the count of each row, in the order of the page."""
    [chart] = page.find("ul", "years")
    return [
        (row.find("span", "words")[0].text, row.find("span", "count")[-1].text) for row in chart.find("li")
    ]


def trail(page: HtmlPage) -> list[str]:
    """The dates that contain the selected one, and that one."""
    [crumbs] = page.find("nav", "crumbs")
    return [step.text for step in crumbs.find("li")]


def test_empty_years_are_drawn(get: Get) -> None:
    page = get("/search?q=armistice&date=1951&date=1953")
    assert bars(page) == [
        ("Remove filter 1951", "1"),
        ("1952", "0"),
        ("Remove filter 1953", "2"),
        ("Undated", "1"),
    ]


def test_dates_lead_from_years_to_days_and_back(get: Get) -> None:
    page = get("/search?q=armistice&date=1953")
    assert trail(page) == ["All dates", "1953"]
    assert bars(page) == [("July", "2"), ("Undated", "1")]
    [july] = [
        link for link in page.find("a") if link.attrs["href"] == "/search?q=armistice&date=1953-07#found"
    ]
    assert july.find("span", "hidden")[0].text == ", 2 documents"
    page = get("/search?q=armistice&date=1953-07")
    assert trail(page) == ["All dates", "1953", "July"]
    assert bars(page) == [("4 July", "1"), ("Day not known", "1"), ("Undated", "1")]
    page = get("/search?q=armistice&date=1953-07-04")
    assert trail(page) == ["All dates", "1953", "July", "4"]
    assert bars(page)[0][0] == "Remove filter 4 July"
    for up in ("", "&date=1953", "&date=1953-07"):
        assert f"/search?q=armistice{up}" in page.links()


def test_several_years_can_be_chosen(get: Get) -> None:
    several = "/search?q=armistice&date=1953&date_interval=year"
    assert several in get("/search?q=armistice&date=1953").links()
    page = get(several)
    assert "/search?q=armistice&date=1953&date=1951&date_interval=year" in page.links()
    assert "/search?q=armistice&date=1953" in page.links()


def test_wide_dates_begin_with_decades(get: Get, make_client: MakeClient) -> None:
    client = make_client(*(document(f"d{y}", "War", date=f"{y}") for y in (1653, 1951, 1953)))
    page = get("/search", client=client)
    assert bars(page) == [("1650s", "1"), ("1660s – 1940s", "0"), ("1950s", "2")]
    page = get("/search?date=1953", client=client)
    assert "/search?date=1950s" in page.links()
    assert trail(page) == ["All dates", "1950s", "1953"]
    page = get("/search?date=1950s", client=client)
    assert trail(page) == ["All dates", "1950s"]
    assert bars(page) == [("1951", "1"), ("1952", "0"), ("1953", "1")]


def test_stretches_of_time_without_documents_take_one_row(get: Get, make_client: MakeClient) -> None:
    days = ("1953-01", "1953-04", "1953-08")
    client = make_client(*(document(f"d{day}", "War", date=day) for day in days))
    assert bars(get("/search?date=1953", client=client)) == [
        ("January", "1"),
        ("February", "0"),
        ("March", "0"),
        ("April", "1"),
        ("May – July", "0"),
        ("August", "1"),
    ]


def test_several_are_offered_of_what_is_selected_and_not_inside_a_month(get: Get) -> None:
    assert "Choose several years" in get("/search?q=armistice&date=1953").text
    assert "Choose several decades" in get("/search?q=armistice&date=1950s").text
    assert "Choose several" not in get("/search?q=armistice&date=1953-07").text
