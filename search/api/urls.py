"""Every address of the site: pages and API endpoints, as paths from its root.

`*_url` leads to a page, `*_api_url` to the same as JSON. A page and its endpoint take the same
parameters, defaults left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, quote_plus

from search.parameters.facet_listing import listing_parameters
from search.parameters.filters import filter_parameter
from search.parameters.question import to_parameters
from search.request import FacetListing, Filter, Question

API = "/api/v1"
"""What the path of every endpoint begins with."""
SEARCH = "/search"
"""The search page; below API the search endpoint, below a document's endpoint the search in it."""
FEED = "/search.atom"
"""The feed of a search."""
RECEIPT = "/receipt"
"""Below the search endpoint: the receipt of a search."""
SUGGESTIONS = "/suggest"
"""Below API: completions of a query that is being typed."""
EXPORT = "/export"
"""All documents of a search as a file."""
SIMILAR = "/similar"
"""Below a document's endpoint: the documents similar to it."""
CITATION = "/citation"
"""Below a document's endpoint: how it is cited."""
ORIGINAL = "/file"
"""Below a document's page: its original file."""
OPENAPI = "/openapi.json"
"""The description of the API."""
HEALTH = "/healthz"
"""The health check."""
ERRORS = "/help/errors"
"""The page that explains the errors of the API."""
ROBOTS = "/robots.txt"
"""What crawlers should not follow, and where the sitemap is."""
SITEMAP = "/sitemap.xml"
"""The addresses of all documents, or of the parts of the sitemap that have them."""
SITEMAP_PART = "/sitemap-"
"""What the path of each part begins with: a sitemap may list addresses of its own folder alone."""
OPENSEARCH = "/opensearch.xml"
"""How a browser searches the archive."""
FAVICON = "/favicon.ico"
"""Where browsers look for an icon unasked."""
_FOR_PROGRAMS = ("/api/", FEED, OPENAPI, OPENSEARCH, SITEMAP, SITEMAP_PART)


def is_for_programs(path: str) -> bool:
    """Whether a program reads this address: it cannot show a page, and may be one of another site."""
    return path.startswith(_FOR_PROGRAMS)


def problem_url(code: str) -> str:
    """Where the error of this code is explained."""
    return f"{ERRORS}#{code}"


def with_parameters(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with URL parameters; the path alone if there are none."""
    query = _encoded(pairs)
    return f"{path}?{query}" if query else path


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Parameters as `urllib.parse.urlencode` writes them."""
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """A name or a value; the links of a page repeat most of them."""
    return quote_plus(text)


def search_url(question: Question) -> str:
    """The page of a search."""
    return with_parameters(SEARCH, to_parameters(question))


def narrowing_urls(question: Question, field: str) -> Callable[[str], str]:
    """A function that gives the page of a search with a filter on one value more of a facet.

    Equal to `search_url(question.adding(Filter(field, "is", value)))` for a value that has no filter yet, and
    quicker for many values.
    """
    pairs = to_parameters(replace(question, page=1))
    filters = bool(question.text) + len(question.filters)
    before = with_parameters(SEARCH, [*pairs[:filters], filter_parameter(Filter(field, "is"))])
    after = f"&{_encoded(pairs[filters:])}" if pairs[filters:] else ""
    return lambda value: f"{before}{_quoted(value)}{after}"


def search_api_url(question: Question) -> str:
    """A search as JSON."""
    return API + search_url(question)


def feed_url(question: Question) -> str:
    """The feed of a search, which has an order of its own; the same on all pages of the search."""
    return with_parameters(FEED, to_parameters(replace(question.whole, sort=None)))


def receipt_api_url(question: Question, form: str = "json") -> str:
    """The receipt of a search, as JSON or as `text`; the same on all pages of the search."""
    form_pairs = [] if form == "json" else [("format", form)]
    return with_parameters(API + SEARCH + RECEIPT, [*to_parameters(question.whole), *form_pairs])


def export_url(question: Question, form: str) -> str:
    """All documents of a search as a file, in a format of `search.export`."""
    return with_parameters(API + EXPORT, [("format", form), *to_parameters(question.whole)])


def document_url(doc_id: str, question: Question | None = None) -> str:
    """The page of a document, with the matches of a question if there is one."""
    return document_urls(question)(doc_id)


def document_urls(question: Question | None) -> Callable[[str], str]:
    """A function that gives the page of a document, with the matches of a question if there is one."""
    query = with_parameters("", to_parameters(question)) if question else ""
    return lambda doc_id: f"/documents/{quote(doc_id, safe='~')}{query}"


def original_url(doc_id: str, number: int = 1) -> str:
    """The original file of a document; of several the one of this number."""
    pairs = [("number", str(number))] if number > 1 else []
    return with_parameters(document_url(doc_id) + ORIGINAL, pairs)


def sitemap_url(part: int | str) -> str:
    """A part of the sitemap."""
    return f"{SITEMAP_PART}{part}.xml"


def document_api_url(doc_id: str) -> str:
    """A document as JSON."""
    return API + document_url(doc_id)


def permalink(base_url: str, doc_id: str) -> str:
    """The lasting address of a document's page; empty where the site's public address is not known."""
    return base_url + document_url(doc_id) if base_url else ""


def citation_api_url(doc_id: str, form: str) -> str:
    """The citation of a document in a format."""
    return with_parameters(document_api_url(doc_id) + CITATION, [("format", form)])


def in_document_api_url(doc_id: str, question: Question) -> str:
    """The matches of a question in a document, as JSON."""
    return with_parameters(document_api_url(doc_id) + SEARCH, to_parameters(question))


def facet_url(field: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """The page of all values of a facet; `pairs` are the parameters of the listing."""
    return with_parameters(f"/facets/{field}", pairs)


def listing_url(listing: FacetListing) -> str:
    """The page of a listing of facet values."""
    return facet_url(listing.field, listing_parameters(listing))


def listing_api_url(listing: FacetListing) -> str:
    """A listing of facet values as JSON."""
    return API + listing_url(listing)
