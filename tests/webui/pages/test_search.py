"""The results page: results, filters in use, facets, sorting, pagination, and what went wrong."""

import re
from typing import get_args

import pytest
from flask.testing import FlaskClient

from search.request import Sort
from search.wording.options import order_texts
from tests.webui.html_page import Get


def test_results_are_numbered_marked_and_counted(get: Get) -> None:
    page = get("/search?q=armistice")
    assert "4 results for armistice" in page.text
    assert page.all("ol", start="1")
    assert page.all("mark")
    assert page.all("meta", name="robots", content="noindex")
    assert page.all("a", id="first")
    assert "/documents/molotov?q=armistice" in page.links()


def test_a_snippet_says_its_field_unless_it_is_the_text(get: Get) -> None:
    assert "Summary Molotov writes about the armistice" in get("/search?q=armistice&author=V.M.+Molotov").text


def test_a_result_shows_one_passage_the_rest_on_demand_and_how_often_it_matches(get: Get) -> None:
    [result] = get("/search?q=armistice&author=V.M.+Molotov").find("li", "result")
    assert len(result.find("p", "snippet")) == 2  # one of them folded
    [folded] = result.find("details")
    assert folded.text.startswith("+ 1 more passage The armistice negotiations go on.")
    [first] = [link for link in result.find("a") if link.attrs["href"].endswith("#hit-1")]
    assert first.text == "2 matches in this document"


def test_a_result_matched_in_its_title_alone_has_no_passage(get: Get) -> None:
    [result] = get("/search?q=unsigned").find("li", "result")
    assert not result.find("p", "snippet")


def test_the_view_is_kept_in_every_link_to_a_page_and_in_no_other(get: Get) -> None:
    page = get("/search?q=armistice&per_page=1&view=full")
    assert not page.find("details", "within")
    assert page.all("input", type="hidden", name="view", value="full")
    assert "/search?q=armistice&per_page=1" in page.links()  # the compact view
    kept = [link for link in page.links() if link.startswith(("/search?", "/facets/", "/documents/"))]
    others = [link for link in page.links() if link.startswith(("/api/", "/search.atom"))]
    assert [link for link in kept if "view=full" not in link] == ["/search?q=armistice&per_page=1"]
    assert not [link for link in others if "view" in link]
    assert get("/search?q=armistice&view=huge").links() == get("/search?q=armistice").links()


def test_chips_say_their_filter_and_each_can_be_removed(get: Get) -> None:
    page = get("/search?q=armistice&author=Kuznetsov&not.subject=Weather&date_from=1951-07&page=1&sort=date")
    labelled = [a for a in page.all("a") if "aria-label" in a]
    removals = {a["aria-label"]: a["href"] for a in labelled if a["aria-label"].startswith("Remove filter")}
    assert set(removals) == {
        "Remove filter Author: Kuznetsov",
        "Remove filter Not subject: Weather",
        "Remove filter From July 1951",
    }
    assert removals["Remove filter Author: Kuznetsov"] == (
        "/search?q=armistice&not.subject=Weather&date_from=1951-07&sort=date#found"
    )
    assert "/search?q=armistice&sort=date" in page.links()  # clear filters


def test_the_form_carries_the_filters_but_not_the_page(get: Get) -> None:
    page = get("/search?q=armistice&author=Kuznetsov&date_from=1951&sort=date&per_page=25&page=1")
    hidden = {(i["name"], i["value"]) for i in page.all("input", type="hidden")}
    assert hidden == {("sort", "date"), ("per_page", "25")}
    assert page.boxes()["author", "Kuznetsov"]
    assert page.all("input", name="date_from", value="1951")


def test_facets_add_exclude_and_reach_the_missing(get: Get) -> None:
    page = get("/search?q=armistice")
    links, boxes = page.links(), page.boxes()
    assert boxes["author", "Kuznetsov"] is False
    assert boxes["missing", "author"] is False
    assert ("not.author", "Kuznetsov") in page.exclusions()
    assert "/search?q=armistice&missing=date" in links
    assert "/search?q=armistice&date=1953" in links
    narrower = re.compile(r"/search.*[?&](not\.)?(author|subject|date|missing)=")
    assert all("nofollow" in attrs["rel"] for attrs in page.all("a") if narrower.match(attrs["href"]))


def test_what_is_left_out_last_is_left_out_though_its_box_was_checked(get: Get) -> None:
    page = get("/search?q=armistice&author=Kuznetsov&not.author=Kuznetsov")
    assert [box for box, checked in page.boxes().items() if checked] == [("not.author", "Kuznetsov")]
    assert ("not.author", "Kuznetsov") not in page.exclusions()


