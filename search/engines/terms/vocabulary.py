"""The vocabulary of a commit: files of words, each with its number of documents.

A commit that changes little writes a file of the words that it changed, and merges it with those before it
that are hardly larger (the logarithmic method: Bentley and Saxe, "Decomposable searching problems", 1980): so
it pays for what it changes, and there are few files. Any other commit lists all words that its engine has.
Files are called terms-0001, terms-0002 …; of a word in several, the last decides. They are mapped into
memory, never read whole.

A file begins with the size of its head in four bytes; the head, MessagePack, says where each field's list is.
"""

import mmap
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from search.engines.faults import Unreadable
from search.engines.terms.term_dictionary import TermDictionary, merged
from search.engines.terms.term_list import TermList, encode

Counts = Iterable[tuple[str, int]]
"""Words by alphabet, each with its number of documents."""

_NAME = re.compile(r"terms-(\d{4,})")
_HEAD = msgspec.msgpack.Decoder(dict[str, tuple[int, int, int]])
_SIZE = 4


class Vocabulary:
    """The words of one commit's fields, in files, the oldest first.

    `listed` gives those of an index that has no files of them.
    """

    def __init__(self, files: Iterable[Path], listed: Callable[[str], Counts]) -> None:
        self._files = [*map(_opened_file, files)]
        self._listed = listed
        self._dictionaries: dict[str, TermDictionary] = {}
        self._lock = threading.Lock()

    def of(self, field: str) -> TermDictionary:
        """The words of a field, or of all fields."""
        with self._lock:
            if field not in self._dictionaries:
                self._dictionaries[field] = self._dictionary(field)
            return self._dictionaries[field]

    def _dictionary(self, field: str) -> TermDictionary:
        if not self._files:
            return TermDictionary.of(self._listed(field))
        return TermDictionary([file.lists[field] for file in self._files if field in file.lists])


def files_in(directory: Path) -> list[Path]:
    """The files of words in a directory, the oldest first."""
    return [path for _, path in sorted(_numbered(directory))]


def words_in(directory: Path) -> int:
    """The number of words in the files of a directory."""
    return sum(file.words for file in _opened(directory))


def write_all(directory: Path, fields: Iterable[str], listed: Callable[[str], Counts]) -> None:
    """Write the words of all fields, in place of what is there. Raises OSError."""
    before = _opened(directory)
    _write(directory, {field: listed(field) for field in fields})
    _remove(before)


def write_changes(directory: Path, changed: Mapping[str, Counts]) -> None:
    """Write the words that changed in each field, and merge files. Raises OSError."""
    _write(directory, changed)
    files = _opened(directory)
    kept = len(files) - 1
    while kept and 2 * sum(file.words for file in files[kept:]) >= files[kept - 1].words:
        kept -= 1
    if len(files) > kept + 1:
        joined = files[kept:]
        fields = dict.fromkeys(field for file in joined for field in file.lists)
        _write(directory, {field: _merged(field, joined, keep_gone=kept > 0) for field in fields})
        _remove(joined)


def _merged(field: str, files: Iterable["_File"], *, keep_gone: bool) -> Counts:
    """The words of a field in some files; those without documents only if files before them have them."""
    counts = merged([file.lists[field] for file in files if field in file.lists])
    return (item for item in counts if keep_gone or item[1])


@dataclass(frozen=True)
class _File:
    """One file, mapped."""

    path: Path
    lists: Mapping[str, TermList]

    @property
    def words(self) -> int:
        return sum(terms.words for terms in self.lists.values())


def _opened(directory: Path) -> list[_File]:
    """The files of a directory, the oldest first."""
    return [*map(_opened_file, files_in(directory))]


def _opened_file(path: Path) -> _File:
    return _File(path, _lists(path))


def _numbered(directory: Path) -> Iterator[tuple[int, Path]]:
    for path in directory.iterdir():
        if match := _NAME.fullmatch(path.name):
            yield int(match[1]), path


def _lists(path: Path) -> dict[str, TermList]:
    """The list of each field. Raises FileNotFoundError, or Unreadable."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = _SIZE + int.from_bytes(data[:_SIZE], "little")
        places = _HEAD.decode(data[_SIZE:start])
        lists = {field: TermList(data, start + place, *sizes) for field, (place, *sizes) in places.items()}
    except (ValueError, msgspec.MsgspecError) as error:  # mmap of an empty file is a ValueError
        raise Unreadable(f"{path.name} is not as it was written") from error
    if max((terms.end for terms in lists.values()), default=start) != len(data):
        raise Unreadable(f"{path.name} is not as it was written")
    return lists


def _write(directory: Path, counts: Mapping[str, Counts]) -> None:
    """Write a file that is newer than all others."""
    places, lists, size = {}, [], 0
    for field, found in counts.items():
        encoded, words, text = encode(found)
        places[field] = size, words, text
        lists.append(encoded)
        size += len(encoded)
    head = msgspec.msgpack.encode(places)
    number = max((number for number, _ in _numbered(directory)), default=0) + 1
    with (directory / f"terms-{number:04}").open("xb") as file:
        file.writelines((len(head).to_bytes(_SIZE, "little"), head, *lists))


def _remove(files: Iterable[_File]) -> None:
    for file in files:
        file.path.unlink()
