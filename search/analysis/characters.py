"""The classes of characters that the tokenizer and the folding filter distinguish: what words are made of."""

import re
import unicodedata
from itertools import chain

APOSTROPHES = "'’‘ʼʹ′´`ʾʿʻ＇׳"
"""The characters that typists and transliterators use as an apostrophe; the last is the Hebrew geresh."""

JOINERS = "\u00ad\u061c\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Invisible characters inside words: soft hyphens, joiners and marks of direction."""

IDEOGRAPHS = (  # Han, Kana and Hangul
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
_COMPLEX = (  # the scripts of line breaking class SA (UAX #14), as blocks
    *(range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800)),  # Thai, Lao; Myanmar; Khmer
    *(range(0x1950, 0x19E0), range(0x1A20, 0x1AB0), range(0xA9E0, 0xAA00), range(0xAA60, 0xAAE0)),  # Tai
)
UNSPACED = IDEOGRAPHS + "".join(char for block in _COMPLEX for char in map(chr, block) if char.isalpha())
"""The letters of scripts that write no spaces between words: each is a token, with the marks behind it."""

UNSPACED_MARKS = "\u1160-\u11ff\ud7b0-\ud7ff\u3099\u309a\uff9e\uff9f\u0e33\u0eb3"
"""Letters that belong to the unspaced letter before them: vowels and finals of decomposed Hangul, the voicing
of decomposed and half-width Kana, and the vowel am of Thai and Lao, whose first half is a mark."""

_HEBREW_LETTER = "[א-ת][\u0591-\u05c7]*+"
GERSHAYIM = rf"(?<=[\u0591-\u05ea])(?:״|[\"“”](?=(?>(?:{_HEBREW_LETTER}){{1,2}})(?![א-ת\"“”])))(?=[א-ת])"
"""A pattern of `re` for the mark inside a Hebrew abbreviation, such as צה״ל.

A quotation mark is one before the last letter of a word, or the last two; otherwise it quotes.
"""

_IDEOGRAPH = f"[{IDEOGRAPHS}]"  # `re` compiles it when it is used
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_SOME = chain(range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x10000))
_SPACED = _UNSPACED.sub("\n", "".join(map(chr, _SOME)))
"""The characters of the Basic Multilingual Plane that may be in words, a line feed for those of UNSPACED.

Most Han and Hangul is left out at once, and so are surrogates and private characters.
"""

_SUPERSCRIPTS = "²³¹⁰⁴⁵⁶⁷⁸⁹"


def is_ideograph(text: str) -> bool:
    """Whether a text begins with Han, Kana or Hangul."""
    return re.match(_IDEOGRAPH, text) is not None


def is_unspaced(text: str) -> bool:
    """Whether the first character of a text is a token by itself."""
    return _UNSPACED.match(text) is not None


def letters() -> str:
    """The letters and digits that words are made of, as a class of `re`; this takes some milliseconds.

    Superscript digits are none: behind a word they are the marks of footnotes.
    """
    found = bytearray(map(str.isalnum, _SPACED))
    for digit in _SUPERSCRIPTS:
        found[_SPACED.index(digit)] = False
    return _character_class(found, beyond="\U00010000-\U0001efff")


def marks() -> str:
    """The combining marks and invisible joiners that may follow a letter of a word, as a class of `re`."""
    found = bytearray(map({"Mn", "Mc"}.__contains__, map(unicodedata.category, _SPACED)))
    for joiner in JOINERS:
        found[_SPACED.index(joiner)] = True
    return _character_class(found)


def initials() -> str:
    """The letters that a full stop may follow in initials, as a class of `re`."""
    return _character_class(bytearray(map(str.isalpha, _SPACED)))


def _character_class(belongs: bytearray, beyond: str = "") -> str:
    """The characters of _SPACED that belong, as ranges: `re` compiles them to a bitmap.

    `belongs` has a byte for each; `beyond` are ranges of other planes.
    """
    runs = (run.span() for run in re.finditer(b"\1+", belongs))
    ranges = (f"{_SPACED[start]}-{_SPACED[end - 1]}" for start, end in runs)
    return f"[{''.join(ranges)}{beyond}]"
