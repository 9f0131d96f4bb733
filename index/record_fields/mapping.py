"""The mappings: which columns and keys of a family of records become which field, one TOML file a family.

A *place* is where a value stands:

- a column or key: `scopeAndContent`; letter case, spaces and a namespace of the family do not matter;
- what stands in objects below it: `notes[type=scopecontent]/content`, where the condition compares a value
  with one of several between `|`, and of lists every item counts;
- two places with `..` between them: a range of dates;
- a template of keys: `{year}-{month}-{day}`.

| key | meaning |
|---|---|
| `title` | what the family is called |
| `marks`, `least` | keys by which its records are known, and how many of them they have (1) |
| `namespaces` | what may stand before a key; the records of a family without marks are known by it |
| `based_on` | the family whose mapping holds where this one says nothing; generic.toml holds for all |
| `fields`, `extra` | field, or label of other details -> places, those that count before others first |
| `groups` | columns whose values belong together one by one, as a list of objects |
| `separators`, `nothing` | what stands between several values, and in place of none |
| `ignored` | keys that say nothing about the document |
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.record_fields.keys import folded

LISTS = frozenset({"authors", "recipients", "subjects"})
"""Fields with several values."""
PARAGRAPHS = frozenset({"summary", "body"})
"""Fields whose values are texts of several paragraphs."""

FOLDER = Path(__file__).with_name("mappings")
_STEP = re.compile(r"([^/\[\]]+)(?:\[([^\[\]=]+)=([^\[\]]*)\])?")
_PART = re.compile(r"\{([^{}]+)\}")


@cache
def table(name: str) -> Mapping[str, Any]:
    """A mapping as its file has it."""
    found: Mapping[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A key below another, and a condition: the value at the path `key` is one of `values`."""

    name: str
    key: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; `end` is the other end of a range, `parts` are the keys of a `template`."""

    steps: tuple[Step, ...]
    end: "Place | None" = None
    parts: tuple[str, ...] = ()
    template: str = ""

    @classmethod
    def of(cls, written: str) -> "Place":
        """The place as it is written in a mapping."""
        if parts := _PART.findall(written):
            return cls((), parts=tuple(map(folded, parts)), template=_PART.sub("{}", written))
        begin, dots, end = written.partition("..")
        return cls(_steps(begin), cls.of(end) if dots else None)


def _steps(written: str) -> tuple[Step, ...]:
    return tuple(
        Step(folded(name), _path(key), frozenset(map(folded, values.split("|"))))
        for name, key, values in _STEP.findall(written)
    )


def _path(written: str) -> tuple[str, ...]:
    return tuple(map(folded, filter(None, written.split("/"))))


def starts(place: Place) -> tuple[str, ...]:
    """The folded keys of a record at which a place begins."""
    return place.parts or (place.steps[0].name, *(starts(place.end) if place.end else ()))
