"""A document's text as safe HTML, with what a query matched in it marked, numbered and linked up.

The text is escaped piece by piece, bleach finds the addresses in it, and nh3 lets nothing through at
the end but the few tags written here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlsplit

import bleach
import nh3
from markupsafe import Markup

from search.document import Block, Document
from search.highlighting.blocks import cover
from search.results import CharRange

MAX_TEXT = 1_000_000
"""Characters of a document that a page shows; the JSON has them all."""

_MAX_ADDRESSES = 2000  # of a document are linked: bleach takes its time over each,
_ADDRESS_CHARACTERS = 100_000  # and over all they are written in,
_LONGEST_ADDRESS = 1000
_MOST_BRACKETS = 10  # and over each bracket as long as over the whole address
_TAGS = {
    "a", "blockquote", "br", "div", "h2", "h3", "h4", "h5", "h6", "li", "mark", "p", "pre",
    "table", "tbody", "td", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "id"},
    "a": {"aria-label", "class", "href", "title"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "li": {"class"},
    "p": {"class"},
}
_NUMBERED = re.compile(r"\(?\w{1,4}[.)]")  # an item that brings its own number gets no bullet
_CELLS = re.compile(r"[^\t|]+")
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]{}]")
_NO_MARKUP = {ord("<"): " ", ord(">"): " ", ord("&"): "\ue000"}  # one for one, so that offsets stay


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A body as HTML, with `hits` marks in it. `cut`: it was too long, and its end is missing."""

    html: Markup
    hits: int
    cut: bool


def render_body(document: Document, matches: Sequence[CharRange] = (), onward: str = "") -> RenderedText:
    """The body, its `matches` as `<mark id="hit-1">`, each a link to the next.

    The last one leads to the first match of the page `onward`, or without that to the first here.
    Paragraphs have ids (`p12`) to link to. The HTML is safe whatever the document holds.
    """
    body = document.body[:MAX_TEXT]
    text = _Text(body, [match for match in matches if match[1] <= len(body)], onward)
    safe = nh3.clean(
        "".join(_Renderer(text).render(cover(document.blocks, body))),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )
    return RenderedText(Markup(safe), len(text.matches), len(document.body) > MAX_TEXT)  # noqa: S704 - cleaned


def web_address(url: str) -> str:
    """The address, if it is one that a page may link to; else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


@dataclass(slots=True)
class _Text:
    """The text and its matches; turns any stretch of it into inline HTML."""

    body: str
    matches: list[CharRange]
    onward: str = ""
    addresses_left: int = _MAX_ADDRESSES
    characters_left: int = _ADDRESS_CHARACTERS

    def inline(self, start: int, end: int) -> str:
        """A stretch with its addresses linked and its matches marked."""
        pieces: list[str] = []
        done = start
        for first, last, href in self._addresses(start, end):
            pieces.append(self._marked(done, first, linked=True))
            # A link cannot hold a link: a match inside an address is marked and no more.
            pieces.append(f'<a href="{escape(href)}">{self._marked(first, last, linked=False)}</a>')
            done = last
        pieces.append(self._marked(done, end, linked=True))
        return "".join(pieces)

    def _addresses(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Where web addresses stand in a stretch, and where they lead.

        Only those that say so (http://, www.) count: in OCR a missing space makes a domain of any two words.
        """
        for candidate in islice(_ADDRESS.finditer(self.body, start, end), self.addresses_left):
            if len(candidate[0]) > _LONGEST_ADDRESS or len(_BRACKET.findall(candidate[0])) > _MOST_BRACKETS:
                continue
            self.addresses_left -= 1
            self.characters_left -= len(candidate[0])
            if self.characters_left < 0:
                return
            probe = candidate[0].translate(_NO_MARKUP)
            for label, href in _linked(probe)[:1]:
                first = candidate.start() + probe.index(label)
                yield first, first + len(label), href.replace("\ue000", "&")

    def _marked(self, start: int, end: int, *, linked: bool) -> str:
        pieces: list[str] = []
        at = max(bisect_right(self.matches, (start, start)) - 1, 0)
        for number in range(at + 1, len(self.matches) + 1):
            first, last = self.matches[number - 1]
            if first >= end:
                break
            if last <= start:
                continue
            piece = _lines(self.body[max(first, start) : min(last, end)])
            anchor = f' id="hit-{number}"' if first >= start else ""  # a match cut in two has one anchor
            mark = f"<mark{anchor}>{piece}</mark>"
            pieces.append(_lines(self.body[start : max(first, start)]))
            pieces.append(f'<a class="hit" {self._following(number)}>{mark}</a>' if linked else mark)
            start = min(last, end)
        pieces.append(_lines(self.body[start:end]))
        return "".join(pieces)

    def _following(self, number: int) -> str:
        if number < len(self.matches):
            return f'href="#hit-{number + 1}"'
        if not self.onward:
            return 'href="#hit-1"'
        return f'href="{escape(self.onward)}#hit-1" title="The last match here; on to the next result"'


