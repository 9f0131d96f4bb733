"""A list of queries in a file: one a line, in UTF-8."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from search.errors import SettingsError
from search.parameters.question import MAX_QUERY

COMMENT = "#"
"""What a line begins with that is no query."""

_LONGEST = 2 * MAX_QUERY  # characters of a line that are read at once
_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")  # its byte order marks, as surrogateescape reads them


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """A query of a list as it is written there; `problem` says why it cannot be asked."""

    text: str
    problem: str = ""


def listed_queries(file: BinaryIO, name: str) -> Iterator[ListedQuery]:
    """The queries of a file, in its order, each when it is asked for.

    Lines end with LF, CR LF or CR; the spaces around a query, empty lines and comments are left out. A line
    of any length is read in bounded memory. Raises SettingsError for a file in UTF-16, and OSError as the
    file does.
    """
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape")
    try:
        for number, (line, is_whole) in enumerate(_lines(lines)):
            if not number and line.startswith(_UTF_16):
                raise SettingsError(f"{name} is in UTF-16; save it as text in UTF-8.")
            query = line.strip()
            if query and not query.startswith(COMMENT):
                yield _read(query) if is_whole else _too_long(query)
    finally:
        lines.detach()  # or the file would be closed with the wrapper


def _lines(file: io.TextIOWrapper) -> Iterator[tuple[str, bool]]:
    """Each line, and whether that is all of it: of a line that is too long for a query, its beginning."""
    while line := file.readline(_LONGEST):
        is_whole = is_end = len(line) < _LONGEST or line.endswith("\n")
        while not is_end:
            rest = file.readline(_LONGEST)
            is_end = len(rest) < _LONGEST or rest.endswith("\n")
        yield line, is_whole


def _read(query: str) -> ListedQuery:
    try:
        query.encode()
    except UnicodeEncodeError:
        shown = query.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return ListedQuery(shown, "The line is not in UTF-8; save the file as text in UTF-8.")
    return ListedQuery(query)


def _too_long(query: str) -> ListedQuery:
    shown = query[:MAX_QUERY].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return ListedQuery(f"{shown}…", f"The query is longer than {MAX_QUERY:,} characters, the limit.")
