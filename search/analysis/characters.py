"""The classes of characters that the tokenizer and the folding filter distinguish: what words are made of."""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

APOSTROPHES = "'’‘ʼʹ′´`ʾʿʻ"
"""The characters that typists and transliterators use as an apostrophe."""

JOINERS = "\u00ad\u200c\u200d\u200e\u200f\u2060"
"""Invisible characters inside words: soft hyphens, joiners and marks of direction."""

IDEOGRAPHS = (  # Han, Kana and Hangul write no spaces: each character is a token
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)

_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


def is_ideograph(text: str) -> bool:
    """Whether the first character of a text is a token by itself."""
    return _IDEOGRAPH.match(text) is not None


def letters() -> str:
    """The letters and digits that words are made of, as a class of `re`; this takes some milliseconds."""
    return _character_class(str.isalnum, beyond="\U00010000-\U0001efff")


def marks() -> str:
    """The combining marks and invisible joiners that may follow a letter of a word, as a class of `re`."""
    return _character_class(lambda char: unicodedata.category(char) in {"Mn", "Mc"} or char in JOINERS)


def initials() -> str:
    """The letters that a full stop may follow in initials, as a class of `re`."""
    return _character_class(str.isalpha)


def _character_class(belongs: Callable[[str], bool], beyond: str = "") -> str:
    """The characters of the Basic Multilingual Plane that belong, as ranges: `re` compiles them to a bitmap.

    `beyond` are ranges of other planes. Ideographs never belong.
    """
    chars = (c for c in map(chr, range(0x10000)) if belongs(c) and not is_ideograph(c))
    runs = groupby(enumerate(chars), key=lambda place: ord(place[1]) - place[0])
    ranges = [[char for _, char in run] for _, run in runs]
    return f"[{''.join(f'{run[0]}-{run[-1]}' for run in ranges)}{beyond}]"
