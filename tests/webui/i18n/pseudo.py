"""A pseudo-locale: every message in letters that no page has otherwise, and longer, as other languages are.

`⟦Ŝéàŕçĥ~~⟧` is what a reader of it finds in the place of “Search”. The documents are Greek, and so are dates
and names of languages, so that a Latin letter outside such brackets is a word that is in no catalogue.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.catalogues import messages_of_the_code
from tests.webui.html_page import VOID

TAG = "el"
RIGHT_TO_LEFT = "he"
_ACCENTED = str.maketrans("aeiouycdghlnrstzACDEGILNORSTUYZ", "àéîôûýçđĝĥļñŕšťžÀÇĐÉĜÎĻÑÔŔŠŤÛÝŽ")
_KEPT = re.compile(r"%\(\w+\)s|`[^`]*`|%%|<(?:code|kbd)[^>]*>.*?</(?:code|kbd)>|<[^>]*>|&\w+;")
_SAID = ("alt", "aria-label", "aria-description", "placeholder", "title", "data-copied")
_NO_WORDS = {"code", "kbd", "script", "style"}
_NOT_OURS = {"citation", "long"}
"""Classes of what is the same in all languages: citations after the rules of Chicago, addresses."""
_ADDRESS = re.compile(r"(?:https?:/)?/\S+")


def pseudo(message: str) -> str:
    """A message in the pseudo-locale: its values and tags stand outside of the brackets."""
    parts: list[str] = []
    last = 0
    for kept in [*_KEPT.finditer(message), None]:
        text = message[last : kept.start() if kept else None]
        if any(map(str.isalpha, text)):
            text = f"⟦{text.translate(_ACCENTED)}{'~' * (len(text) // 3)}⟧"
        parts.append(text + (kept[0] if kept else ""))
        last = kept.end() if kept else 0
    return "".join(parts)


def pseudo_catalogue() -> str:
    """The text of the catalogue of the pseudo-locale; plural forms are those of English."""
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"']
    for message in messages_of_the_code():
        if isinstance(message.id, tuple | list):
            one, several = message.id
            lines.append(
                f"msgid {_quoted(one)}\nmsgid_plural {_quoted(several)}\n"
                f"msgstr[0] {_quoted(pseudo(one))}\nmsgstr[1] {_quoted(pseudo(several))}"
            )
        elif message.id:
            context = f"msgctxt {_quoted(message.context)}\n" if message.context else ""
            lines.append(f"{context}msgid {_quoted(message.id)}\nmsgstr {_quoted(pseudo(message.id))}")
    return "\n\n".join(lines) + "\n"


def words_outside(html: str) -> Iterator[str]:
    """The words of a page that are in no catalogue."""
    page = _Words()
    page.feed(html)
    for text in page.texts:
        outside = _ADDRESS.sub(" ", re.sub(r"⟦[^⟦⟧]*⟧", " ", text))
        yield from re.findall(r"[^\W\d_]*[A-Za-z][^\W\d_]*", outside)


class _Words(HTMLParser):
    """All that a page says: its text, and the attributes that are read aloud or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            silent = tag in _NO_WORDS or not _NOT_OURS.isdisjoint(given.get("class", "").split())
            self._silent.append(silent or self._silent[-1])
        self.texts += [given[name] for name in _SAID if name in given]
        for words in json.loads(given.get("data-words", "{}")).values():
            self.texts += [words] if isinstance(words, str) else words

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent[-1]:
            self.texts.append(data)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
