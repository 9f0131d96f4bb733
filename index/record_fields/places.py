"""What stands at a place of a record? Its texts, and the values that each was taken from."""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import zip_longest
from typing import Any, NamedTuple

from index.record_fields.keys import folded
from index.record_fields.mapping import Place, Step
from index.record_fields.nodes import Path, items, shown


class Found(NamedTuple):
    """A text at a place, not empty, and the paths of the values that it was taken from.

    `conditions` are the paths of values by which its object was chosen among others.
    """

    text: str
    paths: tuple[Path, ...]
    conditions: tuple[Path, ...] = ()


class Cells(NamedTuple):
    """The values of a record by column; `columns` are the numbers of columns by their folded key.

    `nothing` are texts in place of no value, also among several with `separator` between them.
    """

    values: Sequence[Any]
    columns: Mapping[str, Sequence[int]]
    nothing: Set[str] = frozenset()
    separator: str = ";"

    def at(self, place: Place) -> list[Found]:
        """The texts at a place, in order."""
        if place.parts:
            return list(self._composed(place))
        begin = self._below(place.steps)
        return list(_ranges(begin, self.at(place.end))) if place.end else begin

    def _below(self, steps: Sequence[Step]) -> list[Found]:
        found: list[Found] = []
        plain = len(steps) == 1 and not steps[0].key
        for column in self.columns.get(steps[0].name, ()):
            value = self.values[column]
            if plain and isinstance(value, str):  # as most are
                if text := self.without_nothing(value.strip()):
                    found.append(Found(text, ((column,),)))
                continue
            for at, item in items(value, (column,)):
                for path, inner in ((at, item),) if plain else _leaves(item, at, steps):
                    shows, used = shown(inner, path)
                    if text := self.without_nothing(shows.strip()):
                        found.append(Found(text, used, () if plain else _conditions(item, at, steps[0])))
        return found

    def without_nothing(self, text: str) -> str:
        """A text without what stands in it in place of a value."""
        if not self.nothing:
            return text
        folded_text = text.casefold()
        if not any(nothing in folded_text for nothing in self.nothing):
            return text
        parts = text.split(self.separator)
        return self.separator.join(part for part in parts if part.strip().casefold() not in self.nothing)

    def _composed(self, place: Place) -> Iterator[Found]:
        """A text made of several columns, if all of them say something; days and months get two digits."""
        parts = [next(iter(self._below((Step(part),))), None) for part in place.parts]
        found = [part for part in parts if part]
        if found and len(found) == len(parts):
            texts = [part.text.zfill(2) if part.text.isdigit() else part.text for part in found]
            yield Found(place.template.format(*texts), tuple(path for part in found for path in part.paths))


def _leaves(item: Any, path: Path, steps: Sequence[Step]) -> Iterator[tuple[Path, Any]]:
    """The values below an item that meets the condition of the first step."""
    step, *below = steps
    if step.key and not _meets(item, step):
        return
    if not below:
        yield path, item
    elif isinstance(item, Mapping):
        for key, value in item.items():
            if folded(str(key)) == below[0].name:
                for at, inner in items(value, (*path, key)):
                    yield from _leaves(inner, at, below)


def _conditions(item: Any, path: Path, step: Step) -> tuple[Path, ...]:
    if not step.key:
        return ()
    return tuple(at for at, _ in _leaves(item, path, tuple(Step(name) for name in ("", *step.key))))


def _meets(item: Any, step: Step) -> bool:
    steps = tuple(Step(name) for name in ("", *step.key))
    values = [folded(str(value)) for _, value in _leaves(item, (), steps)] or [""]
    return not step.values.isdisjoint(values)


def _ranges(begins: Sequence[Found], ends: Sequence[Found]) -> Iterator[Found]:
    """Begin and end of each range, as EDTF writes it; alone, a begin is a date."""
    for begin, end in zip_longest(begins, ends):
        if not end or (begin and begin.text == end.text):
            yield Found(begin.text, begin.paths + (end.paths if end else ()), begin.conditions)
        elif begin:
            yield Found(
                f"{begin.text}/{end.text}", begin.paths + end.paths, begin.conditions + end.conditions
            )
        else:
            yield Found(f"../{end.text}", end.paths, end.conditions)
