"""What people see, and that every link of it works."""

import re
from urllib.parse import urlsplit

from search.document import Document
from tests.archive import document

SIZE_LIMIT = 60 * 1024


def test_home_tells_of_the_collection_and_the_ways_in(get):
    page = get("/")
    assert "4 documents 1951–1953 3 authors" in page.text
    assert "/search?author=Kuznetsov" in page.links()
    assert "/search?missing=date" in page.links()
    assert "/documents/molotov" in page.links()
    assert page.all("form", role="search")


def test_home_with_a_query_goes_to_the_search(client):
    assert client.get("/?q=peace&utm_source=x").location == "/search?q=peace"


def test_results_are_numbered_marked_and_counted(get):
    page = get("/search?q=armistice")
    assert "4 results for armistice" in page.text
    assert page.all("ol", start="1")
    assert page.all("mark")
    assert page.all("meta", name="robots", content="noindex")
    assert page.all("a", id="first")
    assert "/documents/molotov?q=armistice" in page.links()


def test_a_snippet_says_its_field_unless_it_is_the_text(get):
    assert "Summary Molotov writes about the armistice" in get("/search?q=armistice&author=V.M.+Molotov").text


def test_chips_say_their_filter_and_each_can_be_removed(get):
    page = get("/search?q=armistice&author=Kuznetsov&not.subject=Weather&date_from=1951-07&page=1&sort=date")
    labelled = [a for a in page.all("a") if "aria-label" in a]
    removals = {a["aria-label"]: a["href"] for a in labelled if a["aria-label"].startswith("Remove filter")}
    assert set(removals) == {
        "Remove filter Author: Kuznetsov",
        "Remove filter Not subject: Weather",
        "Remove filter From July 1951",
    }
    assert removals["Remove filter Author: Kuznetsov"] == (
        "/search?q=armistice&not.subject=Weather&date_from=1951-07&sort=date"
    )
    assert "/search?q=armistice&sort=date" in page.links()  # clear filters


def test_the_form_carries_the_filters_but_not_the_page(get):
    page = get("/search?q=armistice&author=Kuznetsov&date_from=1951&sort=date&per_page=25&page=1")
    hidden = {(i["name"], i["value"]) for i in page.all("input", type="hidden")}
    assert hidden == {("author", "Kuznetsov"), ("sort", "date"), ("per_page", "25")}
    assert page.all("input", name="date_from", value="1951")


def test_facets_add_exclude_and_reach_the_missing(get):
    page = get("/search?q=armistice")
    links = page.links()
    assert "/search?q=armistice&author=Kuznetsov" in links
    assert "/search?q=armistice&not.author=Kuznetsov" in links
    assert "/search?q=armistice&missing=author" in links
    assert "/search?q=armistice&missing=date" in links
    assert "/search?q=armistice&date=1953" in links
    narrower = re.compile(r"/search.*[?&](not\.)?(author|subject|date|missing)=")
    assert all("nofollow" in attrs["rel"] for attrs in page.all("a") if narrower.match(attrs["href"]))


def test_a_selected_value_is_first_and_can_be_dropped(get):
    page = get("/search?q=armistice&author=V.+Razuvayev&author=Kuznetsov")
    assert "/search?q=armistice&author=V.+Razuvayev" in page.links()
    assert page.text.index("Remove filter V. Razuvayev") < page.text.index("V.M. Molotov , 1 document")


def test_empty_years_are_drawn(get):
    page = get("/search?q=armistice&date=1951&date=1953")
    assert re.search(r"1951 .* 1952 .* 1953", page.text)


def test_dates_lead_from_years_to_days_and_back(get):
    page = get("/search?q=armistice&date=1953")
    assert re.search(r"All dates 1953 January .* July , 2 documents .* December 0", page.text)
    assert "/search?q=armistice&date=1953-07" in page.links()
    page = get("/search?q=armistice&date=1953-07")
    assert re.search(r"All dates 1953 July 4 July , 1 document 1 Day not known , 1 document", page.text)
    page = get("/search?q=armistice&date=1953-07-04")
    assert re.search(r"All dates 1953 July 4 Remove filter 4 July", page.text)
    for up in ("", "&date=1953", "&date=1953-07"):
        assert f"/search?q=armistice{up}" in page.links()


