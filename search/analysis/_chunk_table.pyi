"""See `_chunk_table.c`."""

from collections.abc import Callable

VERSION: int

class ChunkTable:
    """A token cache: divides texts into chunks, and keeps the words and stems of each.

    `chunks` divides a text; it is asked for texts that hold Hebrew letters or lone surrogates. `initial`
    gives None unless its four characters are a full stop, whitespace, a letter and a full stop. `entry` gives
    the words and stems of a chunk, and whether to keep them. `normalized` has what stands in a chunk for each
    of the 128 ASCII characters; `punctuation` has an ASCII character, or 0, for each of the 64 characters
    from U+2000 on.
    """

    def __new__(
        cls,
        chunks: Callable[[str], list[bytes]],
        initial: Callable[[str], object],
        entry: Callable[[bytes], tuple[str, str, bool]],
        normalized: bytes,
        punctuation: bytes,
        /,
    ) -> ChunkTable: ...
    def terms(self, text: str, /) -> tuple[str, str]:
        """The folded words of a text, and their stems, each a space-joined string."""
