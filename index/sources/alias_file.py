"""One name for one person: `aliases.txt` at the top of a SOURCE, and what it does to documents."""

import os
from dataclasses import replace
from pathlib import Path

from index.encoding import decode
from index.extracted import ReadError
from search.aliases import Aliases
from search.document import Document

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


def named_alike(document: Document, aliases: Aliases) -> Document:
    """The document with its authors and recipients under their preferred names.

    Names that were written otherwise are kept among what else is known of it.
    """
    people = (*document.authors, *document.recipients)
    others = [name for name in people if aliases.preferred(name) != name]
    if not others:
        return document
    return replace(
        document,
        authors=_preferred(document.authors, aliases),
        recipients=_preferred(document.recipients, aliases),
        extra={**document.extra, "names as written": "; ".join(dict.fromkeys(others))},
    )


def _preferred(names: tuple[str, ...], aliases: Aliases) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(aliases.preferred, names)))
