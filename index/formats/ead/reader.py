"""EAD finding aids (2002 and EAD3): a document for each unit described, from the collection to the item.

The file is streamed twice and never held in memory whole: first to check that it is complete, then unit by
unit. A unit is yielded when its element ends, so components come before the unit around them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.extracted import Extracted, Passage, ReadError
from index.formats.ead.fields import (
    body_of,
    containers_of,
    extra_of,
    fields_of,
    repository_of,
    title_of,
    unit_id,
)
from index.formats.ead.text import is_component
from index.formats.format import ReadContext
from index.formats.support.stream import drop, events, name_of, own_id
from index.metadata import ids
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOTS = frozenset({"ead"})


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The units of a finding aid. Raises ReadError before the first if the file is incomplete."""
    described = False
    for event, element in events(file, context.remarks):
        described = described or name_of(element) == "archdesc"
        if event == "end":
            drop(element)
    if not described:
        raise ReadError("It describes nothing: it has no archdesc.")
    return _units(file)


@dataclass(slots=True)
class _Level:
    """An open unit: its place in the hierarchy, and what its components show of it."""

    number: int
    path: str
    title: str = ""
    unit_id: str = ""
    repository: str = ""
    components: int = 0


def _units(file: SourceFile) -> Iterator[Extracted]:
    levels: list[_Level] = []
    count = 0
    for event, element in events(file):
        unit = name_of(element) == "archdesc" or (levels and is_component(element))
        if event == "start" and unit:
            _forget_before(element)
            count += 1
            levels.append(_Level(count, _path(levels)))
        elif event == "end" and levels and name_of(element) == "did" and element.getparent() is not None:
            _identify(levels[-1], element.getparent())
        elif event == "end" and unit:
            if extracted := _extracted(file, element, levels):
                yield extracted
            levels.pop()
            element.clear()


def _path(levels: list[_Level]) -> str:
    """The position of a new unit: `2.1` for the first component of the second component of the collection."""
    if not levels:
        return ""
    levels[-1].components += 1
    return f"{levels[-1].path}.{levels[-1].components}".lstrip(".")


def _identify(level: _Level, unit: "_Element | None") -> None:
    if unit is not None:
        level.title, level.unit_id = title_of(unit), unit_id(unit)
        level.repository = repository_of(unit)


def _forget_before(element: "_Element") -> None:
    """Remove the finished units before this one from the tree, to free their memory."""
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None and is_component(before):
        parent.remove(before)


def _extracted(file: SourceFile, unit: "_Element", levels: list[_Level]) -> Extracted | None:
    """A unit with the titles above it; None if it has neither title nor dates."""
    level, top, slug = levels[-1], levels[0], ids.file_slug(file.name)
    if not level.title:
        return None
    fields = fields_of(unit)
    fields["id"] = f"{slug}-{own_id(unit) or level.path}" if level is not top else slug
    fields["collection"] = top.title
    places = [top.repository, top.unit_id, level.unit_id if level is not top else "", containers_of(unit)]
    fields["reference"] = ", ".join(filter(None, places))
    above = [around.title for around in levels[:-1] if around.title]
    body = tuple(body_of(unit))
    extra = extra_of(unit)
    if above:  # in the text, so that it is searched
        extra["part of"] = " › ".join(above)
        body += (Passage("paragraph", " › ".join([*above, level.title])),)
    return Extracted(body, fields, extra, level.number, header=False)
