"""HTML in a text of another format: the tags of HTML are taken out, their text and all other tags stay.

Editors write marks such as `<illegible>` into their transcripts, which are no tags of HTML.
"""

import re

from index.extracted import Passage, ReadError
from index.formats.support.markup import BLOCKS, DROPPED, REPLACED, parse_html, passages_of
from index.formats.support.whole_words import raised_text

_OTHERS = frozenset({
    "a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "br", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "meter", "output", "progress", "q", "rb",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "area", "base", "col", "colgroup", "frame", "html", "link", "meta", "param",
    "picture", "source", "title", "track",
})  # fmt: skip
_ELEMENTS = _OTHERS | BLOCKS | DROPPED | REPLACED
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>(?:\s[^<>]*)?/?)>")
_UNREAD = {"script", "style", "template"}


def html_passages(html: str) -> tuple[Passage, ...]:
    """The passages of a block of HTML, which may be incomplete."""
    known = _TAG.sub(lambda tag: tag[0] if _is_html(tag) else f"&lt;{tag[0][1:-1]}&gt;", html)
    try:
        root = parse_html(known)
    except ReadError:  # nested too deeply
        return (Passage("paragraph", html.strip()),)
    return () if root is None else passages_of(root)


def _is_html(tag: re.Match[str]) -> bool:
    return tag["name"].lower() in _ELEMENTS


class InlineHtml:
    """Text with tags in it, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._unread = ""  # the open element whose content is no text
        self._raised_at: int | None = None  # the piece at which raised text begins

    def text(self, piece: str) -> None:
        """Add text."""
        if not self._unread:
            self._pieces.append(piece)

    def tag(self, tag: str) -> None:
        """Add a tag or comment."""
        match = _TAG.fullmatch(tag)
        if match is None:
            if not tag.startswith(("<!", "<?")):
                self.text(tag)
            return
        name, closes = match["name"].lower(), bool(match["close"])
        if self._unread:
            self._unread = "" if closes and name == self._unread else self._unread
        elif not _is_html(match):
            self.text(tag)
        elif name in _UNREAD:
            self._unread = "" if closes else name
        elif name == "sup":
            self._raise(closes=closes)
        elif name == "br" or name in BLOCKS:
            self.text("\n")
        elif name in REPLACED:
            self.text(" ")

    def _raise(self, *, closes: bool) -> None:
        if not closes:
            self._raised_at = len(self._pieces)
        elif self._raised_at is not None:
            before, raised = self._pieces[: self._raised_at], self._pieces[self._raised_at :]
            self._pieces = [*before, raised_text("".join(raised), "".join(before[-1:]))]
            self._raised_at = None

    def joined(self) -> str:
        """The text."""
        return "".join(self._pieces)
