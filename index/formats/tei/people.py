"""Names of persons and organisations in TEI, marked up in parts or as text."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.formats.support.elements import names
from index.formats.support.stream import name_of
from index.formats.tei.walk import line_of
from index.metadata.names import display_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = frozenset({"persname", "orgname", "name", "rs"})
_IDENTIFIERS = frozenset({"idno", "ptr", "email", "affiliation", "note"})
_REGISTERS = names("tei", "registers")
_REGISTERED = names("tei", "register_names")
_PARTS = names("tei", "name_parts")


def name_in(element: "_Element") -> str:
    """The name in an element, without identifiers; its parts are in the order of speech."""
    inside = next((one for one in element.iter("{*}*") if name_of(one) in _NAMES), None)
    named = element if inside is None else inside
    parts = [(name_of(child), line_of(child)) for child in named if name_of(child)]
    running = (named.text or "").strip() or any((child.tail or "").strip() for child in named)
    if not running and parts and all(name in _PARTS for name, _ in parts):
        order = {"forename": 0, "namelink": 1, "surname": 2}
        given = [(order.get(name, 0 if at == 0 else 3), at, text) for at, (name, text) in enumerate(parts)]
        return display_name(" ".join(text for _, _, text in sorted(given) if text))
    if not running and any(name in _IDENTIFIERS for name, _ in parts):
        return display_name(" ".join(text for name, text in parts if name not in _IDENTIFIERS))
    return display_name(line_of(named)) if inside is not None else display_name(_before_identifiers(named))


def people_in(places: Iterable["_Element"], *wanted: str) -> tuple[str, ...]:
    """The distinct names in the elements of some names inside places."""
    found = (
        name_in(part)
        for place in places
        for name in wanted
        for one in place.iter(f"{{*}}{name}")
        for part in _several(one)
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _several(element: "_Element") -> list["_Element"]:
    """The names that an element holds side by side, or the element itself."""
    names_inside = [child for child in element if name_of(child) in _NAMES]
    return names_inside if len(names_inside) > 1 else [element]


def correspondents(actions: Iterable["_Element"]) -> tuple[str, ...]:
    """The participants in actions of a correspondence (correspAction)."""
    found = (name_in(one) for action in actions for one in action if name_of(one) in _NAMES)
    return tuple(dict.fromkeys(filter(None, found)))


def names_in_registers(element: "_Element") -> list[str]:
    """The names that registers of persons, places and organisations list, each once.

    What they tell of them (lives, coordinates, identifiers) is no text of the document.
    """
    found = (
        line_of(one)
        for register in element.iter("{*}*")
        if name_of(register) in _REGISTERS
        for one in register.iter("{*}*")
        if name_of(one) in _REGISTERED
    )
    return list(dict.fromkeys(filter(None, found)))


def _before_identifiers(element: "_Element") -> str:
    text = line_of(element)
    for child in element:
        if name_of(child) in _IDENTIFIERS:
            text = text.replace(line_of(child), " ", 1)
    return text