def test_a_selected_value_is_first_and_can_be_dropped(get: Get) -> None:
    page = get("/search?q=armistice&author=V.+Razuvayev&author=Kuznetsov")
    assert list(page.boxes().items())[:3] == [
        (("author", "Kuznetsov"), True),
        (("author", "V. Razuvayev"), True),
        (("author", "V.M. Molotov"), False),
    ]


def test_filters_without_a_box_on_the_page_are_kept(get: Get) -> None:
    page = get("/search?q=armistice&author=Kuznetsov&not.author=Stalin&type=telegram&missing=place&date=1953")
    kept = {(field["name"], field["value"]) for field in page.all("input", type="hidden")}
    checked = {box for box, is_checked in page.boxes().items() if is_checked}
    assert kept | checked == {
        ("author", "Kuznetsov"), ("not.author", "Stalin"), ("type", "telegram"), ("missing", "place")
    }  # fmt: skip
    assert checked == {("author", "Kuznetsov"), ("not.author", "Stalin")}
    assert page.all("input", name="date", value="1953")


def test_what_forms_and_people_write_leads_to_one_address(client: FlaskClient) -> None:
    for typed, address in {
        "q=war&date=&date_from=&date_to=": "q=war",
        "q=war&date=March+1951&author=Mao": "q=war&date=1951-03&author=Mao",
        "q=&date_from=12+March+1951&utm_source=x": "date_from=1951-03-12",
    }.items():
        assert client.get(f"/search?{typed}").location == f"/search?{address}"


def test_a_date_in_figures_says_how_it_was_read(get: Get) -> None:
    page = get("/search?q=armistice&date_from=3/12/1951")
    assert "3/12/1951 was read as 12 March 1951. 3 December 1951 instead" in page.text
    assert "/search?q=armistice&date_from=1951-12-03" in page.links()
    assert "From 12 March 1951" in page.text


def test_a_date_that_cannot_be_used_is_said_above_the_results(get: Get) -> None:
    page = get("/search?q=armistice&date_from=soon")
    assert "Not every date could be used" in page.text
    assert "#dates" in page.links()
    assert "Not every date" not in get("/search?q=armistice&date_from=1951").text


def test_the_receipt_tells_all_that_a_negative_finding_rests_on(get: Get) -> None:
    page = get("/search?q=weather&author=Kuznetsov&match=all")
    assert "Words: all had to match Filter: Author: Kuznetsov Order: by relevance Found: 0 of 4" in page.text
    page = get("/search?q=mao+weather+korean")
    assert "no document has all of them; those with some of them were found" in page.text


def test_what_cannot_be_narrowed_or_sorted_is_not_offered_to_be(get: Get) -> None:
    page = get("/search?q=zeppelin")
    assert "Narrow these results" not in page.text
    assert not page.all("input", name="date_from")
    page = get("/search?q=zeppelin&date_from=1951")
    assert "Change the filters" in page.text
    assert page.all("input", name="date_from", value="1951")
    assert "Sort" not in get("/search?q=zedong").text
    assert "Sort" in get("/search?q=armistice").text


def test_paging_and_order(get: Get) -> None:
    page = get("/search?q=armistice&per_page=1&page=2")
    assert "2–2 of 4 results" in page.text
    assert "/search?q=armistice&per_page=1" in page.links()
    assert "/search?q=armistice&page=3&per_page=1" in page.links()
    assert "/search?q=armistice&sort=title&per_page=1" in page.links()
    assert page.all("a", **{"aria-current": "page"})


@pytest.mark.parametrize("sort", get_args(Sort))
def test_every_order_has_a_name_and_is_in_the_receipt(get: Get, client: FlaskClient, sort: Sort) -> None:
    choices = get(f"/search?q=armistice&sort={sort}").find("nav", "choices")
    [current] = [a.text for nav in choices for a in nav.find("a", **{"aria-current": "true"})][:1]
    assert current == order_texts()[sort]
    receipt = client.get(f"/api/v1/search/receipt?q=armistice&sort={sort}&format=text").text
    assert re.search(r"^Order: .+", receipt, re.MULTILINE)


def test_recently_added_is_reached_from_the_home_page(get: Get) -> None:
    assert "Recently added" not in get("/search?q=armistice").text
    assert "/search?sort=-indexed" in get("/").links()
    page = get("/search?sort=-indexed")
    assert "Recently added" in page.text
    assert page.all("input", type="hidden", name="sort", value="-indexed")


