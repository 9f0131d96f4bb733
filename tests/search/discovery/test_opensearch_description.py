"""The OpenSearch description has what the specification asks for, whatever the archive is called."""

import pytest
from lxml import etree

from search.discovery.opensearch_description import opensearch_description
from search.settings import Site

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
ADDRESS = "https://example.org/letters"


def described(site: Site) -> etree._Element:
    root = etree.fromstring(opensearch_description(site, ADDRESS))
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"
    return root


def test_a_browser_searches_by_it() -> None:
    root = described(Site(title="Armistice Papers", intro="Telegrams of 1951–1953."))
    assert root.findtext(f"{NAMESPACE}ShortName") == "Armistice Papers"
    assert root.findtext(f"{NAMESPACE}Description") == "Telegrams of 1951–1953."
    assert {
        (url.get("type"), url.get("rel"), url.get("template")) for url in root.iter(f"{NAMESPACE}Url")
    } == {
        ("text/html", "results", f"{ADDRESS}/search?q={{searchTerms}}"),
        ("application/atom+xml", "results", f"{ADDRESS}/search.atom?q={{searchTerms}}"),
        (
            "application/x-suggestions+json",
            "suggestions",
            f"{ADDRESS}/api/v1/suggest?q={{searchTerms}}&format=opensearch",
        ),
        ("application/opensearchdescription+xml", "self", f"{ADDRESS}/opensearch.xml"),
    }
    assert root.findtext(f"{NAMESPACE}Image") == f"{ADDRESS}/favicon.ico"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Letters of the Smith family", "Letters of the…"),
        ("x" * 16, "x" * 16),
        ("x" * 17, "x" * 15 + "…"),
        (" two\nlines ", "two lines"),
        ("", "Opis"),
        (" \t", "Opis"),
        ("<b>\x00&", "<b>\N{REPLACEMENT CHARACTER}&"),
        ("письма", "письма"),
    ],
)
def test_names_are_as_short_as_they_must_be(title: str, short: str) -> None:
    root = described(Site(title=title, intro="word " * 1000))
    assert root.findtext(f"{NAMESPACE}ShortName") == short
    assert len(root.findtext(f"{NAMESPACE}LongName", "")) <= 48
    assert 0 < len(root.findtext(f"{NAMESPACE}Description", "")) <= 1024
