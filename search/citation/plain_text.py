"""Text on one line: what a field of a citation holds, whatever a document contains."""

import re

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: unclosed, they would turn the text around that follows a field."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Jr|Sr|Esq|Inc|Ltd|Co|Corp|Bros|etc|al|St|No|Mass|Dept|Govt|vol|ed|eds"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Tues|Wed|Thurs)\.$"
)


def one_line(text: str) -> str:
    """The text with each run of white space and control characters as one space, and none at its ends.

    Lone surrogates, which UTF-8 cannot encode, count as control characters. Marks of direction stay, but not
    what changes the direction of all that follows.
    """
    return " ".join(_CONTROL.sub(" ", _BIDI.sub("", text)).split())


def says_something(text: str) -> bool:
    """Whether a text has a letter, digit or ideograph."""
    return any(map(str.isalnum, text))


def is_said(words: str, text: str) -> bool:
    """Whether a text has these words as whole words, in any letter case: "AP" is not in "Papers"."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE))


def shortened(text: str, limit: int) -> str:
    """The text, or as many of its words as fit `limit` characters, and an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[:limit].rpartition(" ")[0] or text[:limit]
    return kept.rstrip(" ,.;:") + "…"


def without_stop(text: str) -> str:
    """The text without the comma, colon or full stop at its end; those of abbreviations and ellipses stay."""
    bare = text.rstrip(" ,;:")
    if bare.endswith("...") or _ABBREVIATION.search(bare):
        return bare
    return bare.rstrip(" .,;:") or text