def test_no_query_lists_everything_newest_first(get: Get) -> None:
    page = get("/search")
    assert page.text.startswith("All documents")
    assert "4 documents" in page.text
    titles = [a["href"] for a in page.all("a") if a["href"].startswith("/documents/")]
    assert titles == ["/documents/kuznetsov", "/documents/molotov", "/documents/razuvayev", "/documents/note"]


def test_a_bad_value_is_shown_beside_its_field_and_the_rest_runs(get: Get) -> None:
    page = get("/search?q=armistice&date_from=19x&date_to=1953&page=0&utm_campaign=x")
    assert page.all("input", name="date_from", value="19x", **{"aria-invalid": "true"})
    assert "'19x' is no date" in page.text
    assert "whole number" in page.text
    assert page.all("span", **{"class": "problem", "id": "date_from-problem"})
    assert "3 results" in page.text


def test_a_query_too_long_is_kept_in_its_box(get: Get) -> None:
    page = get("/search?q=" + "x" * 1001)
    assert page.all("input", name="q", value="x" * 1001, **{"aria-invalid": "true"})


def test_undated_documents_left_out_by_dates_can_be_had_back(get: Get) -> None:
    page = get("/search?date_from=1951")
    assert "Undated documents are left out" in page.text
    assert "4 documents" in get("/search?date_from=1951&undated=include").text


def test_nothing_found_shows_the_ways_out(get: Get) -> None:
    page = get("/search?q=gromyko&author=V.M.+Molotov&match=all")
    assert "No document matches gromyko within this filter" in page.text
    assert "/search?q=gromyko&match=all" in page.links()
    assert "without Author: V.M. Molotov 1 document" in page.text
    assert page.all("input", name="q", value="gromyko")


def test_a_relaxed_search_says_so(get: Get) -> None:
    page = get("/search?q=gromyko+weather")
    assert (
        "No document has all the words; these have some of them, those with most of them first" in page.text
    )
    page = get("/search?q=gromyko+weather+armistice&per_page=2")
    assert "1–2 of 4 with some of these words · 0 with all" in page.text
    assert "results for" not in page.text
    [title] = page.find("title")
    assert title.text.startswith("gromyko weather armistice (some of these words) · Search results")


def test_a_malformed_query_has_one_notice_and_a_suggestion_that_is_whole(get: Get) -> None:
    page = get("/search?q=(armistise+AND+%22talks")
    [notice] = [p.text for p in page.find("p", "notice") if "suggestion" not in p.attrs["class"]]
    assert notice.startswith("A parenthesis is not closed")
    assert "quotation mark is not closed" in notice
    assert "Did you mean (armistice AND talks) ? 1 document" in page.text


def test_few_results_are_followed_by_more_with_some_of_the_words(get: Get) -> None:
    page = get("/search?q=armistice+talks+korean")
    assert "1 result for armistice talks korean" in page.text
    assert "3 more documents with some of these words" in page.text
    assert "They are not counted above. All 4 together , those with most of the words first" in page.text
    assert page.all("ol", start="2")
    assert "/search?q=armistice+talks+korean&match=most" in page.links()
    assert "/documents/note?q=armistice+talks+korean" in page.links()
    together = get("/search?q=armistice+talks+korean&match=most")
    assert "4 results for armistice talks korean" in together.text
    assert "Most of the words first" in together.text
    assert "more document" not in together.text


def test_more_stands_below_the_last_page_alone(get: Get) -> None:
    assert "more document" not in get("/search?q=armistice+telegram&per_page=1").text
    assert (
        "2 more documents with some of these words"
        in get("/search?q=armistice+telegram&per_page=1&page=2").text
    )
    assert "more document" not in get("/search?q=armistice+telegram&per_page=1&page=3").text


def test_an_interpretation_is_a_filter_on_offer(get: Get) -> None:
    page = get("/search?q=armistice+July+1953&match=any")
    assert "Add filter Date: July 1953 , 2 documents" in page.text
    assert "these come first" in page.text
    assert "/search?q=armistice+July+1953&date=1953-07&match=any" in page.links()
    page = get("/search?q=armistice+July+1953&match=any&sort=title")
    assert "Add filter Date: July 1953 , 2 documents" in page.text
    assert "these come first" not in page.text
    assert "Add filter" not in get("/search?q=armistice+July+1953&date=1953-07").text
    assert "Add filter" not in get("/search?q=armistice+4+July+1953").text  # there are no others


def test_a_page_beyond_the_last_leads_back(get: Get) -> None:
    page = get("/search?q=armistice&page=9")
    assert "There is no page 9" in page.text
    assert "/search?q=armistice" in page.links()
