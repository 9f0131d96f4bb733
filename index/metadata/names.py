"""A name as it is shown: as written, without the punctuation around it."""

import re
from email.utils import getaddresses

from index.record_fields import values_in

_EDGES = ' \t\n,;:*_"“”'
_LEADING = re.compile(r"^(?:(?:the|cdes?\.?|com(?:rade|\.)s?|/s/|signed:?|\(signed\))\s+)+", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]{3,}")
_INITIAL_END = re.compile(r"(?:^|[\s.])[^\W\d_]\.$|\b(?:Jr|Sr|Esq)\.$")
_LONGEST_ADDRESSES = 10_000  # characters
_SMALL = {"of", "the", "and", "de", "von", "van", "der", "du", "la", "le", "da"}


def display_name(text: str) -> str:
    """A name for the page: one line, no punctuation at its ends, CAPITALS as `Capitals`, `[x]` as `(x)`.

    What belongs to the name stays: titles, initials, alias in brackets.
    """
    name = _LEADING.sub("", " ".join(text.split()).strip(_EDGES))
    name = name.replace("[", "(").replace("]", ")")
    if name.endswith(".") and not _INITIAL_END.search(name):
        name = name.rstrip(". ")
    if name.partition("(")[0].isupper():
        name = _CAPITALS.sub(_capitalized, name)
    return name.strip(_EDGES)


def _capitalized(match: re.Match[str]) -> str:
    word = match[0]
    if word.lower() in _SMALL:
        return word.lower()
    return word[0] + word[1:].lower()


def names_in(text: str) -> tuple[str, ...]:
    """The names in a value, with `;` or a line break between two; of addresses (`A <a@b>, …`) the names."""
    names = _addressed(text) if "@" in text and len(text) <= _LONGEST_ADDRESSES else []
    return tuple(dict.fromkeys(filter(None, map(display_name, names or values_in(text, ";", "\n")))))


def _addressed(text: str) -> list[str]:
    try:
        pairs = getaddresses([text.replace("\n", " ").replace(";", ",")])
    except RecursionError:  # brackets in brackets in brackets …
        return []
    return [name or address for name, address in pairs if name or address]


def surname_key(name: str) -> str:
    """What variants of one name have in common: the last word, or the one before a comma, in lower case."""
    bare = re.sub(r"\([^()]*\)", "", name)
    family = bare.partition(",")[0] if "," in bare else (bare.split() or [""])[-1]
    return re.sub(r"[\W\d_]", "", family).casefold()