@dataclass(slots=True)
class _Renderer:
    """Writes blocks in order, counting paragraphs, heading levels and pages as it goes."""

    text: _Text
    paragraphs: int = 0
    headings: list[int] = field(default_factory=list)
    page: str = ""

    def render(self, blocks: Sequence[Block]) -> Iterator[str]:
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            if kind == "list_item":
                yield "<ul>"
            for block in group:
                yield from self._page_break(block)
                yield self._block(block)
            if kind == "list_item":
                yield "</ul>"

    def _page_break(self, block: Block) -> Iterator[str]:
        if block.page and block.page != self.page and block.kind != "list_item":
            self.page = block.page
            anchor = re.sub(r"\W+", "-", block.page)
            yield f'<p class="page" id="page-{anchor}">Page {escape(block.page)}</p>'

    def _block(self, block: Block) -> str:
        if block.kind == "table":
            return self._table(block)
        inner = self.text.inline(block.start, block.end)
        match block.kind:
            case "heading":
                level = self._level(block.level)
                return f'<h{level} dir="auto">{inner}</h{level}>'
            case "list_item":
                own = ' class="own-number"' if _NUMBERED.match(self.text.body, block.start) else ""
                return f'<li dir="auto"{own}>{inner}</li>'
            case "quote":
                return f'<blockquote dir="auto">{inner}</blockquote>'
            case "preformatted":
                scroller = '<div class="wide" role="region" tabindex="0" aria-label="Preformatted text">'
                return f'{scroller}<pre dir="auto">{inner.replace("<br>", "")}</pre></div>'
            case _:
                return self._paragraph(inner)

    def _paragraph(self, inner: str) -> str:
        self.paragraphs += 1
        number = self.paragraphs
        link = f'<a class="pilcrow" href="#p{number}" aria-label="Link to paragraph {number}">{number}</a>'
        return f'<p id="p{number}" dir="auto">{link}{inner}</p>'

    def _level(self, level: int) -> int:
        """Below the page's own h1, and never skipping one, whatever levels the document uses."""
        while self.headings and self.headings[-1] >= level:
            self.headings.pop()
        self.headings.append(level)
        return min(1 + len(self.headings), 6)

    def _table(self, block: Block) -> str:
        rows: list[str] = []
        start = block.start
        for line in self.text.body[block.start : block.end].splitlines(keepends=True):
            cells = (
                self.text.inline(start + cell.start(), start + cell.end())
                for cell in _CELLS.finditer(line.rstrip())
            )
            rows.append("".join(f'<td dir="auto">{cell}</td>' for cell in cells))
            start += len(line)
        inner = "".join(f"<tr>{row}</tr>" for row in rows if row)
        scroller = '<div class="wide" role="region" tabindex="0" aria-label="Table">'
        return f"{scroller}<table><tbody>{inner}</tbody></table></div>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _linked(text: str) -> list[tuple[str, str]]:
    """What bleach would link in a text, and where to."""
    found: list[tuple[str, str]] = []

    def note(attrs: Any, new: bool = False) -> Any:
        label, href = attrs["_text"], attrs[None, "href"]
        if new and _ADDRESS.match(label) and web_address(href):
            found.append((label, href))
        return attrs

    bleach.linkify(text, callbacks=[note])
    return found
