"""The passages of an HTML page, as a browser would show them without its styles."""

import re
from typing import TYPE_CHECKING

from index.encoding import Decoded, decode_declared, decode_text, marked_encoding
from index.extracted import Passage, ReadError
from index.formats.support.hocr import page_label, part_of
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.tree import text_of
from index.formats.support.whole_words import is_note_mark, joined
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

DROPPED = frozenset({
    "script", "style", "nav", "noscript", "template", "head", "svg", "iframe", "object", "audio", "video",
    "canvas", "select", "textarea", "button", "datalist", "map",
})  # fmt: skip
REPLACED = frozenset({  # something that is no text stands in their place
    "img", "input", "embed", "svg", "iframe", "object", "audio", "video", "canvas", "select", "textarea",
    "button",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "xmp", "listing",
    "option",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_CHARSET_WITHIN = 4096  # bytes
_WIDE = re.compile(r"utf-?(?:7|16|32)|ucs-?[24]", re.IGNORECASE)
_NOTED = re.compile(r"[^\W\d_]\Z|[.,;:!?)”’\"»…]\Z")  # what may have a note mark behind it
_SPACES = re.compile(r"\s+")
_TOO_DEEP = "Excessive depth"


def parse_html(data: bytes | str, *, strict_xml: bool = False) -> "_Element | None":
    """The root of a page; None for an empty one. Raises ReadError if it is not text or nested too deeply.

    In `strict_xml` (XHTML) any element may be self-closing (`<script/>`), which HTML does not have.
    """
    from lxml import etree  # noqa: PLC0415

    text = data if isinstance(data, str) else page_text(data).text
    if strict_xml:
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    except (etree.LxmlError, ValueError) as error:
        if "empty" in str(error):
            return None
        raise ReadError(f"Its HTML cannot be read: {str(error).rstrip('.')}.") from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise ReadError("Its HTML is nested too deeply.")  # the parser dropped what is deeper
    return root


def page_text(data: bytes) -> Decoded:
    """The text of a page, by its byte order mark, its declared encoding, or as any text.

    Raises ReadError if it is no text.
    """
    declared = None if marked_encoding(data) else _CHARSET.search(data[:_CHARSET_WITHIN])
    name = declared[1].decode("ascii") if declared else ""
    if _WIDE.match(name):  # what declares it in ASCII is not in it
        name = ""
    return decode_declared(data, name) if name else decode_text(data)


def passages_of(root: "_Element") -> tuple[Passage, ...]:
    """The headings, paragraphs, list items, quotes, preformatted texts and table rows below an element."""
    from lxml import etree  # noqa: PLC0415

    walker = _Walker()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            walker.end(element)
        elif not walker.start(element):
            walk.skip_subtree()
    return walker.builder.passages


def _is_dropped(element: "_Element") -> bool:
    return (
        element.tag in DROPPED
        or element.get("hidden") is not None
        or element.get("role") == "navigation"
        or "display:none" in element.get("style", "").replace(" ", "").lower()
    )


def _is_raised(element: "_Element") -> bool:
    """Whether an inline element stands above the line, or is a reference to a note."""
    if element.tag == "sup" or "vertical-align:super" in element.get("style", "").replace(" ", "").lower():
        return True
    is_link = element.tag == "a" and "#" in element.get("href", "")
    return is_link and is_note_mark(text_of(element)) and _NOTED.search(_text_before(element)) is not None


def _text_before(element: "_Element") -> str:
    """The text directly before an element, in the element around it."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return text or ""


class _Walker:
    """A walk over the elements of a page, which keeps track of open lists, quotes and tables."""

    def __init__(self) -> None:
        self.builder = PassageBuilder()
        self._lists: list[int | None] = []  # the number of the last item, None where they have none
        self._quotes = 0
        self._layouts: list[bool] = []  # for each open table, whether it only serves layout
        self._dropped: list[_Element] = []
        self._pages = 0  # of those that OCR marked

    def start(self, element: "_Element") -> bool:
        """Start an element; return False if its content is not read."""
        if element.tag in REPLACED:
            self.builder.text(" ")
        if _is_dropped(element):
            self._dropped.append(element)
            return False
        tag = str(element.tag)
        self._recognised(element, ends=False)
        match tag:
            case "br":
                self.builder.text("\n")
            case "ol" | "ul" | "menu" | "dir":
                self._lists.append(_first_number(element) if tag == "ol" else None)
            case "blockquote":
                self._quotes += 1
            case "table":
                self._layouts.append(_is_layout(element))
        if tag == "tr" and not self._in_layout:
            self.builder.begin_row()
        elif tag in BLOCKS and not self._is_cell(tag):
            self.builder.begin(*self._kind(tag))
        elif _is_raised(element):
            self.builder.begin_raised()
        self._text(element.text)
        return True

    def end(self, element: "_Element") -> None:
        """End an element, and add its tail, which is text of its parent."""
        if self._dropped and self._dropped[-1] is element:
            self._dropped.pop()
        else:
            tag = str(element.tag)
            if tag == "tr" and not self._in_layout:
                self.builder.end_row()
            elif self._is_cell(tag):
                self.builder.end_cell()
            elif tag in BLOCKS:
                self.builder.end()
            elif _is_raised(element):
                self.builder.end_raised()
            match tag:
                case "ol" | "ul" | "menu" | "dir":
                    self._lists.pop()
                case "blockquote":
                    self._quotes -= 1
                case "table":
                    self._layouts.pop()
            self._recognised(element, ends=True)
        self._text(element.tail)

    def _recognised(self, element: "_Element", *, ends: bool) -> None:
        """Lines and words that OCR marked stand apart, whether there is a space between them or not."""
        match part_of(element):
            case "page" if not ends:
                self._pages += 1
                self.builder.page = page_label(element, self._pages)
            case "paragraph" if str(element.tag) not in BLOCKS:
                (self.builder.end if ends else self.builder.begin)()
            case "line":
                self.builder.begin_line()
            case "word":
                self.builder.text(" ")

    @property
    def _in_layout(self) -> bool:
        return not self._layouts or self._layouts[-1]

    def _is_cell(self, tag: str) -> bool:
        return tag in {"td", "th"} and not self._in_layout

    def _kind(self, tag: str) -> tuple[BlockKind | None, int, str]:
        if tag in _HEADINGS:
            return "heading", _HEADINGS[tag], ""
        if tag in {"pre", "xmp", "listing"}:
            return "preformatted", 0, ""
        if tag == "blockquote":
            return "quote", self._quotes, ""
        if tag == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                self._lists[-1] = number + 1
            return "list_item", len(self._lists), "" if number is None else f"{number}. "
        return None, 0, ""

    def _text(self, text: str | None) -> None:
        if text:
            self.builder.text(text if self.builder.preformatted else _SPACES.sub(" ", joined(text)))


def _first_number(element: "_Element") -> int:
    start = element.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def _is_layout(table: "_Element") -> bool:
    """Whether a table only serves layout: it has headings or tables inside, or a single column."""
    if table.get("role") in {"presentation", "none"}:
        return True
    rows = columns = 0
    for inside in table.iterdescendants("table", "h1", "h2", "h3", "tr", "td", "th"):
        if inside.tag in _HEADINGS or inside.tag == "table":
            return True
        rows += inside.tag == "tr"
        columns += inside.tag in {"td", "th"}
    return columns <= rows
