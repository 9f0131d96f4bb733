"""In which language is a text? The detected one; where that is unsure, the stated one or the default.

Detection is CLD2's, as pycld2 has it: it compares the letters of a text, four at a time, with those of each
language, and says which share of the text each has, and whether that is reliable.
"""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from search.document import Document
from search.schema import Schema
from search.vocabulary.languages import detected_languages, language_names

LOOKED_AT = 1000  # characters at the beginning of a text
_LEAST = 60  # letters and spaces, in UTF-8, by which a language can be told
_SHARE = 60  # per cent of the text that must be of the language
_LEAST_OF_SEVERAL = 600  # the same of a longer text, where CLD2 is unsure, since other languages stand in it
_SHARE_OF_SEVERAL = 50  # per cent of such a text, and twice as much as of any other language


@cache
def load_detection() -> Any:
    """The library, loaded by the first call: it is large, and only those need it who read documents."""
    import pycld2  # noqa: PLC0415

    return pycld2


def detect(text: str, possible: Set[str] = frozenset()) -> str:
    """The English name of the language of a text, "" where that is unsure.

    With `possible`, the languages that it may be in, other languages are unsure. No text raises an error.
    """
    beginning = text[:LOOKED_AT]
    reliable, length, shares = _shares(beginning)
    name = max(shares, key=shares.__getitem__)
    if not reliable or length < _LEAST or shares[name] < _SHARE:
        name = _first_of_several(beginning)
    return name if not possible or name in possible else ""


def _first_of_several(text: str) -> str:
    """The language of a text in which other languages, code or numbers stand; "" where that is unsure."""
    _, length, shares = _shares(text, best_effort=True)
    known = {name: share for name, share in shares.items() if name}
    first, second, *_ = [*sorted(known.values(), reverse=True), 0, 0]
    if length < _LEAST_OF_SEVERAL or first < _SHARE_OF_SEVERAL or first < 2 * second:
        return ""
    return max(known, key=known.__getitem__)


def _shares(text: str, *, best_effort: bool = False) -> tuple[bool, int, dict[str, int]]:
    """Whether the languages of a text are reliable, its length in bytes, and the share of each, in per cent.

    With `best_effort`, languages of which CLD2 is less sure are named as well.
    """
    pycld2 = load_detection()
    try:
        found = pycld2.detect(_encoded(text), isPlainText=True, bestEffort=best_effort)
    except pycld2.error:  # it takes control characters and the like for errors of UTF-8
        plain = "".join(char if char.isprintable() else " " for char in text)
        found = pycld2.detect(_encoded(plain), isPlainText=True, bestEffort=best_effort)
    reliable, length, languages = found
    shares: dict[str, int] = {}
    for _, code, share, _ in languages:  # Chinese has two codes, and Norwegian
        shares[_name(code)] = shares.get(_name(code), 0) + share
    return reliable, length, shares


@dataclass(frozen=True, slots=True)
class TextLanguages:
    """The languages of an archive, by their English names: that of most documents, and all `possible` ones.

    Without possible ones it may be any. Where only one is possible, nothing is detected.
    """

    default: str = "English"
    possible: frozenset[str] = frozenset()

    def of(self, document: Document) -> str:
        """The language of a document's text, or of its summary if it has none; "" without either.

        It is the detected one; else the one that is stated, if that is one that is known and possible; else
        the default.
        """
        text = document.body or document.summary
        if not text or text.isspace():
            return ""
        if len(self.possible) == 1:
            return self.default
        stated = document.language
        known = stated in (self.possible or detected_languages())
        return detect(text, self.possible) or (stated if known else self.default)


@cache
def text_languages(schema: Schema) -> TextLanguages:
    """The languages of an index."""
    return TextLanguages(_capital(schema.language), frozenset(map(_capital, schema.languages)))


def _capital(language: str) -> str:
    """A language as documents name it."""
    return language_names(language)


@cache
def _name(code: str) -> str:
    """The English name of a language by its code; "" for one that is not known."""
    name = language_names(code)
    return name if name in detected_languages() else ""


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
