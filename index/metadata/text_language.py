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


@cache
def load_detection() -> Any:
    """The library, loaded by the first call: it is large, and only those need it who read documents."""
    import pycld2  # noqa: PLC0415

    return pycld2


def detect(text: str, possible: Set[str] = frozenset()) -> str:
    """The English name of the language of a text, "" where that is unsure.

    With `possible`, the languages that it may be in, other languages are unsure. No text raises an error.
    """
    pycld2 = load_detection()
    try:
        reliable, length, found = pycld2.detect(_encoded(text[:LOOKED_AT]), isPlainText=True)
    except pycld2.error:  # it takes control characters and the like for errors of UTF-8
        plain = "".join(char if char.isprintable() else " " for char in text[:LOOKED_AT])
        reliable, length, found = pycld2.detect(_encoded(plain), isPlainText=True)
    shares: dict[str, int] = {}
    for _, code, share, _ in found:  # Chinese has two codes, and Norwegian
        shares[_name(code)] = shares.get(_name(code), 0) + share
    name = max(shares, key=shares.__getitem__)
    if not reliable or length < _LEAST or shares[name] < _SHARE:
        return ""
    return name if not possible or name in possible else ""


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
