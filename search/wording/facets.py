"""Facets as text for people: their labels, and the documents and values that they count."""

from collections.abc import Callable
from dataclasses import dataclass

from search.messages import Message, gettext, ngettext, reader
from search.request import DATE
from search.schema import Schema


@dataclass(frozen=True, slots=True)
class _FacetWords:
    """How a facet is spoken of: as the heading of several values, without a value, without this, so many."""

    heading: Message
    missing: Message
    excluded: Message
    counted: Callable[[int], str]


_WORDS = {
    "author": _FacetWords(
        Message("Authors"),
        Message("No author"),
        Message("Not author: %(value)s"),
        lambda count: ngettext("%(num)s author", "%(num)s authors", count),
    ),
    "recipient": _FacetWords(
        Message("Recipients"),
        Message("No recipient"),
        Message("Not recipient: %(value)s"),
        lambda count: ngettext("%(num)s recipient", "%(num)s recipients", count),
    ),
    "subject": _FacetWords(
        Message("Subjects"),
        Message("No subject"),
        Message("Not subject: %(value)s"),
        lambda count: ngettext("%(num)s subject", "%(num)s subjects", count),
    ),
    "place": _FacetWords(
        Message("Places"),
        Message("No place"),
        Message("Not place: %(value)s"),
        lambda count: ngettext("%(num)s place", "%(num)s places", count),
    ),
    "collection": _FacetWords(
        Message("Collections"),
        Message("No collection"),
        Message("Not collection: %(value)s"),
        lambda count: ngettext("%(num)s collection", "%(num)s collections", count),
    ),
    "language": _FacetWords(
        Message("Languages"),
        Message("No language"),
        Message("Not language: %(value)s"),
        lambda count: ngettext("%(num)s language", "%(num)s languages", count),
    ),
    "text_language": _FacetWords(
        Message("Languages of the text"),
        Message("No language of the text"),
        Message("Not language of the text: %(value)s"),
        lambda count: ngettext("%(num)s language of the text", "%(num)s languages of the text", count),
    ),
    "type": _FacetWords(
        Message("Types"),
        Message("No type"),
        Message("Not type: %(value)s"),
        lambda count: ngettext("%(num)s type", "%(num)s types", count),
    ),
    "folder": _FacetWords(
        Message("Folders"),
        Message("No folder"),
        Message("Not folder: %(value)s"),
        lambda count: ngettext("%(num)s folder", "%(num)s folders", count),
    ),
    # Translators: of documents that belong to no other, as an attachment belongs to its mail.
    "parent": _FacetWords(
        Message("Part of"),
        Message("No part of"),
        Message("Not part of: %(value)s"),
        lambda count: ngettext("%(num)s whole document", "%(num)s whole documents", count),
    ),
    DATE: _FacetWords(
        Message("Dates"),
        Message("Undated"),
        Message("Not date: %(value)s"),
        lambda count: ngettext("%(num)s date", "%(num)s dates", count),
    ),
}
"""The facets of the schema, each with words of its own: they change with their number and their gender."""
_ANY = _FacetWords(
    Message("Values"),
    Message("No value"),
    Message("Not: %(value)s"),
    lambda count: ngettext("%(num)s value", "%(num)s values", count),
)
"""For a facet that has no words of its own."""
_LANGUAGES = {"language", "text_language"}
"""Facets whose values are names of languages."""


def facet_label(name: str, schema: Schema) -> str:
    """The heading of a facet."""
    return gettext("Date") if name == DATE else gettext(schema.facets[name].label)


def values_label(name: str, count: int, schema: Schema) -> str:
    """The heading of so many values of a facet: `Author`, `Authors`."""
    words = _WORDS.get(name)
    return gettext(words.heading) if words and count != 1 else facet_label(name, schema)


def missing_label(name: str) -> str:
    """The label of the documents that have no value of a facet: `No author`."""
    return gettext(_WORDS.get(name, _ANY).missing)


def excluded_text(name: str, value: str) -> str:
    """A filter against a value: `Not author: Stalin`."""
    return gettext(_WORDS.get(name, _ANY).excluded.having(value=value))


def counted_values(name: str, count: int) -> str:
    """So many values of a facet: `12 authors`."""
    return _WORDS.get(name, _ANY).counted(count)


def value_text(name: str, value: str) -> str:
    """A value of a facet as the reader knows it: names of languages are translated."""
    if name not in _LANGUAGES:
        return value
    language = reader().language
    return "; ".join(language(one) for one in value.split("; "))