def test_a_date_that_cannot_be_used_is_said_above_the_results(get):
    page = get("/search?q=armistice&date_from=soon")
    assert "Not every date could be used" in page.text
    assert "#date_from" in page.links()
    assert "Not every date" not in get("/search?q=armistice&date_from=1951").text


def test_the_hint_on_the_home_page_names_a_year_of_the_archive(get, make_client):
    assert "before:1953 a time" in get("/").text
    client = make_client(document("a", "War", date="1864-05"), document("b", "Peace", date="1865"))
    assert "before:1865 a time" in get("/", client=client).text


def test_the_receipt_tells_all_that_a_negative_finding_rests_on(get):
    page = get("/search?q=weather&author=Kuznetsov&match=all")
    assert "Filters Author: Kuznetsov All words must match Found 0 documents" in page.text
    page = get("/search?q=mao+weather+korean")
    assert "with some of the words, none with all" in page.text


def test_what_cannot_be_narrowed_or_sorted_is_not_offered_to_be(get):
    page = get("/search?q=zeppelin")
    assert "Narrow these results" not in page.text
    assert "Dates between" not in page.text
    page = get("/search?q=zeppelin&date_from=1951")
    assert "Change the filters" in page.text
    assert page.all("input", name="date_from", value="1951")
    assert "Sort" not in get("/search?q=zedong").text
    assert "Sort" in get("/search?q=armistice").text


def test_several_years_can_be_chosen(get):
    several = "/search?q=armistice&date=1953&date_interval=year"
    assert several in get("/search?q=armistice&date=1953").links()
    page = get(several)
    assert "/search?q=armistice&date=1953&date=1951&date_interval=year" in page.links()
    assert "/search?q=armistice&date=1953" in page.links()


def test_wide_dates_begin_with_decades(get, make_client):
    client = make_client(*(document(f"d{y}", "War", date=f"{y}") for y in (1653, 1951, 1953)))
    page = get("/search", client=client)
    assert re.search(r"1650s , 1 document 1 1660s – 1940s 0 1950s , 2 documents", page.text)
    page = get("/search?date=1953", client=client)
    assert "/search?date=1950s" in page.links()
    assert re.search(r"All dates 1950s 1953", page.text)
    page = get("/search?date=1950s", client=client)
    assert re.search(r"All dates 1950s 1950 0 1951 , 1 document 1 1952 0 1953 , 1 .* 1959 0", page.text)


def test_paging_and_order(get):
    page = get("/search?q=armistice&per_page=1&page=2")
    assert "2–2 of 4 results" in page.text
    assert "/search?q=armistice&per_page=1" in page.links()
    assert "/search?q=armistice&page=3&per_page=1" in page.links()
    assert "/search?q=armistice&sort=title&per_page=1" in page.links()
    assert page.all("a", **{"aria-current": "page"})


def test_no_query_lists_everything_newest_first(get):
    page = get("/search")
    assert page.text.startswith("All documents")
    assert "4 documents" in page.text
    titles = [a["href"] for a in page.all("a") if a["href"].startswith("/documents/")]
    assert titles == ["/documents/kuznetsov", "/documents/molotov", "/documents/razuvayev", "/documents/note"]


def test_a_bad_value_is_shown_beside_its_field_and_the_rest_runs(get):
    page = get("/search?q=armistice&date_from=19x&date_to=1953&page=0&utm_campaign=x")
    assert page.all("input", name="date_from", value="19x", **{"aria-invalid": "true"})
    assert "'19x' is no date" in page.text
    assert "whole number" in page.text
    assert page.all("details", **{"class": "fold", "open": ""})
    assert "3 results" in page.text


def test_a_query_too_long_is_kept_in_its_box(get):
    page = get("/search?q=" + "x" * 1001)
    assert page.all("input", name="q", value="x" * 1001, **{"aria-invalid": "true"})


