"""RIS: one record of tagged lines (Research Information Systems, 2001), as Zotero and EndNote read them."""

from collections.abc import Iterator

from search.citation.csl import CslDate, CslItem
from search.citation.dates import cited_year, date_text, units_of
from search.citation.kinds import kind_of
from search.citation.names import inverted

_TEXTS = {
    "archive_collection": "T2",
    "event-place": "CY",
    "archive": "DB",
    "archive_location": "AN",
    "source": "DP",
    "language": "LA",
    "genre": "M3",
    "abstract": "AB",
    "note": "N1",
}
"""Key of the item -> tag of a line."""


def ris(item: CslItem) -> str:
    """The record of an item, from `TY` to `ER`, its lines ended by CR LF. No field has a line break."""
    lines = [("TY", kind_of(item.get("genre", "")).ris), *_lines(item), ("ER", "")]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in lines)


def _lines(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "ID", item["id"]
    yield "TI", item["title"]
    yield from (("AU", inverted(name)) for name in item.get("author", []))
    yield from (("A2", inverted(name)) for name in item.get("recipient", []))
    if "issued" in item:
        yield "DA", _date(item["issued"])
        year = cited_year(item["issued"])
        if year is not None and year > 0:
            yield "PY", f"{year:04}"
    if "container-title" in item:
        yield ("T3" if "archive_collection" in item else "T2"), item["container-title"]
    for key, tag in _TEXTS.items():
        if text := item.get(key):
            yield tag, str(text)
    yield from (("KW", keyword) for keyword in item.get("keyword", "").split("; ") if keyword)
    if "URL" in item:
        yield "UR", item["URL"].replace(";", "%3B")  # a semicolon separates addresses
        yield "Y2", _date(item["accessed"])


def _date(date: CslDate) -> str:
    """`1953/07/04` of a day, `1953/07` of a month; words for all that is less certain."""
    units = units_of(date)
    if len(units) != 1 or date.get("circa") or units[0][0] < 1:
        return date_text(date)
    year, *rest = units[0]
    return "/".join([f"{year:04}", *(f"{part:02}" for part in rest)])
