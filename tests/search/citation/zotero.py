"""What Zotero makes of the head of a page, by the rules of its translators "Embedded Metadata" and "RDF".

Written after those of github.com/zotero/translators of June 2026, for the names that a page of ours has:

- A name is PREFIX.PROPERTY, with `.`, `:` or `_` between; a known prefix makes it a statement about the page.
- The type of the item is that of `z:itemType`; beside a `citation_title` alone it would be a journal article.
- `citation_*` fields overwrite what statements gave; of several with one name the first counts.
- Authors are the `citation_author`, and then there are no other creators. Without them, they are the
  `bib:authors`, else the `dc:creator`, and each role that the type has is `z:ROLEs`.
- A name is divided at its first comma, after commas and points at its ends have gone; one without any comma
  at its last space. One of a single part is not divided. Initials get a point and a space.
- `dc:type` is the type of letters, reports, manuscripts and others; every `z:` statement is a field as it is.
- Subjects do not become tags, unless another translator asks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.citation import MetaTag

_PREFIXES = {"dc", "dcterms", "bib", "z"}
_HIGHWIRE = {
    "citation_title": "title",
    "citation_date": "date",
    "citation_abstract": "abstractNote",
    "citation_public_url": "url",
    "citation_language": "language",
}
_ROLES = {"letter": ("recipient",), "email": ("recipient",)}
_FIELDS = {
    "letter": "letterType", "report": "reportType", "manuscript": "manuscriptType", "map": "mapType",
    "presentation": "presentationType",
}  # fmt: skip


@dataclass
class ZoteroItem:
    """An item as Zotero saves it: its type, fields, and creators as (role, last name, first name)."""

    type: str
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[tuple[str, str, str]] = field(default_factory=list)


def save(tags: Sequence[MetaTag]) -> ZoteroItem:
    """The item that Zotero saves of a page with these elements."""
    statements: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    for name, content in tags:
        named.setdefault(name, []).append(content)
        prefix, *rest = re.split("[.:_]", name, maxsplit=1)
        if rest and prefix.lower() in _PREFIXES:
            statements.setdefault(f"{prefix.lower()}:{rest[0]}", []).append(content)
    guess = "journalArticle" if "citation_title" in named else "webpage"
    item = ZoteroItem(statements.get("z:itemType", [guess])[0])
    authors = statements.get("bib:authors") or statements.get("dc:creator") or []
    item.creators = [_creator("author", name) for name in authors]
    for role in _ROLES.get(item.type, ()):
        item.creators += [_creator(role, name) for name in statements.get(f"z:{role}s", [])]
    if item.type in _FIELDS and "dc:type" in statements:
        item.fields[_FIELDS[item.type]] = statements["dc:type"][0]
    for name, contents in statements.items():
        if name.startswith("z:") and name not in {"z:itemType", "z:recipients"}:
            item.fields[name.removeprefix("z:")] = contents[0]
    for name, key in _HIGHWIRE.items():
        if name in named:
            item.fields[key] = " ".join(named[name][0].split())
    if "citation_author" in named:
        item.creators = [_creator("author", name) for name in named["citation_author"]]
    item.fields.setdefault("abstractNote", named.get("description", [""])[0])
    return item


def _creator(role: str, written: str) -> tuple[str, str, str]:
    name = written.strip(" .,/[]:")
    if "," in written:
        last, *first = re.split(", ?", name)
    else:
        first_name, _, last = name.rpartition(" ")
        first = [first_name]
    words = re.split(r"[\s.]+|(?=-)", first[0] if first else "")
    given = " ".join(f"{word}." if re.fullmatch("-?[A-ZЀ-Я]", word) else word for word in words if word)
    return role, last, given.replace(" -", "-")
