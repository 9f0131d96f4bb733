"""The classes of characters that the tokenizer and the folding filter distinguish."""

import re

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
