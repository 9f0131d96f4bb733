"""The fields of a record, and its other values, by the names of its keys."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from index.extracted import Values
from index.record_fields.family import Family, family_of
from index.record_fields.keys import folded
from index.record_fields.mapping import LISTS, PARAGRAPHS, Place, starts, table
from index.record_fields.nodes import Path, rest_of
from index.record_fields.places import Cells, Found
from index.record_fields.values import distinct, has_time_of_day, readable, values_in, without_midnight

_PEOPLE = frozenset({"authors", "recipients"})
_COMMAS = frozenset(map(folded, table("generic")["commas"]))
_TIMES_OF_DAY = frozenset(map(folded, table("generic")["times_of_day"]))

Places = Sequence[tuple[str, Sequence[Place]]]


@dataclass(frozen=True, slots=True)
class RecordFields:
    """The fields of a record, and its other values under their own keys, all as text.

    The field `record_id` is the number of the record in the program that it is from.
    """

    fields: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


def parse_record(record: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> RecordFields:
    """The fields that the keys of a record name, in any of the families in `mappings/`.

    Lists may be given as one text, with `;` between their values. Several columns for a list or a text of
    paragraphs are joined; of several for any other field the one that the mapping names first counts. No
    value is lost: what is not in a field is in `extra`.
    """
    pairs = list(record.items() if isinstance(record, Mapping) else record)
    keys = tuple(str(key) for key, _ in pairs)
    plan = _plan(keys) if len(keys) < _MANY else _plan.__wrapped__(keys)
    return _Reading(plan, [value for _, value in pairs]).result()


def fields_named_by(keys: Sequence[str]) -> Mapping[str, str]:
    """Of some keys, those that name a field or a label of a mapping, each with that field or label."""
    plan = _plan(tuple(keys))
    named = {
        start: name
        for name, places in (*plan.extra, *plan.fields)
        for place in places
        for start in starts(place)
    }
    return {key: named[form] for key in keys if (form := plan.family.key(key)) in named}


_MANY = 1000  # keys; so many are not remembered


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the keys of a record stand for. `columns` has the numbers of columns by their folded key.

    Each group has a column of its own behind the others; `labels` has a label for each column.
    """

    family: Family
    columns: Mapping[str, Sequence[int]]
    labels: Sequence[str]
    fields: Places
    extra: Places
    groups: Sequence[tuple[Sequence[str], Sequence[int]]]
    ignored: frozenset[int]
    commas: frozenset[int]


@lru_cache(maxsize=64)
def _plan(keys: tuple[str, ...]) -> _Plan:
    family = family_of(keys)
    columns: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        columns.setdefault(family.key(key), []).append(number)
    labels = [" ".join(key.split()) or f"column {number}" for number, key in enumerate(keys, 1)]
    groups: list[tuple[Sequence[str], Sequence[int]]] = []
    for name, members in family.groups.items():
        there = {attribute: columns[key][0] for attribute, key in members.items() if key in columns}
        if there:
            columns.setdefault(folded(name), []).append(len(labels))
            labels.append(name)
            groups.append((tuple(there), tuple(there.values())))
    ignored = (number for key in family.ignored for number in columns.get(key, ()))
    return _Plan(
        family,
        columns,
        labels,
        tuple(_there(family.fields, columns)),
        tuple(_there(family.extra, columns)),
        groups,
        frozenset([*ignored, *(number for _, members in groups for number in members)]),
        frozenset(number for key in _COMMAS for number in columns.get(key, ())),
    )


def _there(
    places: Mapping[str, Sequence[Place]], columns: Mapping[str, object]
) -> Iterator[tuple[str, Sequence[Place]]]:
    """Of the places of each name, those that a record with these columns can have."""
    for name, every in places.items():
        if found := [place for place in every if not columns.keys().isdisjoint(starts(place))]:
            yield name, found


