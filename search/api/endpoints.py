"""Every address that is served: `ENDPOINTS` for programs, and `PAGES` for people.

/openapi.json and docs/api.md are written from these tables. The routes are declared in `webui`;
tests/webui/test_endpoints.py compares them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

import search
from search.api.document_payload import DocumentPayload, InDocumentPayload, SimilarPayload
from search.api.facet_payload import DateListingPayload, ListingPayload
from search.api.page_links import Url
from search.api.payload import AnswerPayload, BrowserSuggestions, SuggestionsPayload
from search.api.urls import (
    API,
    CITATION,
    ERRORS,
    EXPORT,
    FAVICON,
    FEED,
    HEALTH,
    OPENAPI,
    OPENSEARCH,
    ORIGINAL,
    RECEIPT,
    ROBOTS,
    SEARCH,
    SIMILAR,
    SITEMAP,
    SUGGESTIONS,
    sitemap_url,
)
from search.citation.formats import FORMATS
from search.parameters.document import CITED_AS, SIMILAR_TO, WITHIN
from search.parameters.export import MEDIA_TYPES, export_parameters
from search.parameters.facet_listing import facet_parameters
from search.parameters.filters import FacetName
from search.parameters.parameter import Parameter, ParameterTable, Text
from search.parameters.question import SUGGEST, search_parameters
from search.parameters.receipt import receipt_parameters
from search.receipt.receipt import Receipt
from search.request import DATE
from search.schema import Schema
from search.settings import Site

JSON = "application/json"
CSV = MEDIA_TYPES["csv"]
PROBLEM_JSON = "application/problem+json"
TEXT = "text/plain"
ATOM = "application/atom+xml"
SUGGESTIONS_JSON = "application/x-suggestions+json"
DESCRIPTION = "An archive of documents, searchable with Opis."
"""What is said of an archive whose settings say nothing."""
MAX_ID = 2000
"""Characters of an id in an address."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that programs use.

    `path` has the names of its variable parts in braces. `summary` says what it gives. `answers` has for each
    media type the type of its body: what JSON holds, such as a msgspec Struct, or `str` for other text.
    `parameters` gives the table of its parameters for a schema. `errors` are the codes of the errors that it
    may answer with beside those of every endpoint. An answer has an ETag unless `cached` is false, where it
    tells of this very moment. `headers` are others that a program may read, with their meaning.
    """

    path: str
    summary: str
    answers: Mapping[str, Any]
    parameters: Callable[[Schema], ParameterTable] = lambda _: ParameterTable()
    errors: tuple[str, ...] = ()
    cached: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in the description and in the table of contents: the words of its path."""
        return "_".join(re.findall(r"\w+", self.path.removeprefix(API))) or "contents"

    def path_parameters(self, schema: Schema) -> tuple[Parameter, ...]:
        """The parameters that are parts of the path."""
        known = {item.name: item for item in (DOCUMENT_ID, _facet_in_path(schema))}
        return tuple(known[name] for name in re.findall(r"{(\w+)}", self.path))


class HealthPayload(Struct, frozen=True):
    """The index can be searched."""

    status: Literal["ok"]
    engine: str
    documents: int
    generation: str
    updated: str
    version: str


class UnavailablePayload(Struct, frozen=True):
    """The index cannot be searched at the moment."""

    status: Literal["unavailable"]
    detail: str


class ContentsPayload(Struct, frozen=True):
    """What there is: the archive's name and description, the version of the program, and addresses by name.

    What varies in an address stands in braces (RFC 6570).
    """

    title: str
    description: str
    version: str
    links: dict[str, Url]


def contents_payload(site: Site) -> ContentsPayload:
    """The table of contents of the API of a site."""
    links = {endpoint.name: endpoint.path for endpoint in ENDPOINTS}
    pages = {"html": "/", "help": "/help", "errors": ERRORS}
    return ContentsPayload(
        title=site.title,
        description=site.intro or DESCRIPTION,
        version=search.__version__,
        links={"self": site.base_url + API}
        | {name: site.base_url + path for name, path in (links | pages).items()},
    )


def _files(media_types: Iterable[str]) -> dict[str, Any]:
    """The types of bodies that are files for other programs: text, or a list of objects where it is JSON."""
    return {name: list[dict[str, Any]] if name.endswith("+json") else str for name in media_types}


def _facet_in_path(schema: Schema) -> Parameter:
    names = FacetName(tuple(schema.facets))  # dates have an address of their own
    return Parameter("name", "the name of a facet", names, required=True, example="author")


