"""Metadata that stands beside a file: `<file>.meta.toml`, and the rows of a folder's `metadata.csv`.

A `metadata.csv` describes files in its folder and below. The table nearest to the file overrides those
farther up, the file's own sidecar overrides all tables, and each of them can withhold the file. A table or
sidecar that cannot be read might withhold: every file that it could describe is then a failure, and what
was indexed of that file stays.
"""

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.encoding import decode
from index.extracted import ReadError, Values
from index.record_fields import parse_record
from index.sources.files import SourceFile, printable, why_not_opened
from index.sources.metadata_table import TABLE, MetadataRow, read_rows
from index.sources.sent import Sent

SUFFIX = ".meta.toml"
MAX_SIDECAR_BYTES = 1 << 20
MAX_TABLE_BYTES = 64 << 20

_DEEPEST = 32
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DEEP = re.compile(rf"(?<![\w-]){_PART}(?:\.[ \t]*+{_PART}){{{_DEEPEST}}}")
_YES, _NO = {"true", "yes", "1"}, {"", "false", "no", "0"}


@dataclass(frozen=True, slots=True)
class Statements(Sent):
    """What is to be read about a file: the `cells` of its rows, the farthest table's first, and a sidecar."""

    cells: tuple[Mapping[str, str], ...] = ()
    sidecar: bool = False


@dataclass(frozen=True, slots=True)
class Sidecar(Sent):
    """The merged metadata that tables and sidecar state about a file; it overrides the file's own.

    `withheld_by` is the name of the file that withholds it, or "". `key` is a hash of all the rest, or ""
    if nothing is stated.
    """

    fields: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    withheld_by: str = ""
    key: str = ""


def merged(sidecars: Iterable[Sidecar]) -> Sidecar:
    """The sidecars of a document's files as one, later ones overriding earlier ones.

    A text is that of the last one. Each of them can withhold the document.
    """
    *others, last = sidecars
    if all(other == Sidecar() for other in others):
        return last
    everything = [*(replace(other, fields=_without_text(other)) for other in others), last]
    fields = {name: value for one in everything for name, value in one.fields.items()}
    extra = {name: value for one in everything for name, value in one.extra.items()}
    withheld_by = next((one.withheld_by for one in everything if one.withheld_by), "")
    return Sidecar(fields, extra, withheld_by, "-".join(one.key for one in everything).strip("-"))


def _without_text(sidecar: Sidecar) -> Mapping[str, Values]:
    return {name: value for name, value in sidecar.fields.items() if name != "body"}


def is_withheld(extra: Mapping[str, str]) -> bool:
    """Whether a record or front matter withholds its document. Raises ReadError for an unclear value."""
    return _flag(extra.get("withhold", ""), "It")


def sidecar_of(file: SourceFile, statements: Statements) -> Sidecar:
    """The merged metadata of a file. Raises ReadError if its sidecar cannot be read or a value is unclear."""
    sources: list[tuple[str, Mapping[str, Any]]] = [(TABLE, cells) for cells in statements.cells]
    if statements.sidecar:
        own = file.path.with_name(file.path.name + SUFFIX)
        sources.append((printable(own.name), _toml(own, top_of(file))))
    return _merged(sources) if sources else Sidecar()


def read_table(path: Path, top: Path) -> tuple[MetadataRow, ...]:
    """The rows of a table in a SOURCE with the folder `top`. Raises ReadError if any cannot be read."""
    try:
        return tuple(read_rows(_bytes(path, top)))
    except OSError as error:
        raise ReadError(f"It cannot be opened: {error.strerror or error}.") from error


def top_of(file: SourceFile) -> Path:
    """The folder of the SOURCE, as it is written in the file's path."""
    return file.path.parents[file.name.count("/")]


def _merged(sources: Iterable[tuple[str, Mapping[str, Any]]]) -> Sidecar:
    """Later (name, record) pairs override earlier ones; any of them can withhold the file."""
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    withheld_by = ""
    for name, record in sources:
        more = parse_record(record)
        if _flag(more.extra.get("withhold", ""), name):
            withheld_by = name
        fields |= {key: value for key, value in more.fields.items() if value}
        extra |= {key: value for key, value in more.extra.items() if key != "withhold"}
    if not (fields or extra or withheld_by):
        return Sidecar()
    content = repr((sorted(fields.items()), sorted(extra.items()), withheld_by))
    key = hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return Sidecar(fields, extra, withheld_by, key)


def _flag(value: object, name: str) -> bool:
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise ReadError(f"{name} has withhold = {str(value)!r}, which is neither true nor false.")
    return word in _YES


def _toml(path: Path, top: Path) -> dict[str, Any]:
    name = printable(path.name)
    try:
        text = decode(_bytes(path, top))
        if _DEEP.search(text):  # tomllib takes time by the square of the depth
            raise ReadError(f"It has keys of more than {_DEEPEST} parts.")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ReadError(f"Its sidecar {name} is not valid TOML: {error}.") from error
    except ReadError as error:
        raise ReadError(f"Its sidecar {name} cannot be read: {error}") from error
    except OSError as error:
        raise ReadError(f"Its sidecar {name} cannot be opened: {error.strerror or error}.") from error


def _bytes(path: Path, top: Path) -> bytes:
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(top)):
        raise ReadError("It is a link that leads out of the folder.")
    if why := why_not_opened(path):
        raise ReadError(why)
    limit = MAX_TABLE_BYTES if path.name.casefold() == TABLE else MAX_SIDECAR_BYTES
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(f"It is larger than {limit >> 20} MB.")
    return data
