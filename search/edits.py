"""How many edits make one word of another?"""


class Pattern:
    """A word that others are compared with.

    An edit inserts, deletes or changes a letter or swaps two neighbours, each place at most once (the
    optimal string alignment of Damerau, "A technique for computer detection and correction of
    spelling errors", 1964). A column of the table of distances is a few integers, whose bits are the
    differences between its rows (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau
    edit distances", 2003).
    """

    def __init__(self, word: str) -> None:
        self.word = word
        self._places: dict[str, int] = {}
        for place, letter in enumerate(word):
            self._places[letter] = self._places.get(letter, 0) | 1 << place

    def distance(self, other: str, limit: int) -> int:
        """The edits between the word and another, `limit` + 1 standing for more than that."""
        length = len(self.word)
        if abs(length - len(other)) > limit:
            return limit + 1
        if not length:
            return len(other)
        every, last = (1 << length) - 1, 1 << (length - 1)
        rising, falling = every, 0  # rows that are one more, or one less, than the row above
        same = before = 0
        edits = length
        for rest, letter in enumerate(other, 1 - len(other)):
            here = self._places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = (((here & rising) + rising) ^ rising | here | falling | swapped) & every
            more, less = falling | (~(same | rising) & every), same & rising
            edits += bool(more & last) - bool(less & last)
            if edits + rest > limit:  # each letter that is left takes away one edit at most
                return limit + 1
            more = more << 1 | 1
            rising, falling = (less << 1 | ~(same | more)) & every, more & same
            before = here
        return min(edits, limit + 1)


def edit_distance(one: str, other: str, limit: int) -> int:
    """The edits between two words, `limit` + 1 standing for more than that; see `Pattern`."""
    return Pattern(one).distance(other, limit)
