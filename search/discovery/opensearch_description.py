"""How does a browser search the archive? An OpenSearch 1.1 description, found by `rel=search` in pages.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from lxml import etree

from search.api.endpoints import ATOM, SUGGESTIONS_JSON
from search.api.urls import API, FAVICON, FEED, OPENSEARCH, SEARCH, SUGGESTIONS
from search.feed.xml import add, line, new_element
from search.parameters.question import QUERY
from search.settings import Site

MEDIA_TYPE = "application/opensearchdescription+xml"

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT, _LONG, _DESCRIPTION = 16, 48, 1024  # characters that the elements may have


def opensearch_description(site: Site, address: str) -> bytes:
    """The description of a site at an address, which has no final slash."""
    root = new_element(_NAMESPACE, "OpenSearchDescription")
    title = line(site.title) or "Opis"
    add(root, "ShortName", _cut(title, _SHORT))
    add(root, "Description", _cut(line(site.intro) or f"Search {title}.", _DESCRIPTION))
    add(root, "LongName", _cut(title, _LONG))
    asked = f"?{QUERY.name}={{searchTerms}}"
    add(root, "Url", type="text/html", rel="results", template=address + SEARCH + asked)
    add(root, "Url", type=ATOM, rel="results", template=address + FEED + asked)
    suggestions = f"{address}{API}{SUGGESTIONS}{asked}&format=opensearch"
    add(root, "Url", type=SUGGESTIONS_JSON, rel="suggestions", template=suggestions)
    add(root, "Url", type=MEDIA_TYPE, rel="self", template=address + OPENSEARCH)
    add(root, "Image", address + FAVICON, type="image/svg+xml", width="16", height="16")
    add(root, "InputEncoding", "UTF-8")
    add(root, "OutputEncoding", "UTF-8")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
