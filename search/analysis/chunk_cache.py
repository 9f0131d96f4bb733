"""Token cache for indexing: the tokenizer runs once per distinct chunk instead of over every text.

A chunk is what stands between whitespace. No token contains whitespace except spaced initials
(U. S. S. R.), which a control character holds together, so a text's tokens are those of its chunks.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.analysis.characters import GERSHAYIM

_MAX_CHUNK = 64  # bytes of a chunk that is cached
_MAX_CHUNKS = 300_000  # chunks that are cached

_HOLD, _NOT_HOLD = "\x01", "\x02"  # neither is whitespace or part of a token
SPACED_INITIAL = re.compile(r"\.\s([^\W\d_])(?=\.)")
"""A full stop, and a spaced initial behind it, which is in the same chunk."""
ASCII_EQUIVALENTS = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "…": "-"}
"""Typographic punctuation, and ASCII characters that the tokenizer treats alike."""

_GERSHAYIM = re.compile(GERSHAYIM)
_HEBREW = b"\xd7"  # the first byte of Hebrew letters, and of nothing else
_IN_TOKENS = b"'`.," + _HOLD.encode()
NORMALIZED = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or code in _IN_TOKENS else ord(" ") for code in range(0x80)
) + bytes(range(0x80, 0x100))
"""Translation table of UTF-8 bytes: ASCII letters to lower case, ASCII punctuation to spaces, others kept."""

Pairs = Callable[[str], Iterable[tuple[str, str]]]
"""Analyses a text: the (folded word, stem) pair of each token."""
Entry = Callable[[bytes], tuple[str, str, bool]]
"""See `ChunkCache.entry`."""


@dataclass
class Room:
    """How many more chunks may be cached: by one cache, or by several together."""

    chunks: int = _MAX_CHUNKS


class ChunkCache:
    """Analyses texts chunk by chunk, with the results of `pairs` cached by chunk while there is `room`."""

    def __init__(self, pairs: Pairs, room: Room | None = None) -> None:
        self._pairs, self._room = pairs, room or Room()
        self._words = _ChunkWords(self.entry)

    def terms(self, text: str) -> tuple[str, str]:
        """The folded words of a text, and their stems, each a space-joined string."""
        found = chunks(text)
        words = " ".join(filter(None, map(self._words.__getitem__, found)))
        return words, " ".join(filter(None, map(self._words.stems.__getitem__, found)))

    def entry(self, chunk: bytes) -> tuple[str, str, bool]:
        """The folded words of a chunk, its stems, and whether it is to be cached, which takes of the room."""
        text = chunk.decode("utf-8", "surrogatepass")
        if text[-2:-1] == _HOLD:
            text += "."  # of the last initial, which `chunks` took away
        pairs = list(self._pairs(text.replace(_HOLD, " ")))
        cached = len(chunk) <= _MAX_CHUNK and self._room.chunks > 0
        self._room.chunks -= cached
        if len(pairs) == 1:
            return *pairs[0], cached
        return " ".join(word for word, _ in pairs), " ".join(stem for _, stem in pairs), cached


class _ChunkWords(dict[bytes, str]):
    """Chunk -> its folded words, and in `stems` chunk -> its stems, each a space-joined string.

    Nothing is evicted: the chunks that come first are the frequent ones.
    """

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.stems = _ChunkStems(entry)
        self._entry = entry

    def __missing__(self, chunk: bytes) -> str:
        words, stems, cached = self._entry(chunk)
        if cached:
            self[chunk], self.stems[chunk] = words, stems
        return words


class _ChunkStems(dict[bytes, str]):
    """Chunk -> its stems, filled together with `_ChunkWords`."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def __missing__(self, chunk: bytes) -> str:
        return self._entry(chunk)[1]


def chunks(text: str) -> list[bytes]:
    """The whitespace-delimited chunks of a text (UTF-8), normalized so that equal tokens share a chunk.

    ASCII letters are in lower case; punctuation outside tokens is removed or divides chunks.
    """
    if not text.isascii():
        for typographic, plain in ASCII_EQUIVALENTS.items():
            text = text.replace(typographic, plain)
    held = SPACED_INITIAL.sub(rf".{_HOLD}\1", text.replace(_HOLD, _NOT_HOLD))
    encoded = held.encode("utf-8", "surrogatepass")
    if _HEBREW in encoded:  # a quotation mark in an abbreviation is part of a token
        encoded = _GERSHAYIM.sub("״", held).encode("utf-8", "surrogatepass")
    normalized = encoded.translate(NORMALIZED) + b" "
    return normalized.replace(b". ", b"  ").replace(b", ", b"  ").split()
