"""`aliases.txt` at the top of a SOURCE: the names of one person, a line each, the preferred one first."""

import os
from pathlib import Path

from index.encoding import decode
from index.extracted import ReadError
from index.sources.files import why_not_opened
from search.commit_data.aliases import Aliases

FILE = "aliases.txt"
MAX_FILE_BYTES = 16 << 20


def read_aliases(source: str) -> Aliases:
    """The aliases of a SOURCE: of the folder, or of the folder of a SOURCE that is one file.

    They are empty if there is no `aliases.txt`. Raises ReadError if it cannot be read.
    """
    top = Path(os.path.realpath(source))
    folder = top if top.is_dir() else top.parent
    path = folder / FILE
    try:
        if not os.path.lexists(path):
            return Aliases()
        if not Path(os.path.realpath(path)).is_relative_to(folder):
            raise ReadError("It is a link that leads out of the folder.")
        if why := why_not_opened(path):
            raise ReadError(why)
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ReadError(f"It cannot be opened: {error.strerror or error}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise ReadError(f"It is larger than {MAX_FILE_BYTES >> 20} MB.")
    return Aliases.read(decode(data))
