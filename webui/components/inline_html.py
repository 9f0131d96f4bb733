"""Inline HTML of a document's text: escaped, with web addresses linked and matches marked and linked up."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import bleach

from search.messages import gettext
from search.results import CharRange

_MAX_ADDRESSES = 2000  # linked in one document: bleach is slow for each address,
_MAX_ADDRESS_CHARACTERS = 100_000  # for the characters of all of them together,
_MAX_ADDRESS_LENGTH = 1000
_MAX_BRACKETS = 10  # and quadratic in the brackets of one
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]{}]")
_NO_MARKUP = {ord("<"): " ", ord(">"): " ", ord("&"): "\ue000"}  # one character each, so that offsets stay


LAST_HIT = "hit-last"
"""The fragment that leads to the last match of any document; `hit-1` and so on lead to each."""


def web_address(url: str) -> str:
    """The URL if a page may link to it (http or https, with a host), else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


@dataclass(slots=True)
class InlineRenderer:
    """Renders spans of `text`. `matches` are ascending; each links to the next, the last to `next_url`.

    Without `next_url` the last match links to the first.
    """

    text: str
    matches: list[CharRange]
    next_url: str = ""
    _addresses_left: int = _MAX_ADDRESSES
    _characters_left: int = _MAX_ADDRESS_CHARACTERS
    _has_addresses: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look whether the text has an address at all: few have one, and patterns take their time."""
        self._has_addresses = "://" in self.text or "www." in self.text.lower()

    def render(self, start: int, end: int) -> str:
        """The HTML of the span from `start` to `end`."""
        html: list[str] = []
        done = start
        for first, last, href in self._addresses(start, end):
            html.append(self._marked(done, first, linked=True))
            # Links cannot be nested: a match inside an address is marked without a link.
            html.append(f'<a href="{escape(href)}">{self._marked(first, last, linked=False)}</a>')
            done = last
        html.append(self._marked(done, end, linked=True))
        return "".join(html)

    def _addresses(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The spans of web addresses and their URLs.

        Only addresses that begin with http:// or www. are linked: in OCR text a missing space turns any
        two words into a domain name.
        """
        if not self._has_addresses:
            return
        for candidate in islice(_ADDRESS.finditer(self.text, start, end), self._addresses_left):
            if len(candidate[0]) > _MAX_ADDRESS_LENGTH or len(_BRACKET.findall(candidate[0])) > _MAX_BRACKETS:
                continue
            self._addresses_left -= 1
            self._characters_left -= len(candidate[0])
            if self._characters_left < 0:
                return
            plain = candidate[0].translate(_NO_MARKUP)
            for label, href in _linkified(plain)[:1]:
                first = candidate.start() + plain.index(label)
                yield first, first + len(label), href.replace("\ue000", "&")

    def _marked(self, start: int, end: int, *, linked: bool) -> str:
        """A span without addresses, its matches as `<mark>`, inside links if `linked`."""
        html: list[str] = []
        before = max(bisect_right(self.matches, (start, start)) - 1, 0)
        for number in range(before + 1, len(self.matches) + 1):
            first, last = self.matches[number - 1]
            if first >= end:
                break
            if last <= start:
                continue
            marked = _with_line_breaks(self.text[max(first, start) : min(last, end)])
            html.append(_with_line_breaks(self.text[start : max(first, start)]))
            html.append(self._match(number, marked, is_first=first >= start, linked=linked))
            start = min(last, end)
        html.append(_with_line_breaks(self.text[start:end]))
        return "".join(html)

    def _match(self, number: int, marked: str, *, is_first: bool, linked: bool) -> str:
        """A match, given by its 1-based number, or a part of one: only the first part has its id.

        The id is that of the link, so that the link has the focus when its address is opened. The last match
        can also be found by readers who come from the document behind.
        """
        anchor = f' id="hit-{number}"' if is_first else ""
        if not linked:
            return f"<mark{anchor}>{marked}</mark>"
        is_last = number == len(self.matches)
        mark = f'<mark id="{LAST_HIT}">' if is_last and is_first else "<mark>"
        return f'<a class="hit"{anchor} {self._next_match(number)}>{mark}{marked}</mark></a>'

    def _next_match(self, number: int) -> str:
        """The attributes of the link from a match to the next."""
        total = len(self.matches)
        place = escape(gettext("Match %(number)s of %(total)s", number=number, total=total))
        if number < total:
            return f'href="#hit-{number + 1}" title="{place}"'
        if not self.next_url:
            return f'href="#hit-1" title="{place}"'
        onward = escape(gettext("on to the next result"))
        return f'href="{escape(self.next_url)}#hit-1" title="{place}; {onward}"'


def _with_line_breaks(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _linkified(text: str) -> list[tuple[str, str]]:
    """The web addresses that bleach finds in a text, as written and as URLs."""
    found: list[tuple[str, str]] = []

    def collect(attrs: Any, new: bool = False) -> Any:
        label, href = attrs["_text"], attrs[None, "href"]
        if new and _ADDRESS.match(label) and web_address(href):
            found.append((label, href))
        return attrs

    bleach.linkify(text, callbacks=[collect])
    return found
