"""Dublin Core: a record as a document. https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.extracted import Extracted
from index.formats.catalogue.mapping import distinct, mapped, record, stated_date
from index.formats.support import properties
from index.formats.support.stream import name_of
from index.formats.support.tree import text_of
from index.record_fields import table
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES = (
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/elements/1.0/",
)


def is_term(element: "_Element") -> bool:
    """Whether an element is a term of Dublin Core."""
    tag = element.tag
    return isinstance(tag, str) and tag.startswith(tuple(f"{{{one}}}" for one in NAMESPACES))


def document(file: SourceFile, number: int, dc: "_Element", own_id: str = "") -> Extracted:
    """The document that a record is."""
    found: dict[str, list[str]] = {}
    for child in dc:
        if name_of(child) and (text := text_of(child).strip()):
            found.setdefault(name_of(child), []).append(text)

    def values(term: str) -> Sequence[str]:
        return found.get(term.lower(), ())

    mapping = table("dublin_core")
    fields, extra = mapped("dublin_core", values)
    titles = distinct(values("title"))
    fields["title"] = next(iter(titles), "")
    extra["other titles"] = "; ".join(filter(None, [*titles[1:], extra["other titles"]]))
    fields["language"] = "; ".join(distinct(map(properties.language, values("language"))))
    fields["date"], others = stated_date(
        date for place in mapping["fields"]["date"] for date in values(place)
    )
    extra["other dates"] = "; ".join(others)
    addresses = [one for one in values("identifier") if one.startswith(("http://", "https://"))]
    fields["source_url"] = next(iter(addresses), "")
    places = [place for kind in ("fields", "extra") for some in mapping[kind].values() for place in some]
    known = {place.lower() for place in [*places, *mapping["ignored"].split()]}
    extra |= {name: "; ".join(distinct(texts)) for name, texts in found.items() if name not in known}
    return record(file, number, fields, extra, own_id)
