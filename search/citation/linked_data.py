"""The document as schema.org describes it, in JSON-LD, for search engines and other programs.

The types are those that schema.org has: `ArchiveComponent`, with `Message` for letters (there is no
Letter), `Report`, `NewsArticle` and a few more, as kinds.toml says. A name of which it is not certain whether
it is a person's has no type.
"""

from typing import Any

import msgspec

from search.citation.csl import CslItem, CslName
from search.citation.edtf import edtf
from search.citation.kinds import kind_of
from search.citation.meta_tags import LONGEST, MOST_PEOPLE
from search.citation.names import direct
from search.citation.plain_text import shortened
from search.document import Document
from search.one_line import one_line
from search.vocabulary.languages import language_tag

Json = dict[str, Any]

_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})
"""What could end a script element, or a line of JavaScript. In JSON it stands in strings alone."""


def linked_data(document: Document, item: CslItem, permalink: str = "", parent_permalink: str = "") -> str:
    """The JSON-LD of a document and its item, escaped for a `script` element.

    The permalinks, its own and that of the document it is attached to, are absolute addresses or empty.
    """
    source = one_line(document.source_url)
    described = {
        "@context": "https://schema.org",
        "@type": _types(item),
        "@id": permalink,
        "url": permalink,
        "name": shortened(item["title"], LONGEST),
        "author": [_agent(name) for name in item.get("author", [])[:MOST_PEOPLE]],
        "recipient": [_agent(name) for name in item.get("recipient", [])[:MOST_PEOPLE]],
        "dateCreated": edtf(document.date),
        "locationCreated": _named("Place", item.get("event-place")),
        "inLanguage": list(filter(None, _languages(document, item))),
        "genre": item.get("genre"),
        "abstract": shortened(item.get("abstract", ""), LONGEST),
        "keywords": [word for word in item.get("keyword", "").split("; ") if word],
        "holdingArchive": _named("ArchiveOrganization", item.get("archive")),
        "identifier": _identifiers(item),
        "isPartOf": _wholes(document, item, parent_permalink),
        "isBasedOn": source if source.startswith(("http://", "https://")) else None,
        "creditText": one_line(document.credits),
    }
    text = msgspec.json.encode({key: value for key, value in described.items() if value}).decode()
    return text.translate(_ESCAPES)


def _languages(document: Document, item: CslItem) -> list[str]:
    """The languages that are stated; if none is, that of the text."""
    stated = item.get("language", "")
    return stated.split("; ") if stated else [language_tag(document.text_language)]


def _types(item: CslItem) -> list[str]:
    found = ["ArchiveComponent", kind_of(item.get("genre", "")).schema]
    if "recipient" in item and found[1] not in {"Message", "EmailMessage"}:
        found.append("Message")  # alone has recipients
    return list(filter(None, found))


def _agent(name: CslName) -> Json:
    if "literal" in name:
        return {"name": name["literal"]}
    return {"@type": "Person", "name": direct(name), "familyName": name["family"], "givenName": name["given"]}


def _named(kind: str, name: str | None) -> Json | None:
    return {"@type": kind, "name": name} if name else None


def _identifiers(item: CslItem) -> list[Json]:
    values = {"id": item["id"], "archival reference": item.get("archive_location")}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in values.items()
        if value
    ]


def _wholes(document: Document, item: CslItem, parent_permalink: str) -> list[Json]:
    kind = "ArchiveComponent" if document.parent else "CreativeWork"
    parent = _named(kind, item.get("container-title"))
    if parent and parent_permalink:
        parent |= {"@id": parent_permalink, "url": parent_permalink}
    wholes = [parent, _named("Collection", item.get("archive_collection"))]
    return [whole for whole in wholes if whole]
