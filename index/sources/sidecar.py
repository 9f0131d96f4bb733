"""Metadata that stands beside a file: `<file>.meta.toml`, and the rows of a folder's `metadata.csv`.

A `metadata.csv` describes files in its folder and below. The table nearest to the file overrides those
farther up, the file's own sidecar overrides all tables, and each of them can withhold the file. A table or
sidecar that cannot be read might withhold: every file that it could describe is then a failure, and what
was indexed of that file stays.
"""

import hashlib
import os
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.encoding import decode
from index.extracted import ReadError, Values
from index.record_fields import parse_record
from index.sources.files import SourceFile, why_not_opened
from index.sources.metadata_table import TABLE, MetadataRow, read_rows

SUFFIX = ".meta.toml"
MAX_SIDECAR_BYTES = 1 << 20
MAX_TABLE_BYTES = 64 << 20

_MORE_FIELDS = frozenset({"reference", "classification", "credits"})
_YES, _NO = {"true", "yes", "1"}, {"", "false", "no", "0"}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The merged metadata that tables and sidecar state about a file; it overrides the file's own.

    `withheld_by` is the name of the file that withholds it, or "". `key` is a hash of all the rest, or ""
    if nothing is stated.
    """

    fields: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    withheld_by: str = ""
    key: str = ""


def described(files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, Sidecar]]:
    """The files that can be documents, each with its sidecar.

    A file whose metadata cannot be read, a sidecar without its file, and a table with a row that names no
    file are yielded with an `error`.
    """
    tables = _Tables()
    sidecars: list[SourceFile] = []
    paths: list[Path] = []
    for file in files:
        if file.error or not _is_sidecar(file):
            paths.append(file.path)
            yield (file, Sidecar()) if file.error or file.skip else _described(file, tables)
        else:
            sidecars.append(file)
    seen = {_same(path) for path in paths} if sidecars else set()
    for sidecar in sidecars:
        for error in _unused(sidecar, seen, tables):
            yield replace(sidecar, error=error), Sidecar()


def is_withheld(extra: Mapping[str, str]) -> bool:
    """Whether a record or front matter withholds its document. Raises ReadError for an unclear value."""
    return _flag(extra.get("withhold", ""), "It")


@dataclass(slots=True)
class _Tables:
    """The listing and the `metadata.csv` of each folder, read once, when first needed."""

    _read: dict[Path, dict[Path, list[MetadataRow]] | ReadError] = field(default_factory=dict)
    _names: dict[Path, frozenset[str]] = field(default_factory=dict)

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder. Raises OSError if it cannot be listed."""
        if folder not in self._names:
            self._names[folder] = frozenset(os.listdir(folder))
        return self._names[folder]

    def of(self, folder: Path, top: Path) -> dict[Path, list[MetadataRow]]:
        """Path of a file -> the rows that name it. Raises ReadError if the table cannot be read."""
        if folder not in self._read:
            self._read[folder] = self._rows(folder, top)
        found = self._read[folder]
        if isinstance(found, ReadError):
            raise found
        return found

    def _rows(self, folder: Path, top: Path) -> dict[Path, list[MetadataRow]] | ReadError:
        try:
            rows: dict[Path, list[MetadataRow]] = {}
            for name in sorted(name for name in self.names(folder) if name.casefold() == TABLE):
                for row in read_rows(_bytes(folder / name, top)):
                    rows.setdefault(_same(folder / row.file), []).append(row)
        except ReadError as error:
            return error
        except OSError as error:
            return ReadError(f"It cannot be opened: {error.strerror or error}.")
        return rows


def _is_sidecar(file: SourceFile) -> bool:
    name = file.path.name.casefold()
    return name == TABLE or name.endswith(SUFFIX)


def _described(file: SourceFile, tables: _Tables) -> tuple[SourceFile, Sidecar]:
    try:
        return file, _sidecar_of(file, tables)
    except ReadError as error:
        return replace(file, error=error), Sidecar()


def _sidecar_of(file: SourceFile, tables: _Tables) -> Sidecar:
    """The metadata of all tables and the file's own sidecar. Raises ReadError if one cannot be read."""
    sources: list[tuple[str, Mapping[str, Any]]] = []
    top = _top(file)
    for folder in reversed(file.path.parents[: file.name.count("/") + 1]):
        try:
            table = tables.of(folder, top)
        except ReadError as error:
            raise ReadError(f"Its row in {TABLE} cannot be read: {error}") from error
        rows = table.get(_same(file.path), []) if table else []
        if len(rows) > 1:
            raise ReadError(f"Rows {rows[0].number} and {rows[1].number} of {TABLE} both describe it.")
        sources += [(TABLE, row.cells) for row in rows]
    own = file.path.with_name(file.path.name + SUFFIX)
    if own.name in tables.names(file.path.parent):
        sources.append((own.name, _toml(own, top)))
    return _merged(sources)


def _merged(sources: Iterable[tuple[str, Mapping[str, Any]]]) -> Sidecar:
    """Later (name, record) pairs override earlier ones; any of them can withhold the file."""
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    withheld_by = ""
    for name, record in sources:
        if _flag(record.get("withhold", ""), name):
            withheld_by = name
        more = parse_record({key: value for key, value in record.items() if key != "withhold"}, _MORE_FIELDS)
        fields |= {key: value for key, value in more.fields.items() if value}
        extra |= more.extra
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
    try:
        return tomllib.loads(decode(_bytes(path, top)))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ReadError(f"Its sidecar {path.name} is not valid TOML: {error}.") from error
    except ReadError as error:
        raise ReadError(f"Its sidecar {path.name} cannot be read: {error}") from error
    except OSError as error:
        raise ReadError(f"Its sidecar {path.name} cannot be opened: {error.strerror or error}.") from error


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


def _unused(sidecar: SourceFile, seen: set[Path], tables: _Tables) -> Iterator[ReadError]:
    """An error for each file that a sidecar or table describes and that does not exist."""
    path = sidecar.path
    if path.name.casefold() != TABLE:
        file = path.name[: -len(SUFFIX)]
        if _same(path.with_name(file)) not in seen:
            yield ReadError(f"It describes a file {file!r}, which does not exist.")
        return
    try:
        rows = tables.of(path.parent, _top(sidecar))
    except ReadError as error:
        yield error
        return
    for named, found in rows.items():
        if named not in seen and not (os.path.isfile(named) and named.is_relative_to(_same(path.parent))):
            yield ReadError(
                f"Its row {found[0].number} names a file {found[0].file!r}, which does not exist."
            )


def _top(file: SourceFile) -> Path:
    """The folder of the SOURCE, as it is written in the file's path."""
    return file.path.parents[file.name.count("/")]


def _same(path: Path) -> Path:
    """A path in normal form, so that names written on another system match: NFC, `/` between folders."""
    return Path(os.path.normpath(unicodedata.normalize("NFC", str(path).replace("\\", "/"))))