class _Reading:
    """One record while it is read: what was taken from it so far."""

    def __init__(self, plan: _Plan, values: list[Any]) -> None:
        self._plan = plan
        grouped = [_objects(plan, members, values) for members in plan.groups]
        self._cells = Cells([*values, *grouped], plan.columns, plan.family.nothing, plan.family.separators[0])
        self._used: set[Path] = set()

    def result(self) -> RecordFields:
        fields: dict[str, Values] = {}
        for name, places in self._plan.fields:
            found = [kept for place in places if (kept := self._acceptable(name, place))]
            if found:
                fields |= self._field(name, found)
        return RecordFields(fields, self._extra())

    def _acceptable(self, name: str, place: Place) -> list[Found]:
        """The texts at a place that the field can have.

        Names have letters, and a time of day is a machine's but where a mail was sent.
        """
        found = [one for one in self._cells.at(place) if not self._used.issuperset(one.paths)]
        if name in _PEOPLE:
            return [one for one in found if any(map(str.isalpha, one.text))]
        if name == "date":
            timed = not place.parts and place.steps[0].name in _TIMES_OF_DAY
            return [one for one in found if timed or not has_time_of_day(one.text)]
        return found

    def _field(self, name: str, found: Sequence[Sequence[Found]]) -> dict[str, Values]:
        every = [one for some in found for one in some]
        if name in LISTS | PARAGRAPHS:
            every.sort(key=lambda one: one.paths[0][0])
        if name in LISTS:
            self._use(every)
            return {name: tuple(dict.fromkeys(text for one in every for text in self._several(one)))}
        if name in PARAGRAPHS:
            self._use(every)
            return {name: "\n\n".join(dict.fromkeys(one.text for one in every))}
        if name == "date":
            return self._date(every)
        text = "; ".join(distinct(one.text for one in found[0]))
        self._use([*found[0], *(one for one in every if one.text == text)])
        return {name: text}

    def _date(self, every: Sequence[Found]) -> dict[str, Values]:
        """The date as it is written, and beside it the range in other columns that says what it means."""
        first = every[0]
        self._use(one for one in every if one.text == first.text)
        date = without_midnight(first.text)
        between = next((one for one in every if len(one.paths) > 1 and "/" in one.text), first)
        if between is first or len(first.paths) > 1:
            return {"date": date}
        self._use([between])
        return {"date": between.text, "date_written": date}

    def _several(self, found: Found) -> tuple[str, ...]:
        """The values in one text; keywords may have commas between them."""
        separators = self._plan.family.separators
        if found.paths[0][0] in self._plan.commas and ";" not in found.text:
            separators = (*separators, ",")
        return values_in(found.text, *separators)

    def _use(self, found: Iterable[Found]) -> None:
        self._used.update(path for one in found for path in one.paths + one.conditions)

    def _extra(self) -> dict[str, str]:
        """What is in no field: under the label of the mapping, else under its own key."""
        extra: dict[str, list[str]] = {}
        for label, places in self._plan.extra:
            found = [one for place in places for one in self._cells.at(place)]
            fresh = [one for one in found if not self._used.issuperset(one.paths)]
            self._use(fresh)
            extra.setdefault(label, []).extend(one.text for one in fresh)
        ignored = self._plan.family.ignored
        touched = {path[:length] for path in self._used for length in range(1, len(path))}
        for column, label in enumerate(self._plan.labels):
            if column not in self._plan.ignored and (column,) not in self._used:
                text = readable(rest_of(self._cells.values[column], (column,), self._used, touched, ignored))
                if text.casefold() not in self._plan.family.nothing:
                    extra.setdefault(label, []).append(text)
        return {
            label: "; ".join(kept)
            for label, texts in extra.items()
            if (kept := dict.fromkeys(filter(None, texts)))
        }


def _objects(
    plan: _Plan, group: tuple[Sequence[str], Sequence[int]], values: Sequence[Any]
) -> list[dict[str, str]]:
    """The values of columns that belong together one by one, as objects."""
    names, columns = group
    separator = plan.family.separators[0]
    lists = [[part.strip() for part in str(values[column] or "").split(separator)] for column in columns]
    rows = (
        [("" if text.casefold() in plan.family.nothing else text) for text in row]
        for row in zip_longest(*lists, fillvalue="")
    )
    return [dict(zip(names, row, strict=True)) for row in rows if any(row)]
