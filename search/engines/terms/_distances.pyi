"""See `_distances.c`."""

VERSION: int

def distances(word: str, others: list[bytes], limit: int, /) -> bytes:
    """The edit distance of a word of 64 letters at most and each other one, in UTF-8: a byte for each.

    `limit` + 1 if there are more than `limit` edits, which is at most 254.
    """
