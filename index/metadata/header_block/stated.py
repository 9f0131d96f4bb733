"""The values that a header block states, and that none of them is lost when the document is built."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.metadata.names import names_in
from search.document import Document

_WORD = re.compile(r"\w+")
_PEOPLE = frozenset({"authors", "recipients", "copies"})
_LISTS = _PEOPLE | {"subjects"}


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value of a header block: its field (see labels.toml), its label as written, and its text.

    The label is empty for a value that stands there without one, such as a title.
    """

    name: str
    label: str
    text: str


def first_values(stated: Iterable[StatedValue]) -> dict[str, str]:
    """Field -> the first value stated for it; of lists, all values under the same label, a line each."""
    fields: dict[str, list[StatedValue]] = {}
    for value in stated:
        values = fields.setdefault(value.name, [])
        same_list = value.name in _LISTS and values and values[0].label.casefold() == value.label.casefold()
        if same_list or not values:
            values.append(value)
    return {name: "\n".join(value.text for value in values) for name, values in fields.items()}


def unplaced(stated: Iterable[StatedValue], document: Document) -> dict[str, str]:
    """Label -> value of what is stated and stands in no field of the document, such as a second date."""
    values = tuple(stated)
    if not values:
        return {}
    known = _words(" ".join(_texts(document)))
    people = {*document.authors, *document.recipients}
    missing: dict[str, list[str]] = {}
    for value in values:
        names = set(names_in(value.text)) if value.name in _PEOPLE else set()
        if not (names and names <= people) and not _words(value.text) <= known:
            missing.setdefault(value.label or value.name, []).append(value.text)
    extra = document.extra
    return {
        label: "\n".join([extra[label], *texts] if label in extra else texts)
        for label, texts in missing.items()
    }


def _texts(document: Document) -> Iterable[str]:
    """The texts of all fields but the body."""
    yield from (document.title, document.summary, document.collection, document.language, document.type)
    yield from (document.place, document.citation, document.credits, document.source_url)
    yield from (document.classification, *document.subjects, *document.extra.values())
    yield from (*document.authors, *document.recipients)
    yield document.date.text if document.date else ""
    yield document.reference.text if document.reference else ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
