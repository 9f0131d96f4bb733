"""The edit distances of a word and many others: found by `_distances.c`, where it was compiled.

`search.edits` defines them, and computes them one by one where there was no C compiler when Opis was
installed, and with the variable OPIS_PURE_PYTHON set.
"""

import os

from search.edits import EditPattern

try:
    from search.engines.terms import _distances
except ImportError:
    _distances = None  # type: ignore[assignment]

_VERSION = 1
"""The version of `_distances.c`: what an older one was compiled to is not used."""
_LONGEST = 64  # letters of a word that it compares with others


def is_compiled() -> bool:
    """Whether the function in C is in use."""
    is_there = _distances is not None and _distances.VERSION == _VERSION
    return is_there and not os.environ.get("OPIS_PURE_PYTHON")


def distances(pattern: EditPattern, others: list[bytes], limit: int) -> bytes:
    """The edit distance of each of these words, which are in UTF-8: a byte for each.

    Raises UnicodeDecodeError for what is no UTF-8.
    """
    if is_compiled() and len(pattern.word) <= _LONGEST:
        return _distances.distances(pattern.word, others, limit)
    return bytes(pattern.distance(other.decode(), limit) for other in others)
