"""The `meta` elements of a document's page: what reference managers and catalogues read in its head.

Their names are those that Zotero's translator "Embedded Metadata" reads (github.com/zotero/translators): of
Highwire Press (`citation_*`), Dublin Core, and Zotero's own vocabulary (`z:`, `bib:`), which alone has types
of archival documents, recipients and places in an archive. docs/citing.md says what arrives.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.citation.csl import CslDate, CslItem, CslName
from search.citation.dates import date_text, units_of
from search.citation.edtf import csl_edtf, edtf
from search.citation.kinds import kind_of
from search.citation.names import direct, inverted
from search.citation.plain_text import shortened
from search.document import Document

_WITH_RECIPIENTS = {"letter", "email"}  # types of items that have recipients in Zotero
_WITH_PLACE = {"manuscript", "report", "presentation", "newspaperArticle", "map"}
LONGEST = 4000
"""Characters of a value in the head of a page."""
MOST_PEOPLE = 100
"""Authors, and recipients, in the head of a page."""
_DESCRIPTION = 300  # characters, of which search engines show about half


class MetaTag(NamedTuple):
    """One element: `<meta name="NAME" content="CONTENT">`."""

    name: str
    content: str


def meta_tags(document: Document, item: CslItem, permalink: str = "") -> list[MetaTag]:
    """The elements for a document and its item; `permalink` is the absolute address of its page, or empty."""
    tags = [("description", _description(item)), ("citation_title", item["title"])]
    tags += _creators(item)
    if "issued" in item:
        tags.append(("citation_date", _date(item["issued"])))
    tags += [
        ("citation_language", item.get("language", "")),
        ("citation_abstract", item.get("abstract", "")),
        ("citation_keywords", item.get("keyword", "")),
        ("citation_public_url", permalink),
        ("DCTERMS.created", edtf(document.date)),
        ("DC.type", item.get("genre", "")),
        ("z:itemType", _zotero_type(item)),
        ("z:archive", item.get("archive", "")),
        ("z:archiveLocation", _location(item)),
        ("z:place", item.get("event-place", "") if _zotero_type(item) in _WITH_PLACE else ""),
        ("z:extra", item.get("note", "")),
    ]
    return [MetaTag(name, shortened(content, LONGEST)) for name, content in tags if content]


def _zotero_type(item: CslItem) -> str:
    return kind_of(item.get("genre", "")).zotero


def _creators(item: CslItem) -> Iterator[tuple[str, str]]:
    """Authors and recipients. Zotero drops recipients beside a `citation_author`: with them there is none."""
    authors, recipients = item.get("author", [])[:MOST_PEOPLE], item.get("recipient", [])[:MOST_PEOPLE]
    if recipients and _zotero_type(item) in _WITH_RECIPIENTS:
        yield from (("bib:authors", _for_zotero(name)) for name in authors)
        yield from (("z:recipients", _for_zotero(name)) for name in recipients)
    else:
        yield from (("citation_author", _for_zotero(name)) for name in authors)
    yield from (("DC.creator", inverted(name)) for name in authors)


def _for_zotero(name: CslName) -> str:
    """The name for Zotero, which divides it at a comma or its last space; a final comma keeps it whole."""
    if "literal" in name and " " in name["literal"] and "," not in name["literal"]:
        return f"{name['literal']},"
    return inverted(name)


def _location(item: CslItem) -> str:
    return ", ".join(item[key] for key in ("archive_location", "archive_collection") if key in item)


def _date(date: CslDate) -> str:
    """`1953-07-04`, `1953-07` or `1953`; words for all that is less certain, which Zotero keeps."""
    is_plain = len(units_of(date)) == 1 and not date.get("circa") and units_of(date)[0][0] > 0
    return csl_edtf(date) if is_plain else date_text(date)


def _description(item: CslItem) -> str:
    """The summary, or who wrote what to whom and when."""
    if "abstract" in item:
        return shortened(item["abstract"], _DESCRIPTION)
    kind = item.get("genre", "document")
    written = (
        kind[:1].upper()
        + kind[1:]
        + _people(" by ", item.get("author", []))
        + _people(" to ", item.get("recipient", []))
    )
    if "issued" in item:
        written += f", {date_text(item['issued'])}"
    return shortened(f"{item['title']}. {written}.", _DESCRIPTION)


def _people(word: str, names: Sequence[CslName]) -> str:
    return word + ", ".join(map(direct, names)) if names else ""
