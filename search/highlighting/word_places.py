"""Where in a text may words be that match a query? Found by `_word_places.c`, where it was compiled.

`scanner.TermScanner` does it in Python, in several times the time, where there was no C compiler when Opis
was installed, and with the variable OPIS_PURE_PYTHON set.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from search.analysis.characters import APOSTROPHES
from search.analysis.tokenizer import NOT_IN_WORD

try:
    from search.highlighting import _word_places
except ImportError:
    _word_places = None  # type: ignore[assignment]

_VERSION = 4
"""The version of `_word_places.c`: what an older one was compiled to is not used."""

SEPARATORS = frozenset(char for char in map(chr, range(0x80)) if not char.isalnum() and char not in "'`.,\"")
"""ASCII characters that are part of no word, but for the space between spaced initials (U. S. S. R.)."""

_OTHER, _IN_WORD, _APOSTROPHE, _SEPARATOR = range(4)

Place = tuple[int, int, Any]
Places = Callable[[str, tuple[bytes, ...], bool, int, Mapping[str, Any]], tuple[list[Place], bool] | None]
"""The places of a text where words may match, by `places` of `_word_places.pyi`."""


def is_compiled() -> bool:
    """Whether the function in C is in use."""
    is_there = _word_places is not None and _word_places.VERSION == _VERSION
    return is_there and not os.environ.get("OPIS_PURE_PYTHON")


def compiled_places() -> Places | None:
    """The function in C; None where it is not in use."""
    if not is_compiled():
        return None
    places, kinds = _word_places.places, _kinds()
    return lambda text, patterns, numbers, most, meanings: places(
        text, patterns, kinds, numbers, most, meanings
    )


def _kinds() -> bytes:
    """The kind of each character up to U+20FF."""
    kinds = bytearray([_IN_WORD]) * 0x2100
    for kind, chars in (
        (_OTHER, NOT_IN_WORD),
        (_SEPARATOR, SEPARATORS),
        (_APOSTROPHE, (char for char in APOSTROPHES if char in NOT_IN_WORD)),
    ):
        for char in chars:
            kinds[ord(char)] = kind
    return bytes(kinds)
