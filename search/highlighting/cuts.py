"""Where is a text cut to show its matches? Found by `_cuts.c`, where it was compiled.

`cutter` does it in Python, in several times the time, where there was no C compiler when Opis was installed,
with the variable OPIS_PURE_PYTHON set, and where characters beyond U+20FF stand.
"""

import os
import re
from functools import cache

from search.highlighting.cutter import FRAGMENT_SIZE, MAX_FRAGMENT, MIN_FRAGMENT, WORD, Cut, Cutter
from search.highlighting.sentences import CLOSING, OPENING, READ_BEFORE, SIGNS, Sentences
from search.highlighting.spans import NEAR, Match, ends_of_spans

try:
    from search.highlighting import _cuts
except ImportError:
    _cuts = None  # type: ignore[assignment]

_VERSION = 2
"""The version of `_cuts.c`: what an older one was compiled to is not used."""
_SIZES = FRAGMENT_SIZE, MAX_FRAGMENT, MIN_FRAGMENT, WORD, NEAR, READ_BEFORE
_CHARS = "".join(map(chr, range(0x2100)))


def is_compiled() -> bool:
    """Whether the function in C is in use."""
    is_there = _cuts is not None and _cuts.VERSION == _VERSION
    return is_there and not os.environ.get("OPIS_PURE_PYTHON")


_is_compiled = is_compiled()


def cuts(text: str, found: list[Match], limit: int, text_language: str) -> list[Cut]:
    """At most `limit` cuts of a text, in reading order: those that cover most distinct query words, densest.

    `found` are the matches of the text. Words that no chosen cut covers are preferred.
    """
    if not found or not limit:
        return []
    if _is_compiled:
        sentences = Sentences(text, text_language)
        kinds, judge = sentences.kinds, sentences.ended_by
        chosen = _cuts.cuts(text, found, ends_of_spans(found), limit, _classes(), kinds, judge, _SIZES)
        if chosen is not None:
            return [Cut(*each) for each in chosen]
    return Cutter(text, found, text_language).best(limit)


@cache
def _classes() -> bytes:
    """The classes of each character up to U+20FF: a bit for each, in the order of `_cuts.c`."""
    classes = bytearray(len(_CHARS))
    for number, chars in enumerate(
        (
            re.findall(r"\s", _CHARS),
            SIGNS,
            CLOSING,
            re.findall(r"\d", _CHARS),
            filter(str.islower, _CHARS),
            OPENING,
        )
    ):
        for char in chars:
            classes[ord(char)] |= 1 << number
    return bytes(classes)
