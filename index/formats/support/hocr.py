"""hOCR: pages, lines and words that OCR recognised, as classes of HTML. https://kba.github.io/hocr-spec/1.2/"""

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

Part = Literal["", "page", "paragraph", "line", "word"]

_PARTS: dict[str, Part] = {
    "ocr_page": "page",
    "ocr_par": "paragraph",
    "ocr_line": "line",
    "ocrx_line": "line",
    "ocr_textfloat": "line",
    "ocr_header": "line",
    "ocr_footer": "line",
    "ocr_caption": "line",
    "ocrx_word": "word",
    "ocr_word": "word",
}
_LOGICAL_PAGE = re.compile(r"\blpageno\s+\"?([^\s;\"]+)")


def part_of(element: "_Element") -> Part:
    """What an element is of a page; "" for any other."""
    classes = element.get("class")
    if not classes or "ocr" not in classes:
        return ""
    return next((_PARTS[name] for name in classes.split() if name in _PARTS), "")


def page_label(page: "_Element", number: int) -> str:
    """The number that is printed on a page, else its place among the pages."""
    match = _LOGICAL_PAGE.search(page.get("title") or "")
    return match[1] if match else str(number)
