"""What does a quotation leave out or add? Words at an ellipsis, letters in brackets: `"[t]he war …"`."""

import re

QUOTATION_GAP = 100
"""Positions between the words on both sides of an ellipsis, at most: about a paragraph."""

_ELLIPSIS = re.compile(r"[\[(]?\s*(?:…+|\.(?:\s?\.){2,}|\*(?:\s?\*){2,})\s*[\])]?")
_IN_WORD = re.compile(r"(?<=\w)\[(\w*)\]|\[(\w+)\](?=\w)")
_SIC = re.compile(r"\[\s*sic\s*[.!]?\s*\]", re.IGNORECASE)


def parts_quoted(text: str) -> list[str]:
    """The parts of a quotation that stand in the text itself, divided at its ellipses."""
    return _ELLIPSIS.split(text)


def without_brackets(text: str) -> str:
    """The text without brackets inside words, and without [sic]."""
    if "[" not in text:
        return text
    return _SIC.sub(" ", _IN_WORD.sub(lambda match: match[1] or match[2] or "", text))
