"""PAGE: the regions, lines and words of a page. https://github.com/PRImA-Research-Lab/PAGE-XML"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.stream import name_of
from index.formats.support.tree import text_of
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = frozenset({"heading", "headline"})
_FOR_BINDERS = frozenset({"page-number", "catch-word", "signature-mark"})  # types of regions that are no text


def passages_of(page: "_Element", label: str) -> Iterator[Passage]:
    """A passage for each region of text of a `Page`, in their reading order."""
    label = label_of(page) or label
    for region in _in_reading_order(page):
        if region.get("type") not in _FOR_BINDERS and (text := _text(region)):
            kind: BlockKind = "heading" if region.get("type") in _HEADINGS else "paragraph"
            yield Passage(kind, text, 2 if kind == "heading" else 0, label)


def label_of(page: "_Element") -> str:
    """The number that stands on a page."""
    numbers = (_text(region) for region in _regions(page) if region.get("type") == "page-number")
    return next((number for number in numbers if number and len(number) < 10), "")


def _regions(page: "_Element") -> list["_Element"]:
    """What holds lines itself, or has a text as a whole: regions, and cells of tables."""
    named = (
        one for one in page.iter("{*}*") if name_of(one).endswith("region") or name_of(one) == "tablecell"
    )
    return [one for one in named if any(name_of(child) in {"textline", "textequiv"} for child in one)]


def _in_reading_order(page: "_Element") -> list["_Element"]:
    """The regions as the page says they are read; those that it does not name stand at the end."""
    regions = _regions(page)
    order = {
        one.get("regionRef"): place
        for place, one in enumerate(page.iter("{*}RegionRefIndexed", "{*}RegionRef"))
    }

    def place(region: "_Element") -> int:
        around = (one.get("id") for one in (region, *region.iterancestors()))
        return next((order[own] for own in around if own in order), len(order))

    return sorted(regions, key=place)


def _text(region: "_Element") -> str:
    lines = [_line(child) for child in region if name_of(child) == "textline"]
    return "\n".join(filter(None, lines)) or _equivalent(region)


def _line(line: "_Element") -> str:
    """The text of a line, else its words."""
    words = (_equivalent(child) for child in line if name_of(child) == "word")
    return _equivalent(line) or " ".join(filter(None, words))


def _equivalent(element: "_Element") -> str:
    """The best of the readings that stand directly in an element."""
    readings = [child for child in element if name_of(child) == "textequiv"]
    readings.sort(key=lambda one: int(index) if (index := one.get("index") or "0").isdecimal() else 0)
    for reading in readings:
        for name in ("Unicode", "PlainText"):
            text = text_of(next(reading.iterchildren(f"{{*}}{name}"), None)).strip()
            if text:
                return text
    return ""
