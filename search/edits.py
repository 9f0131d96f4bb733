"""The edit distance of two words, by a bit-parallel algorithm, fast enough for every word of an index."""


class EditPattern:
    """A word that many others are compared with.

    An edit inserts, deletes or replaces a letter or swaps two neighbours; no letter is edited twice (the
    optimal string alignment of Damerau, "A technique for computer detection and correction of
    spelling errors", 1964). A column of the table of distances is held in a few integers, whose bits are the
    differences between adjacent rows (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau
    edit distances", 2003).
    """

    def __init__(self, word: str) -> None:
        self.word = word
        self._places: dict[str, int] = {}
        for place, letter in enumerate(word):
            self._places[letter] = self._places.get(letter, 0) | 1 << place

    def distance(self, other: str, limit: int) -> int:
        """The number of edits between the word and another; `limit` + 1 if there are more than `limit`."""
        length = len(self.word)
        if abs(length - len(other)) > limit:
            return limit + 1
        if not length:
            return len(other)
        every, last = (1 << length) - 1, 1 << (length - 1)
        rising, falling = every, 0  # bits of the rows that are one more, or one less, than the row above
        same = before = 0
        edits = length
        for rest, letter in enumerate(other, 1 - len(other)):
            here = self._places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = (((here & rising) + rising) ^ rising | here | falling | swapped) & every
            more, less = falling | (~(same | rising) & every), same & rising
            edits += bool(more & last) - bool(less & last)
            if edits + rest > limit:  # each remaining letter removes one edit at most
                return limit + 1
            more = more << 1 | 1
            rising, falling = (less << 1 | ~(same | more)) & every, more & same
            before = here
        return min(edits, limit + 1)


def edit_distance(one: str, other: str, limit: int) -> int:
    """The number of edits between two words; `limit` + 1 if there are more. See `EditPattern`."""
    return EditPattern(one).distance(other, limit)
