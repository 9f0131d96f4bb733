"""How is a name shown? As written, without the punctuation around it, or under its preferred form."""

import re
from collections.abc import Iterable
from dataclasses import replace
from email.utils import getaddresses
from functools import partial
from inspect import signature

from index.record_fields import values_in
from search.commit_data.aliases import Aliases
from search.document import NAMES_AS_WRITTEN, Document

_EDGES = " \t\n,;:*_"
_DOUBLE = '"“”„'
_QUOTED = re.compile(  # as a whole; an apostrophe in it is no mark
    rf"""[{_DOUBLE}]([^{_DOUBLE}]*)[{_DOUBLE}]|['‘‚]((?:[^'‘’]|(?<=\w)['’](?=\w))*)['’]"""
)
_LEADING = re.compile(r"^(?:(?:the|cdes?\.?|com(?:rade|\.)s?|/s/|signed:?|\(signed\))\s+)+", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_]{3,}")
_INITIAL_END = re.compile(r"(?:^|[\s.])[^\W\d_]\.$|\b(?:Jr|Sr|Esq)\.$")
_ADDRESSES_LIMIT = 10_000  # characters
_SMALL = {"of", "the", "and", "de", "von", "van", "der", "du", "la", "le", "da"}


_is_strict = "strict" in signature(getaddresses).parameters  # since Python 3.13, and later releases of 3.11
_getaddresses = partial(getaddresses, strict=False) if _is_strict else getaddresses


def display_name(text: str) -> str:
    """A name for pages: on one line, no punctuation at its ends, CAPITALS as `Capitals`, `[x]` as `(x)`.

    Titles, initials and an alias in brackets are parts of the name and stay.
    """
    name = _LEADING.sub("", _unquoted(" ".join(text.split())))
    name = name.replace("[", "(").replace("]", ")")
    if name.endswith(".") and not _INITIAL_END.search(name):
        name = name.rstrip(". ")
    if name.partition("(")[0].isupper():
        name = _CAPITALS.sub(_capitalized, name)
    return _unquoted(name)


def _unquoted(name: str) -> str:
    """A name without the quotation marks around all of it, and without one whose partner is missing."""
    name = name.strip(_EDGES)
    while quoted := _QUOTED.fullmatch(name):
        name = (quoted[1] or quoted[2] or "").strip(_EDGES)
    if sum(map(name.count, _DOUBLE)) == 1 or not any(map(str.isalnum, name)):
        name = name.strip(_DOUBLE + _EDGES)
    return name


def _capitalized(match: re.Match[str]) -> str:
    word = match[0]
    if word.lower() in _SMALL:
        return word.lower()
    return word[0] + word[1:].lower()


def names_in(text: str) -> tuple[str, ...]:
    """The display names in a value: separated by `;` or line breaks, or those of addresses (`A <a@b>, …`)."""
    if not text:
        return ()
    names = _addressed(text) if "@" in text and len(text) <= _ADDRESSES_LIMIT else []
    return tuple(dict.fromkeys(filter(None, map(display_name, names or values_in(text, ";", "\n")))))


def addresses_in(values: Iterable[str]) -> list[tuple[str, str]]:
    """The names and addresses in header fields, also in forms that are obsolete: `a@b (Berg, Anna)`."""
    return list(_getaddresses(list(values)))


def _addressed(text: str) -> list[str]:
    try:
        pairs = addresses_in([text.replace("\n", " ").replace(";", ",")])
    except RecursionError:  # brackets in brackets in brackets …
        return []
    return [name or address for name, address in pairs if name or address]


def with_preferred_names(document: Document, aliases: Aliases) -> Document:
    """The document with its authors and recipients under their preferred names.

    Names that were written otherwise are kept in its `extra`.
    """
    if not aliases.groups:
        return document
    people = (*document.authors, *document.recipients)
    others = [name for name in people if aliases.preferred(name) != name]
    if not others:
        return document
    return replace(
        document,
        authors=_preferred(document.authors, aliases),
        recipients=_preferred(document.recipients, aliases),
        extra={**document.extra, NAMES_AS_WRITTEN: "; ".join(dict.fromkeys(others))},
    )


def _preferred(names: tuple[str, ...], aliases: Aliases) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(aliases.preferred, names)))