DOCUMENT_ID = Parameter(
    "id", "the id of a document", Text(MAX_ID), required=True, example="003_0ddde7bc56b83a12"
)
_DOCUMENT = f"{API}/documents/{{id}}"
_SEARCH_ERRORS = ("query_too_costly",)

ENDPOINTS = (
    Endpoint(API + SEARCH, "a page of results", {JSON: AnswerPayload}, search_parameters, _SEARCH_ERRORS),
    Endpoint(
        API + SEARCH + RECEIPT,
        "the receipt of a search: how it was understood, what it found, and in which state of the index",
        {JSON: Receipt, TEXT: str},
        receipt_parameters,
        _SEARCH_ERRORS,
        cached=False,
    ),
    Endpoint(
        FEED,
        "the documents of a search that were added last, as an Atom feed",
        {ATOM: str},
        search_parameters,
        _SEARCH_ERRORS,
    ),
    Endpoint(
        API + EXPORT,
        "all documents of a search, as a file",
        _files(MEDIA_TYPES.values()),
        export_parameters,
        ("export_too_large", *_SEARCH_ERRORS),
        cached=False,
        headers={
            "Opis-Total": "the number of documents in the whole file",
            "Opis-Relaxed": "`true` where no document has all the words, but those in it have some",
            "Opis-Generation": "the state of the index that all of them are of",
            "Content-Disposition": "a name for the file",
        },
    ),
    Endpoint(_DOCUMENT, "one document, whole", {JSON: DocumentPayload}, errors=("not_found",)),
    Endpoint(
        _DOCUMENT + SEARCH,
        "every hit of a query inside one document",
        {JSON: InDocumentPayload},
        lambda _: WITHIN,
        ("not_found",),
    ),
    Endpoint(
        _DOCUMENT + SIMILAR,
        "the documents most like it",
        {JSON: SimilarPayload},
        lambda _: SIMILAR_TO,
        ("not_found",),
    ),
    Endpoint(
        _DOCUMENT + CITATION,
        "how it is cited: as a note and an entry of a bibliography, or for a reference manager",
        _files(form.media_type for form in FORMATS.values()),
        lambda _: CITED_AS,
        ("not_found",),
    ),
    Endpoint(
        f"{API}/facets/{DATE}",
        "the dates of a search, in decades, years, months or days",
        {JSON: DateListingPayload, CSV: str},
        lambda schema: facet_parameters(schema, DATE),
        _SEARCH_ERRORS,
    ),
    Endpoint(
        f"{API}/facets/{{name}}",
        "all values of a facet over a search",
        {JSON: ListingPayload, CSV: str},
        facet_parameters,
        ("not_found", *_SEARCH_ERRORS),
    ),
    Endpoint(
        API + SUGGESTIONS,
        "completions of a query that is being typed",
        {JSON: SuggestionsPayload, SUGGESTIONS_JSON: BrowserSuggestions},
        lambda _: SUGGEST,
    ),
    Endpoint(API, "what there is: the addresses of all of these", {JSON: ContentsPayload}),
    Endpoint(OPENAPI, "this API, described for programs (OpenAPI 3.1)", {JSON: dict[str, Any]}),
    Endpoint(
        HEALTH, "200 if a search would work, else 503; the log says why", {JSON: HealthPayload}, cached=False
    ),
)
"""What programs use. A path comes before another that matches it, too."""

PAGES = {
    "/": "the page about the collection",
    SEARCH: "the results page, with the parameters of a search",
    "/documents/{id}": "the page of a document",
    "/documents/{id}" + ORIGINAL: "its original file, to be saved, where "
    "[`site.files`](settings.md#original-files) offers it; `number` is that of one of several",
    "/facets/{name}": "the page of all values of a facet",
    "/help": "how to search, with examples from the archive",
    ERRORS: "what each error of the API means",
    "/about": "the size of the archive, and a health report of its documents",
    ROBOTS: "what crawlers should not follow: search pages and lists of values, which link to each "
    "other without end; and where the sitemap is",
    SITEMAP: "the pages of all documents, for crawlers, or the parts of this list where there are more than "
    "50,000; only where `site.base_url` is set",
    sitemap_url("{part}"): "a part of the sitemap",
    OPENSEARCH: "how browsers search the archive from their address bar (OpenSearch 1.1)",
    FAVICON: "the icon, where browsers look for it unasked",
    "/static/{file}": "styles, scripts and icon of the pages",
}
"""What people see, and what their browsers load: addresses and what is there."""
