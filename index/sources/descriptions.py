"""Which sidecars and tables describe which files? Told by their names and by the rows of the tables.

Nothing is read here: tables come as they were read in a worker, and what they and a sidecar state about a
file is read there, too (see `index.sources.sidecar`).
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.extracted import ReadError
from index.sources.files import SourceFile
from index.sources.metadata_table import TABLE, MetadataRow
from index.sources.sidecar import SUFFIX, Statements, top_of

Table = tuple[MetadataRow, ...] | ReadError
"""The rows of a table, or why it cannot be read."""


def is_description(file: SourceFile) -> bool:
    """Whether a file is a sidecar or a table, and so no document."""
    name = file.path.name.casefold()
    return name == TABLE or name.endswith(SUFFIX)


@dataclass(slots=True)
class Folders:
    """The names in each folder, which is listed once, when first needed."""

    _names: dict[Path, frozenset[str]] = field(default_factory=dict)

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder; none if it cannot be listed, as one that is gone by now."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def tables(self, files: Iterable[SourceFile]) -> dict[Path, Path]:
        """The path of each table that may describe one of the files, and the top folder of its SOURCE."""
        above = {folder: top_of(file) for file in files for folder in _folders_of(file)}
        return {
            folder / name: top
            for folder, top in above.items()
            for name in sorted(self.names(folder))
            if name.casefold() == TABLE
        }


class Descriptions:
    """The tables of a SOURCE, each under its path, and the sidecars in its folders."""

    def __init__(self, folders: Folders, tables: Mapping[Path, Table]) -> None:
        self._folders = folders
        self._tables: dict[Path, list[tuple[Path, Table]]] = {}
        self._rows: dict[Path, dict[Path, list[MetadataRow]]] = {}
        for path, table in tables.items():
            self._tables.setdefault(path.parent, []).append((path, table))
            named = self._rows.setdefault(path.parent, {})
            for row in () if isinstance(table, ReadError) else table:
                named.setdefault(_same(path.parent / row.file), []).append(row)

    def of(self, file: SourceFile) -> Statements:
        """What is to be read about a file. Raises ReadError if a table that may name it cannot be read."""
        cells = []
        for folder in reversed(_folders_of(file)) if self._tables else ():
            for _, table in self._tables.get(folder, ()):
                if isinstance(table, ReadError):
                    raise ReadError(f"Its row in {TABLE} cannot be read: {table}") from table
            rows = self._rows[folder].get(_same(file.path), []) if folder in self._rows else []
            if len(rows) > 1:
                raise ReadError(f"Rows {rows[0].number} and {rows[1].number} of {TABLE} both describe it.")
            cells += [row.cells for row in rows]
        sidecar = file.path.name + SUFFIX in self._folders.names(file.path.parent)
        return Statements(tuple(cells), sidecar)

    def unused(
        self, descriptions: Iterable[SourceFile], files: Iterable[SourceFile]
    ) -> Iterator[tuple[SourceFile, ReadError]]:
        """Each sidecar and table with an error for every file that it describes and that does not exist."""
        seen = {_same(file.path) for file in files}
        for description in descriptions:
            path = description.path
            if path.name.casefold() == TABLE:
                yield from ((description, error) for error in self._unused_rows(path, seen))
            elif _same(path.with_name(file := path.name[: -len(SUFFIX)])) not in seen:
                yield description, ReadError(f"It describes a file {file!r}, which does not exist.")

    def _unused_rows(self, path: Path, seen: set[Path]) -> Iterator[ReadError]:
        for own, table in self._tables.get(path.parent, ()):
            if own != path:
                continue
            if isinstance(table, ReadError):
                yield table
            else:
                for row in {_same(path.parent / row.file): row for row in reversed(table)}.values():
                    named = _same(path.parent / row.file)
                    if named not in seen and not (
                        os.path.isfile(named) and named.is_relative_to(_same(path.parent))
                    ):
                        yield ReadError(
                            f"Its row {row.number} names a file {row.file!r}, which does not exist."
                        )


def _folders_of(file: SourceFile) -> tuple[Path, ...]:
    """The folders that a file is in, up to that of its SOURCE, the nearest first."""
    return tuple(file.path.parents[: file.name.count("/") + 1])


def _same(path: Path) -> Path:
    """A path in normal form, so that names written on another system match: NFC, `/` between folders."""
    return Path(os.path.normpath(unicodedata.normalize("NFC", str(path).replace("\\", "/"))))
