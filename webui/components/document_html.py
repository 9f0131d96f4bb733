"""A document's body as safe HTML: its blocks as headings, paragraphs, lists and tables.

All text is escaped when it is rendered; at the end nh3 removes every tag and attribute not listed here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice

import nh3
from markupsafe import Markup

from search.document import Block, Document
from search.highlighting.blocks import cover
from search.messages import gettext, reader
from search.results import CharRange
from webui.components.inline_html import InlineRenderer
from webui.components.links import Link
from webui.components.spoken_language import text_lang

MAX_TEXT = 1_000_000
"""Characters of a body that a page shows; the API gives the whole text."""

_TAGS = {
    "a", "blockquote", "br", "div", "h2", "h3", "h4", "h5", "h6", "li", "mark", "p", "pre",
    "table", "tbody", "td", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "id", "lang"},
    "a": {"aria-label", "class", "href", "tabindex", "title"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "li": {"class"},
    "p": {"class"},
}
_NUMBERED = re.compile(r"\(?\w{1,4}[.)]")  # a list item with a number of its own gets no bullet
_END = {"list_item": "</ul>", "table": "</tbody></table></div>"}
"""What ends behind all consecutive blocks of a kind: a block may be a row of a table."""
_NO_ANCHOR = re.compile(r"\W+")
_MAX_JUMPS = 500  # sections, and pages, that are listed
_LISTED = 100  # characters of a heading in that list
_CELLS = re.compile(r"[^\t|]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside the text: the text of the heading, its level in the page, and its anchor."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A body as HTML, the number of matches in it, and whether it was truncated to MAX_TEXT characters.

    `sections` and `pages` are the first of what can be jumped to; the anchors of pages are links' targets.
    """

    html: Markup
    matches: int
    truncated: bool
    sections: tuple[Section, ...] = ()
    pages: tuple[Link, ...] = ()


def render_body(document: Document, matches: Sequence[CharRange] = (), next_url: str = "") -> RenderedText:
    """The body with its `matches` as `<mark id="hit-1">`, each inside a link to the next match.

    The last one links to the first match of the document at `next_url`; without `next_url`, to the first
    match of this one. Paragraphs have the ids `p1`, `p2` and so on.
    """
    body = document.body[:MAX_TEXT]
    inline = InlineRenderer(body, [match for match in matches if match[1] <= len(body)], next_url)
    renderer = _BlockRenderer(inline, text_lang(document))
    html = "".join(renderer.render(cover(document.blocks, body)))
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )
    return RenderedText(
        Markup(safe),  # noqa: S704 - clean
        len(inline.matches),
        len(document.body) > MAX_TEXT,
        tuple(renderer.sections),
        tuple(Link(page, f"#{anchor}") for anchor, page in islice(renderer.pages.items(), _MAX_JUMPS)),
    )


@dataclass(slots=True)
class _BlockRenderer:
    """Renders blocks in order, and keeps count of paragraphs, open headings and the page.

    `lang` is the tag of the text's language, empty where it is that of the page.
    """

    inline: InlineRenderer
    lang: str = ""
    paragraphs: int = 0
    section: int = 0
    headings: list[int] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)

    def render(self, blocks: Sequence[Block]) -> Iterator[str]:
        opened = ""
        for block in blocks:
            turned = bool(block.page and block.page != self.page)
            if opened and (turned or block.kind != opened):
                yield _END[opened]
                opened = ""
            if turned:
                yield self._page_break(block.page)
            if block.kind in _END and not opened:
                opened = block.kind
                yield "<ul>" if opened == "list_item" else _scroller(gettext("Table")) + "<table><tbody>"
            yield self._block(block)
        if opened:
            yield _END[opened]

    def _page_break(self, page: str) -> str:
        """The number of a page that begins; where numbers begin anew, only the first of a number is found."""
        self.page = page
        anchor = f"page-{_NO_ANCHOR.sub('-', page)}"
        found = ""
        if anchor not in self.pages:
            self.pages[anchor] = page
            found = f' id="{anchor}"'
        said = escape(gettext("Page %(number)s", number=page))
        return f'<p class="page"{found}>{said}</p>'

    def _block(self, block: Block) -> str:
        if block.kind == "table":
            return self._table(block)
        inner = self.inline.render(block.start, block.end)
        spoken = self._spoken
        match block.kind:
            case "heading":
                section = self._section(block)
                level = section.level
                return f'<h{level} id="{section.anchor}"{spoken}>{inner}</h{level}>'
            case "list_item":
                own = ' class="own-number"' if _NUMBERED.match(self.inline.text, block.start) else ""
                return f"<li{spoken}{own}>{inner}</li>"
            case "quote":
                return f"<blockquote{spoken}>{inner}</blockquote>"
            case "preformatted":
                scroller = _scroller(gettext("Preformatted text"))
                return f"{scroller}<pre{spoken}>{inner.replace('<br>', '')}</pre></div>"
            case _:
                return self._paragraph(inner)

    @property
    def _spoken(self) -> str:
        """The attributes that say how text is read: in which direction, and in which language."""
        return f' dir="auto" lang="{self.lang}"' if self.lang else ' dir="auto"'

    def _paragraph(self, inner: str) -> str:
        self.paragraphs += 1
        number = self.paragraphs
        label = escape(gettext("Paragraph %(number)s", number=number))
        said = f'aria-label="{label}"' + (f' lang="{reader().tag}"' if self.lang else "")
        link = f'<a class="pilcrow" href="#p{number}" tabindex="-1" {said}>{number}</a>'
        return f'<p id="p{number}"{self._spoken}>{link}{inner}</p>'

    def _section(self, block: Block) -> Section:
        """The section that a heading begins, also listed among the first ones."""
        self.section += 1
        text = _brief(" ".join(self.inline.text[block.start : block.end].split()))
        section = Section(text, self._level(block.level), f"s{self.section}")
        if len(self.sections) < _MAX_JUMPS:
            self.sections.append(section)
        return section

    def _level(self, level: int) -> int:
        """The HTML heading level: below that of the text, which is h2, and without gaps."""
        while self.headings and self.headings[-1] >= level:
            self.headings.pop()
        self.headings.append(level)
        return min(2 + len(self.headings), 6)

    def _table(self, block: Block) -> str:
        rows: list[str] = []
        start = block.start
        for line in self.inline.text[block.start : block.end].splitlines(keepends=True):
            cells = (
                self.inline.render(start + cell.start(), start + cell.end())
                for cell in _CELLS.finditer(line.rstrip())
            )
            rows.append("".join(f"<td{self._spoken}>{cell}</td>" for cell in cells))
            start += len(line)
        return "".join(f"<tr>{row}</tr>" for row in rows if row)


def _scroller(label: str) -> str:
    """The start of a region that scrolls by itself, since it may be wider than the page."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(label)}">'


def _brief(text: str) -> str:
    if len(text) <= _LISTED:
        return text
    start = text[:_LISTED]
    return f"{start.rpartition(' ')[0] or start}…"
