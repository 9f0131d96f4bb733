"""ALTO: the words recognised on a page, by lines and blocks. https://www.loc.gov/standards/alto/"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.stream import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def passages_of(page: "_Element", label: str) -> Iterator[Passage]:
    """A paragraph for each block of text of a `Page`, line by line."""
    for block in page.iter("{*}TextBlock"):
        lines = _lines(block)
        if text := "\n".join(filter(None, lines)):
            yield Passage("paragraph", text, 0, label)


def label_of(page: "_Element") -> str:
    """The number that is printed on a page, else its place among the images."""
    return page.get("PRINTED_IMG_NR") or page.get("PHYSICAL_IMG_NR") or ""


def _lines(block: "_Element") -> list[str]:
    lines: list[str] = []
    first_half = False  # of a word whose whole stands there
    for line in block.iter("{*}TextLine"):
        words: list[str] = []
        for one in line:
            name, content = name_of(one), one.get("CONTENT") or ""
            if name == "hyp" and words:
                words[-1] += "" if first_half else (content or "-")
            elif name == "string":
                whole, part = one.get("SUBS_CONTENT") or "", (one.get("SUBS_TYPE") or "").lower()
                if whole and part == "hyppart2" and first_half:
                    first_half = False
                    continue
                first_half = bool(whole) and part == "hyppart1"
                words.append(whole if first_half or (part == "abbreviation" and whole) else content)
        lines.append(" ".join(filter(None, words)))
    return lines
