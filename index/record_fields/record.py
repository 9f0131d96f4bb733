"""The fields of a record, and its other values, by the names of its keys."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, zip_longest
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
    keys = tuple([str(key) for key, _ in pairs])
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

    `whole` has the number of the column that is the only place of a field, for those that have but one. Each
    group has a column of its own behind the others; `labels` has a label for each that can be in `extra`.
    """

    family: Family
    columns: Mapping[str, Sequence[int]]
    labels: Sequence[tuple[int, str]]
    fields: Places
    extra: Places
    whole: Mapping[str, int]
    groups: Sequence[tuple[Sequence[str], Sequence[int]]]
    commas: frozenset[int]


@lru_cache(maxsize=128)
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
    fields = tuple(_there(family.fields, columns))
    ignored = {number for key in family.ignored for number in columns.get(key, ())}
    ignored.update(number for _, members in groups for number in members)
    return _Plan(
        family,
        columns,
        [(number, label) for number, label in enumerate(labels) if number not in ignored],
        fields,
        tuple(_there(family.extra, columns)),
        {name: found[0] for name, places in fields if len(found := _whole(places, columns)) == 1},
        groups,
        frozenset(number for key in _COMMAS for number in columns.get(key, ())),
    )


def _there(
    places: Mapping[str, Sequence[Place]], columns: Mapping[str, object]
) -> Iterator[tuple[str, Sequence[Place]]]:
    """Of the places of each name, those that a record with these columns can have."""
    for name, every in places.items():
        if found := [place for place in every if not columns.keys().isdisjoint(starts(place))]:
            yield name, found


def _whole(places: Sequence[Place], columns: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The numbers of the columns that a place is, if it is the only one and each of them is it as a whole."""
    [place, *more] = places
    if more or place.parts or place.end or len(place.steps) > 1 or place.steps[0].key:
        return ()
    return columns[place.steps[0].name]


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
            column = self._plan.whole.get(name, -1)
            value = self._cells.values[column] if column >= 0 else None
            if isinstance(value, str):  # as most are
                text = self._cells.without_nothing(value.strip())
                if text and (column,) not in self._used and _accepts(name, places[0], text):
                    self._used.add((column,))
                    fields[name] = self._value(name, text, column)
            elif found := list(filter(None, [self._acceptable(name, place) for place in places])):
                fields |= self._field(name, found)
        return RecordFields(fields, self._extra())

    def _acceptable(self, name: str, place: Place) -> list[Found]:
        """The texts at a place that the field can have, and that are in no other."""
        return [
            one
            for one in self._cells.at(place)
            if not self._used.issuperset(one.paths) and _accepts(name, place, one.text)
        ]

    def _value(self, name: str, text: str, column: int | str) -> Values:
        """What a field is by one text; keywords may have commas between them."""
        if name in LISTS:
            separators = self._plan.family.separators
            if column in self._plan.commas and ";" not in text:
                separators = (*separators, ",")
            return values_in(text, *separators)
        if name in PARAGRAPHS:
            return text
        return without_midnight(text) if name == "date" else " ".join(text.split())

    def _field(self, name: str, found: Sequence[Sequence[Found]]) -> dict[str, Values]:
        every = [one for some in found for one in some]
        if name == "date":
            return self._date(every)
        if name in LISTS or name in PARAGRAPHS:
            every.sort(key=lambda one: one.paths[0][0])
            self._use(every)
            if name in PARAGRAPHS:
                return {name: "\n\n".join(dict.fromkeys(one.text for one in every))}
            values = [self._value(name, one.text, one.paths[0][0]) for one in every]
            return {name: tuple(dict.fromkeys(chain.from_iterable(values)))}
        text = "; ".join(distinct(one.text for one in found[0]))
        self._use([*found[0], *(one for one in every if one.text == text)])
        return {name: text}

    def _date(self, every: Sequence[Found]) -> dict[str, Values]:
        """The date as it is written, and beside it the range in other columns that says what it means."""
        first = every[0]
        self._use(one for one in every if one.text == first.text)
        date = without_midnight(first.text)
        between = next((one for one in every if len(one.paths) > 1), first)
        if between is first or len(first.paths) > 1:
            return {"date": date}
        self._use([between])
        return {"date": between.text, "date_written": date}

    def _use(self, found: Iterable[Found]) -> None:
        for one in found:
            self._used.update(one.paths, one.conditions)

    def _extra(self) -> dict[str, str]:
        """What is in no field: under the label of the mapping, else under its own key."""
        extra: dict[str, list[str]] = {}
        for label, places in self._plan.extra:
            found = [one for place in places for one in self._cells.at(place)]
            fresh = [one for one in found if not self._used.issuperset(one.paths)]
            self._use(fresh)
            extra.setdefault(label, []).extend(one.text for one in fresh)
        parted = [path for path in self._used if len(path) > 1]
        touched = {path[:length] for path in parted for length in range(1, len(path))}
        family = self._plan.family
        for column, label in self._plan.labels:
            if (column,) not in self._used:
                value = self._cells.values[column]
                if (column,) in touched:
                    value = rest_of(value, (column,), self._used, touched, family.ignored)
                for name, one in _details(label, value):
                    text = readable(one)
                    if not family.nothing or text.casefold() not in family.nothing:
                        extra.setdefault(name, []).append(text)
        return {label: text for label, texts in extra.items() if (text := _joined(texts))}


def _details(label: str, value: Any) -> Iterable[tuple[str, Any]]:
    """A value under its label; of an object `extra` its members, which are other details already."""
    if label == "extra" and isinstance(value, Mapping):
        return ((" ".join(str(name).split()) or label, one) for name, one in value.items())
    return ((label, value),)


def _joined(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "; ".join(dict.fromkeys(filter(None, texts)))


def _accepts(name: str, place: Place, text: str) -> bool:
    """Whether a field can have a text.

    Names have letters, and a time of day is a machine's but where a mail was sent.
    """
    if name in _PEOPLE:
        return any(map(str.isalpha, text))
    if name == "date" and has_time_of_day(text):
        return not place.parts and place.steps[0].name in _TIMES_OF_DAY
    return True


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
