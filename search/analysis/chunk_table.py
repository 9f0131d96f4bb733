"""The token cache in C, where it was compiled: it gives what `chunk_cache` gives, several times as fast.

`hatch_build.py` compiles `_chunk_table.c` while Opis is installed, where there is a C compiler. Without one,
or with the variable OPIS_PURE_PYTHON set, `ChunkCache` does the work.
"""

import os
from collections.abc import Callable

from search.analysis.chunk_cache import (
    ASCII_EQUIVALENTS,
    NORMALIZED,
    SPACED_INITIAL,
    ChunkCache,
    Pairs,
    Room,
    chunks,
)

try:
    from search.analysis import _chunk_table
except ImportError:
    _chunk_table = None  # type: ignore[assignment]

_VERSION = 3
"""The version of `_chunk_table.c`: what an older one was compiled to is not used."""

_ASCII = NORMALIZED[:0x80].replace(b"\x01", b" ")
"""What stands in a chunk for an ASCII character; a space divides chunks."""
_PUNCTUATION = bytes(ord(ASCII_EQUIVALENTS.get(chr(code), "\0")) for code in range(0x2000, 0x2040))
"""The ASCII character for each from U+2000 to U+203F, or 0."""

Terms = Callable[[str], tuple[str, str]]
"""Gives the folded words of a text, and their stems, each a space-joined string."""


def is_compiled() -> bool:
    """Whether the token cache in C is in use."""
    is_there = _chunk_table is not None and _chunk_table.VERSION == _VERSION
    return is_there and not os.environ.get("OPIS_PURE_PYTHON")


def cached_terms(pairs: Pairs, room: Room) -> Terms:
    """Analyses texts chunk by chunk, with the results of `pairs` cached by chunk while there is `room`."""
    cache = ChunkCache(pairs, room)
    if not is_compiled():
        return cache.terms
    return _chunk_table.ChunkTable(chunks, SPACED_INITIAL.match, cache.entry, _ASCII, _PUNCTUATION).terms
