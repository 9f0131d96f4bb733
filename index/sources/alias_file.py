"""`aliases.txt` at the top of a SOURCE: the names of one person, a line each, the preferred one first."""

import os
from pathlib import Path

from index.encoding import decode
from index.extracted import ReadError
from search.aliases import Aliases

FILE = "aliases.txt"
LARGEST = 16 << 20
"""No such file is larger, in bytes."""


def read_aliases(source: str) -> Aliases:
    """The aliases of a SOURCE, from the folder or from beside the file; none if there is no such file.

    Raises ReadError if there is one that cannot be read.
    """
    top = Path(os.path.realpath(source))
    path = (top if top.is_dir() else top.parent) / FILE
    try:
        if not path.is_file():
            return Aliases()
        if path.stat().st_size > LARGEST:
            raise ReadError(f"It is larger than {LARGEST >> 20} MB.")
        return Aliases.read(decode(path.read_bytes()))
    except OSError as error:
        raise ReadError(f"It cannot be opened: {error.strerror or error}.") from error
