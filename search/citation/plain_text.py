"""What a text says: anything at all, or certain words; without the stop at its end, or in fewer words."""

import re

_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Jr|Sr|Esq|Inc|Ltd|Co|Corp|Bros|etc|al|St|No|Mass|Dept|Govt|vol|ed|eds"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Tues|Wed|Thurs)\.$"
)


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
