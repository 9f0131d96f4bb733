"""What is said about a file beside it: `<file>.meta.toml`, and the rows of a folder's `metadata.csv`.

A `metadata.csv` speaks of files in its folder and below. The nearer one is believed before the farther,
a file's own sidecar before both, and any of them can withhold the file. One that cannot be read may
have meant to: each file it may speak of is then a failure, and what was indexed of that file stays.
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
from index.record_fields import stated
from index.sources.files import Beside, SourceFile, special
from index.sources.metadata_table import TABLE, Row, read_rows

SUFFIX = ".meta.toml"
LARGEST = 1 << 20
"""No sidecar of one file is larger, in bytes."""

_MORE = frozenset({"reference", "classification", "credits"})
_YES, _NO = {"true", "yes", "1"}, {"", "false", "no", "0"}


def described(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files that can be documents, each with what is said beside it.

    A file of which nobody knows what is said, a sidecar of no file, and a row that names none have an
    `error` that says so.
    """
    tables = _Tables()
    sidecars: list[SourceFile] = []
    paths: list[Path] = []
    for file in files:
        if file.error or not _is_sidecar(file):
            paths.append(file.path)
            yield file if file.error or file.special else _with_beside(file, tables)
        else:
            sidecars.append(file)
    seen = {_same(path) for path in paths} if sidecars else set()
    for sidecar in sidecars:
        for error in _unused(sidecar, seen, tables):
            yield replace(sidecar, error=error)


def is_withheld(extra: Mapping[str, str]) -> bool:
    """Whether a record or front matter withholds its document. Raises ReadError if it is hard to say."""
    return _flag(extra.get("withhold", ""), "It")


@dataclass(slots=True)
class _Tables:
    """The names in each folder and its `metadata.csv`, read when first asked for."""

    _read: dict[Path, dict[Path, list[Row]] | ReadError] = field(default_factory=dict)
    _names: dict[Path, frozenset[str]] = field(default_factory=dict)

    def names(self, folder: Path) -> frozenset[str]:
        """What there is in a folder. Raises OSError if it cannot be looked into."""
        if folder not in self._names:
            self._names[folder] = frozenset(os.listdir(folder))
        return self._names[folder]

    def of(self, folder: Path, top: Path) -> dict[Path, list[Row]]:
        """The rows by the file they name. Raises ReadError if they cannot be read."""
        if folder not in self._read:
            self._read[folder] = self._rows(folder, top)
        found = self._read[folder]
        if isinstance(found, ReadError):
            raise found
        return found

    def _rows(self, folder: Path, top: Path) -> dict[Path, list[Row]] | ReadError:
        try:
            rows: dict[Path, list[Row]] = {}
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


def _with_beside(file: SourceFile, tables: _Tables) -> SourceFile:
    try:
        return replace(file, beside=_beside(file, tables))
    except ReadError as error:
        return replace(file, error=error)


def _beside(file: SourceFile, tables: _Tables) -> Beside:
    """All that is said about a file. Raises ReadError if a part of it cannot be read."""
    said: list[tuple[str, Mapping[str, Any]]] = []
    top = _top(file)
    for folder in reversed(file.path.parents[: file.name.count("/") + 1]):
        try:
            table = tables.of(folder, top)
        except ReadError as error:
            raise ReadError(f"What {TABLE} says about it is not known: {error}") from error
        rows = table.get(_same(file.path), []) if table else []
        if len(rows) > 1:
            raise ReadError(f"Rows {rows[0].number} and {rows[1].number} of {TABLE} both speak of it.")
        said += [(TABLE, row.cells) for row in rows]
    own = file.path.with_name(file.path.name + SUFFIX)
    if own.name in tables.names(file.path.parent):
        said.append((own.name, _toml(own, top)))
    return _merged(said)


def _merged(said: Iterable[tuple[str, Mapping[str, Any]]]) -> Beside:
    """What comes later is believed before what comes earlier; a file that one of them withholds is."""
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    withheld = ""
    for name, record in said:
        if _flag(record.get("withhold", ""), name):
            withheld = name
        more = stated({key: value for key, value in record.items() if key != "withhold"}, _MORE)
        fields |= {key: value for key, value in more.fields.items() if value}
        extra |= more.extra
    if not (fields or extra or withheld):
        return Beside()
    content = repr((sorted(fields.items()), sorted(extra.items()), withheld))
    key = hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return Beside(fields, extra, withheld, key)


def _flag(value: object, name: str) -> bool:
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise ReadError(f"{name} says withhold = {str(value)!r}, which is neither true nor false.")
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
    if why := special(path):
        raise ReadError(why)
    limit = LARGEST * 64 if path.name.casefold() == TABLE else LARGEST
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(f"It is larger than {limit >> 20} MB.")
    return data


def _unused(sidecar: SourceFile, seen: set[Path], tables: _Tables) -> Iterator[ReadError]:
    """What a sidecar says that no file is there for; or why it cannot be read."""
    path = sidecar.path
    if path.name.casefold() != TABLE:
        file = path.name[: -len(SUFFIX)]
        if _same(path.with_name(file)) not in seen:
            yield ReadError(f"It describes a file {file!r}, which is not there.")
        return
    try:
        rows = tables.of(path.parent, _top(sidecar))
    except ReadError as error:
        yield error
        return
    for named, found in rows.items():
        if named not in seen and not (os.path.isfile(named) and named.is_relative_to(_same(path.parent))):
            yield ReadError(f"Its row {found[0].number} names a file {found[0].file!r}, which is not there.")


def _top(file: SourceFile) -> Path:
    """The folder of the SOURCE, as the file's path has it."""
    return file.path.parents[file.name.count("/")]


def _same(path: Path) -> Path:
    """A path by which names written on another system are found: accents composed, `/` between folders."""
    return Path(os.path.normpath(unicodedata.normalize("NFC", str(path).replace("\\", "/"))))
