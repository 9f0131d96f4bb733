"""A page without results says why, and leads on."""

import pytest

from tests.archive import document
from tests.webui.html_page import Get, MakeClient


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=zeppelin", "“zeppelin” is in no document of this archive. All 4 documents were searched."),
        ("q=weather+gromyko&match=all", "Each part of the query is found by itself, but no document meets"),
        ("q=weather+gromyko&match=all", "All words had to match, as asked; nothing was left out"),
        ("q=weather+gromyko&match=all", "together 0 documents"),
        ("q=weather+gromyko&match=all", "with any of the words 2 documents"),
        ("q=weather&author=Kuznetsov", "1 document matches the query, but none within this filter."),
        ("q=weather&author=Kuznetsov", "without Author: Kuznetsov 1 document"),
        (
            "q=mao+zedong+armistice&author=V.+Razuvayev&match=all",
            "the whole query, without filters 1 document",
        ),
        ("q=gromyko+-papers", "Every document that would match has something that was excluded."),
        ("q=gromyko+-papers", "without excluding -papers 1 document"),
        ("q=weather&date_from=1951", "with the undated documents 1 document"),
        ('q="armistice+mao"', "with the words of the phrase standing anywhere 1 document"),
        ("q=kuznetsov&date=1953-08-01", "in 1953 1 document"),
        ("q=kuznetsov&date=1951", "in the 1950s 1 document"),
        ("author=Nobody", "No document passes this filter."),
    ],
)
def test_an_empty_result_is_explained_in_words(get: Get, query: str, said: str) -> None:
    assert said in get(f"/search?{query}").text


def test_a_relaxed_result_offers_what_has_all_the_words(get: Get) -> None:
    page = get("/search?q=mao+weather+korean&author=Kuznetsov")
    assert "All the words are found" not in page.text
    page = get("/search?q=weather+unsigned&missing=author&date_from=1951")
    assert "with the undated documents 1 document" in page.text
    page = get("/search?q=mao+korean&author=V.+Razuvayev")
    assert "No document has all the words within these filters" in page.text


def test_similar_spellings_are_offered_below_few_results_and_among_the_ways_on(
    get: Get, make_client: MakeClient
) -> None:
    read = (
        document("a", "The harvest at Tobruk"),
        document("b", "Tbe harvcst at Tobruck"),
        document("c", "Rain"),
    )
    client = make_client(*read)
    few = get("/search?q=harvest", client=client)
    assert "Few documents? The same search in similar spellings of every word finds 2." in few.text
    [line] = few.find("p", "few")
    assert [link.attrs["href"] for link in line.find("a")] == ["/search?q=harvest~1"]
    none = get("/search?q=harvast+Tobruck&match=all", client=client)
    assert "in similar spellings of every word 2 documents" in none.text
    assert "Few documents?" not in none.text
    assert "similar spellings" not in get("/search?q=rain", client=client).text