def test_undated_documents_left_out_by_dates_can_be_had_back(get):
    page = get("/search?date_from=1951")
    assert "Undated documents are left out" in page.text
    assert "4 documents" in get("/search?date_from=1951&undated=include").text


def test_nothing_found_shows_the_ways_out(get):
    page = get("/search?q=gromyko&author=V.M.+Molotov&match=all")
    assert "No document matches gromyko within this filter" in page.text
    assert "/search?q=gromyko&match=all" in page.links()
    assert "without Author: V.M. Molotov 1 document" in page.text
    assert page.all("input", name="q", value="gromyko")


def test_a_relaxed_search_says_so(get):
    page = get("/search?q=gromyko+weather")
    assert "No document has all the words; these have some of them" in page.text


def test_a_page_beyond_the_last_leads_back(get):
    page = get("/search?q=armistice&page=9")
    assert "There is no page 9" in page.text
    assert "/search?q=armistice" in page.links()


def test_an_empty_index_says_how_to_fill_it(get, make_client):
    client = make_client()
    for path in ("/", "/search", "/search?q=peace"):
        page = get(path, client=client)
        assert "There are no documents here yet" in page.text
        assert "opis-index FOLDER" in page.text


def test_a_document_shows_what_is_known_of_it(get):
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


def test_a_document_read_with_a_query_leads_from_hit_to_hit_and_back(get):
    page = get("/documents/molotov?q=armistice&subject=Korea")
    assert "2 matches for armistice" in page.text
    assert page.all("mark", id="hit-1")
    assert page.all("mark", id="hit-2")
    assert "#hit-1" in page.links()
    assert "/search?q=armistice&subject=Korea" in page.links()
    assert "1 of 2" in page.text
    assert "/documents/kuznetsov?q=armistice&subject=Korea" in page.links()


def test_the_next_result_may_be_on_the_next_page(get):
    page = get("/documents/kuznetsov?sort=date&per_page=1&page=2")
    assert "2 of 4" in page.text
    assert page.all("a", rel="prev")[0]["href"] == "/documents/razuvayev?sort=date&per_page=1"
    assert page.all("a", rel="next")[0]["href"] == "/documents/molotov?sort=date&page=3&per_page=1"


def test_a_query_that_matches_nothing_in_the_document_says_so(get):
    page = get("/documents/note?q=zeppelin")
    assert "zeppelin matches nothing in this document" in page.text
    assert not page.all("mark")


def test_an_approximate_date_says_its_days(get):
    assert "circa July 1953 (July 1953, approximate)" in get("/documents/kuznetsov").text
    assert "Undated" in get("/documents/note").text


def test_every_link_of_every_page_works(get, client):
    seen = set()
    waiting = ["/", "/search?q=armistice", "/search?q=zeppelin&author=Mao", "/documents/note?q=armistice"]
    while waiting and len(seen) < 150:
        url = waiting.pop(0)
        if url in seen or urlsplit(url).scheme or url.startswith("#"):
            continue
        seen.add(url)
        response = client.get(url, buffered=True)
        assert response.status_code == 200, url
        if response.content_type.startswith("text/html") and len(seen) < 40:
            page = get(url)
            waiting += [*page.links(), *(a["href"] for a in page.all("link") if a["rel"] != "canonical")]
            waiting += [a["src"] for a in page.all("script") + page.all("img")]
    assert len(seen) > 60


def test_robots_and_health(client):
    assert "Disallow: /search?" in client.get("/robots.txt").text
    health = client.get("/healthz").json
    assert health["status"] == "ok"
    assert health["documents"] == 4


def test_a_full_results_page_is_small(make_client):
    many = [
        Document(f"d{n}", f"Telegram {n} on the armistice", "Long talks. " * 60, authors=(f"A{n}",))
        for n in range(60)
    ]
    client = make_client(*many)
    page = client.get("/search?q=armistice+talks&per_page=10&facet_limit=10").data
    assets = [
        client.get(f"/static/{name}", buffered=True).data for name in ("opis.css", "hits.js", "favicon.svg")
    ]
    assert len(page) + sum(map(len, assets)) < SIZE_LIMIT
