"""A document's body as safe HTML: its blocks as headings, paragraphs, lists and tables.

All text is escaped when it is rendered; at the end nh3 removes every tag and attribute not listed here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

import nh3
from markupsafe import Markup

from search.document import Block, Document
from search.highlighting.blocks import cover
from search.results import CharRange
from webui.components.inline_html import InlineRenderer
from webui.components.spoken_language import PAGE, text_lang

MAX_TEXT = 1_000_000
"""Characters of a body that a page shows; the API gives the whole text."""

_TAGS = {
    "a", "blockquote", "br", "div", "h2", "h3", "h4", "h5", "h6", "li", "mark", "p", "pre",
    "table", "tbody", "td", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "id", "lang"},
    "a": {"aria-label", "class", "href", "title"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "li": {"class"},
    "p": {"class"},
}
_NUMBERED = re.compile(r"\(?\w{1,4}[.)]")  # a list item with a number of its own gets no bullet
_CELLS = re.compile(r"[^\t|]+")


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A body as HTML, the number of matches in it, and whether it was truncated to MAX_TEXT characters."""

    html: Markup
    matches: int
    truncated: bool


def render_body(document: Document, matches: Sequence[CharRange] = (), next_url: str = "") -> RenderedText:
    """The body with its `matches` as `<mark id="hit-1">`, each inside a link to the next match.

    The last one links to the first match of the document at `next_url`; without `next_url`, to the first
    match of this one. Paragraphs have the ids `p1`, `p2` and so on.
    """
    body = document.body[:MAX_TEXT]
    inline = InlineRenderer(body, [match for match in matches if match[1] <= len(body)], next_url)
    html = "".join(_BlockRenderer(inline, text_lang(document)).render(cover(document.blocks, body)))
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )
    return RenderedText(Markup(safe), len(inline.matches), len(document.body) > MAX_TEXT)  # noqa: S704 - clean


@dataclass(slots=True)
class _BlockRenderer:
    """Renders blocks in order, and keeps count of paragraphs, open headings and the page.

    `lang` is the tag of the text's language, empty where it is that of the page.
    """

    inline: InlineRenderer
    lang: str = ""
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
        inner = self.inline.render(block.start, block.end)
        spoken = self._spoken
        match block.kind:
            case "heading":
                level = self._level(block.level)
                return f"<h{level}{spoken}>{inner}</h{level}>"
            case "list_item":
                own = ' class="own-number"' if _NUMBERED.match(self.inline.text, block.start) else ""
                return f"<li{spoken}{own}>{inner}</li>"
            case "quote":
                return f"<blockquote{spoken}>{inner}</blockquote>"
            case "preformatted":
                scroller = '<div class="wide" role="region" tabindex="0" aria-label="Preformatted text">'
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
        said = f' lang="{PAGE}"' if self.lang else ""
        label = f'aria-label="Link to paragraph {number}"{said}'
        link = f'<a class="pilcrow" href="#p{number}" {label}>{number}</a>'
        return f'<p id="p{number}"{self._spoken}>{link}{inner}</p>'

    def _level(self, level: int) -> int:
        """The HTML heading level: below the page's own h1 and without gaps."""
        while self.headings and self.headings[-1] >= level:
            self.headings.pop()
        self.headings.append(level)
        return min(1 + len(self.headings), 6)

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
        inner = "".join(f"<tr>{row}</tr>" for row in rows if row)
        scroller = '<div class="wide" role="region" tabindex="0" aria-label="Table">'
        return f"{scroller}<table><tbody>{inner}</tbody></table></div>"
