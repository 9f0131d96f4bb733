"""Of which family is a record, and which places of it make up which field?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from index.record_fields.keys import folded, forms
from index.record_fields.mapping import Place, starts, table

FAMILIES = ("opis", "mail", "atom", "archivesspace", "contentdm", "omeka")
"""The families that are known by marks; of two that are as likely, the first."""
BY_NAMESPACE = "dublin_core"
"""The family that is known by what stands before its keys."""
GENERIC = "generic"

Places = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of records, with all that it is based on.

    `fields` and `extra` have the places of each field and of each label of other details; `groups` the
    folded keys of columns by the names that they get in the objects that they make up. `known` are the
    folded keys that have a meaning.
    """

    name: str
    fields: Places
    extra: Places
    groups: Mapping[str, Mapping[str, str]]
    namespaces: frozenset[str]
    separators: tuple[str, ...]
    nothing: frozenset[str]
    ignored: frozenset[str]
    known: frozenset[str]

    def key(self, written: str) -> str:
        """The form of a key under which the family knows it; else its folded form."""
        found = forms(written, self.namespaces)
        return next((form for form in found if form in self.known), found[0] if found else "")


def family_of(keys: Sequence[str]) -> Family:
    """The family of a record with these keys."""
    found = {form for key in keys for form in forms(key, frozenset())}
    counts = {name: len(found & _marks(name)) for name in FAMILIES}
    likely = [name for name in FAMILIES if counts[name] >= table(name).get("least", 1)]
    if likely:
        return family(max(likely, key=counts.__getitem__))
    namespaces = family(BY_NAMESPACE).namespaces
    named = any(len(forms(key, namespaces)) > 1 for key in keys)
    return family(BY_NAMESPACE if named else GENERIC)


@cache
def family(name: str) -> Family:
    """A family by name. What a key means in it, the first of its mappings says that has the key."""
    levels = list(_levels(name))
    fields: dict[str, tuple[Place, ...]] = {}
    extra: dict[str, tuple[Place, ...]] = {}
    groups: dict[str, dict[str, str]] = {}
    claimed: set[str] = set()
    for level in levels:
        named = {key for columns in level.get("groups", {}).values() for key in map(folded, columns.values())}
        for kind, found in (("fields", fields), ("extra", extra)):
            for label, written in level.get(kind, {}).items():
                places = [place for place in map(Place.of, written) if claimed.isdisjoint(starts(place))]
                named |= {key for place in places for key in starts(place)}
                found[label] = (*found.get(label, ()), *places)
        for group, columns in level.get("groups", {}).items():
            groups[group] = {attribute: folded(column) for attribute, column in columns.items()}
        claimed |= named
    return Family(
        name,
        fields,
        extra,
        groups,
        frozenset(map(folded, _all(levels, "namespaces"))),
        tuple(dict.fromkeys(_all(levels, "separators"))),
        frozenset(one.casefold() for one in _all(levels, "nothing")),
        frozenset(map(folded, " ".join(level.get("ignored", "") for level in levels).split())) - claimed,
        frozenset(claimed),
    )


def _levels(name: str) -> Iterator[Mapping[str, Any]]:
    """The mappings of a family: its own, that on which it is based, and that which holds for all."""
    while name:
        level = table(name)
        yield level
        name = level.get("based_on", "" if name == GENERIC else GENERIC)


def _all(levels: Sequence[Mapping[str, Any]], key: str) -> Iterator[str]:
    for level in levels:
        yield from level.get(key, ())


@cache
def _marks(name: str) -> frozenset[str]:
    return frozenset(map(folded, table(name)["marks"]))
