"""Markdown (CommonMark with tables, and HTML in it) as plain text, with YAML front matter."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from index.encoding import decode_text
from index.extracted import Extracted, Passage
from index.formats.format import ReadContext
from index.formats.support.content import read_bytes
from index.formats.support.frontmatter import split_front_matter
from index.formats.support.html_in_text import InlineHtml, html_passages
from index.sources.files import SourceFile
from search.document import BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def read(file: SourceFile, _context: ReadContext) -> Iterable[Extracted]:
    """The document of a Markdown file. Raises ReadError if its front matter cannot be read."""
    found = decode_text(read_bytes(file))
    front, text = split_front_matter(found.text)
    yield Extracted(passages(text), front.fields, front.extra, encoding=found.guessed)


def passages(text: str) -> tuple[Passage, ...]:
    """The headings, paragraphs, list items, quotes, code blocks and table rows, in order."""
    return tuple(passage for passage in _Blocks().read(_parser().parse(text)) if passage.text)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("js-default", {"html": True})


class _Blocks:
    """A walk over the tokens, which keeps track of open headings, lists, quotes and table rows."""

    def __init__(self) -> None:
        self._heading = 0
        self._lists = 0
        self._quotes = 0
        self._marker = ""  # of the list item just begun
        self._cells: list[str] | None = None

    def read(self, tokens: Sequence["Token"]) -> Iterator[Passage]:
        for token in tokens:
            match token.type:
                case "inline":
                    yield from self._inline(plain(token.children or ()))
                case "fence" | "code_block":
                    yield Passage("preformatted", token.content.rstrip("\n"))
                case "html_block":
                    yield from html_passages(token.content)
                case "tr_close":
                    yield Passage("table", " | ".join(self._cells or ()))
                    self._cells = None
                case _:
                    self._enter_or_leave(token)

    def _enter_or_leave(self, token: "Token") -> None:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "heading_close":
                self._heading = 0
            case "bullet_list_open" | "bullet_list_close" | "ordered_list_open" | "ordered_list_close":
                self._lists += token.nesting
            case "list_item_open":  # the number of an ordered item is part of its text
                self._marker = f"{token.info}{token.markup} " if token.info else ""
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "tr_open":
                self._cells = []

    def _inline(self, text: str) -> Iterator[Passage]:
        if self._cells is not None:
            self._cells.append(text)
        elif self._heading:
            yield Passage("heading", " ".join(text.split()), self._heading)
        else:
            kind: BlockKind = "list_item" if self._lists else "quote" if self._quotes else "paragraph"
            yield Passage(kind, self._marker + text, self._lists or self._quotes)
            self._marker = ""


def plain(tokens: Iterable["Token"]) -> str:
    """The text of inline tokens, without emphasis, links, tags and images; line breaks are kept."""
    pieces = InlineHtml()
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            pieces.text("\n")
        elif token.type == "image":
            pieces.text(plain(token.children or ()))
        elif token.type == "html_inline":
            pieces.tag(token.content)
        else:
            pieces.text(token.content)
    return pieces.joined().strip()
