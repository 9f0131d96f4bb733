"""Names that are known beforehand: given names, by which a person is recognised, and places.

known_names.toml holds them; most names are in neither list, which says nothing about them.
"""

import tomllib
from functools import cache
from pathlib import Path

from search.analysis.folding import fold

_TABLE = Path(__file__).with_name("known_names.toml")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(fold(known_names()["given_names"]).split())


@cache
def _no_given_names() -> frozenset[str]:
    return frozenset(known_names()["no_given_names"].split())


@cache
def _places() -> frozenset[str]:
    return frozenset(place.strip() for place in known_names()["places"].replace("\n", " ").split(";"))


@cache
def known_names() -> dict[str, str]:
    """The lists of known_names.toml by their names."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def is_given_name(word: str) -> bool:
    """Whether a word is a given name and hardly anything else; of a hyphenated one, its first part is."""
    name = word.strip(".,").partition("-")[0]
    return name[:1].isupper() and fold(name) in _given_names()


def is_place(text: str) -> bool:
    """Whether a text is the name of a country or of a large town."""
    return text.strip(" .,") in _places()


def begins_no_person(word: str) -> bool:
    """Whether a word begins names of places and things (New, South, Royal …) and never a person's."""
    return word.strip(",") in _no_given_names()
