"""Addresses of pages and endpoints.

1. An address names its parameters encoded, defaults left out.
2. A page and its endpoint differ in the prefix of the API alone.
3. Choosing a value of a facet is adding its filter.
"""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from search.api import urls
from search.request import FacetListing, Filter, Question
from tests.search.parameters.test_question import QUESTIONS

QUESTION = Question("a b", filters=(Filter("author", "is", "V. Molotov & Co."),))
PARAMETERS = "?q=a+b&author=V.+Molotov+%26+Co."


def test_1_parameters() -> None:
    assert urls.search_url(Question()) == "/search"
    assert urls.search_url(QUESTION) == f"/search{PARAMETERS}"
    assert urls.document_url("fonds/a b~1") == "/documents/fonds%2Fa%20b~1"
    assert urls.document_url("a", QUESTION) == f"/documents/a{PARAMETERS}"
    assert urls.facet_url("author") == "/facets/author"
    listing = FacetListing("author", QUESTION, prefix="mo", page=2)
    assert urls.listing_url(listing) == f"/facets/author{PARAMETERS}&prefix=mo&page=2"


def test_2_endpoints() -> None:
    assert urls.search_api_url(QUESTION) == f"/api/v1/search{PARAMETERS}"
    assert urls.document_api_url("a") == "/api/v1/documents/a"
    assert urls.in_document_api_url("a", QUESTION) == f"/api/v1/documents/a/search{PARAMETERS}"
    assert urls.listing_api_url(FacetListing("date")) == "/api/v1/facets/date"


@given(QUESTIONS, st.text(min_size=1))
def test_3_choosing_a_value(question: Question, value: str) -> None:
    question = question.removing(Filter("author", "is", value)).removing(Filter("author", "not", value))
    chosen = question.adding(Filter("author", "is", value))
    assert urls.narrowing_urls(question, "author")(value) == urls.search_url(chosen)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_1_parameters_are_encoded_as_forms_encode_them(pairs: list[tuple[str, str]]) -> None:
    assert urls.with_parameters("/p", pairs).removeprefix("/p").removeprefix("?") == urlencode(pairs)
