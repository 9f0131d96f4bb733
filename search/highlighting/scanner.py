"""Where in a text may these words stand? Found, without cutting all of the text into words.

A query marks a few words of a long text. So words are looked for by how they begin, which `bytes.find`
does a hundred times faster than the tokenizer reads, and the tokenizer is asked only there. Three rules
make that exact for English:

1. A word that consists of ASCII letters and digits stands as it is folded, but for its case; and it begins
   with the `beginning` of its stem, for the stemmer changes endings alone.
2. All other words hold something odd: a letter or mark beyond ASCII, an apostrophe before more than a
   possessive s, an initial's full stop, a comma between thousands. The tokenizer is asked there, too.
3. It is asked from a place on where a word or a gap certainly begins, as it would get there by itself.

Whoever asks looks at what the words found are: they may be others. Where finding does not pay, because much
is found or words hang together in long chains, it gives up, and the text must be cut.
"""

import re
from collections.abc import Collection, Iterable
from itertools import islice

from search.analysis.analyzer import MAX_WORD, Analyzer
from search.results import CharRange

Needle = bytes
"""A space, how a word begins in lower case, and a space again if that is all of it."""


class TangledError(Exception):
    """To find words in this text is no faster than to cut it."""


_EVERY, _SOME = 30, 20  # characters to a place that is looked at, and places that any text may have
_STEPS = 50  # back to where a word certainly begins
_MANY, _KEPT = 8, 4  # needles from which on they are shortened, and to how much

_LETTERS = bytes(
    ord(char.lower()) if char.isascii() and char.isalnum() else ord(" ") for char in map(chr, range(0x100))
)
_DIGIT = re.compile(b"[0-9]")
_APART = frozenset(char for char in map(chr, range(0x80)) if not char.isalnum() and char not in "'`.,")
"""Between two words wherever they stand, but for the space between initials (U. S. S. R.)."""
_CHANGED = re.compile("(?:(?<=b)le?|ie|[eiy])$")  # ability → abl, dying → die, skies → sky


def beginning(stem: str) -> str:
    """How every folded English word of this stem begins, if it is all ASCII: the stem, or most of it."""
    return _CHANGED.sub("", stem) or stem[:1]


def needle(word: str, *, is_stem: bool = False) -> Needle | None:
    """What finds a folded word, or the words of a stem; None where all of these are odd."""
    if not (word.isascii() and word.isalnum()):
        return None
    whole = not is_stem and len(word) < MAX_WORD
    return f" {beginning(word) if is_stem else word}{' ' if whole else ''}".encode()


def few(needles: Iterable[Needle | None]) -> tuple[Needle, ...]:
    """Needles that find what these do, and more where there are many."""
    some = set(filter(None, needles))
    if len(some) >= _MANY:
        some = {one if _DIGIT.search(one) else one[:_KEPT] for one in some}
    return tuple(some)


class Page:
    """An English text in which words are to be found."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self._text, self._forms = text, analyzer.forms(())
        self._following, self._odd = analyzer.tokenizer.following, analyzer.tokenizer.odd
        # of as many characters as the text and one before, so that each needle is found where its word is
        self._letters = b" " + text.encode("ascii", "replace").translate(_LETTERS) + b" "

    def count(self, one: Needle | None) -> int:
        """How often a needle is found."""
        return self._letters.count(one) if one else 0

    def words(self, needles: Collection[Needle]) -> list[CharRange]:
        """Some words of the text in order, among them all that one of the needles finds or that are odd.

        Raises TangledError.
        """
        text, following = self._text, self._following
        found: list[CharRange] = []
        end = 0
        for place in self._places(needles):
            if place < end:
                continue
            word = following(text, self._boundary(place, end))
            while word and word[1] <= place:
                word = following(text, word[1])
            if not word:
                break
            found.append(word)
            end = word[1]
        return found

    def row(self, found: CharRange, words: tuple[str, ...], number: int) -> CharRange | None:
        """Where these folded words stand in a row, the one of this number being the one found.

        Raises TangledError.
        """
        first, last = found
        for word in words[number + 1 :]:
            after = self._following(self._text, last)
            if not after or self._folded(after) != word:
                return None
            last = after[1]
        for word in reversed(words[:number]):
            before = self._before(first)
            if not before or self._folded(before) != word:
                return None
            first = before[0]
        return first, last

    def _folded(self, word: CharRange) -> str:
        return self._forms[self._text[slice(*word)]][0]

    def _places(self, needles: Collection[Needle]) -> list[int]:
        """In order, a character of each word that may be wanted; more than one of some."""
        text = self._text
        most = _SOME + len(text) // _EVERY
        places = list(islice(self._odd(text, numbers=any(map(_DIGIT.search, needles))), most + 1))
        find = self._letters.find
        for one in needles:
            place = find(one)
            while place >= 0 and len(places) <= most:
                places.append(place)
                place = find(one, place + 1)
        if len(places) > most:
            raise TangledError
        return sorted(places)

    def _boundary(self, place: int, low: int) -> int:
        """The last place up to this character where a word or gap certainly begins; `low` is one."""
        text, letters = self._text, self._letters
        for _ in range(_STEPS):
            place = letters.rfind(b" ", low, place + 1)
            if place <= low:
                return low
            if text[place - 1] in _APART and not (
                text[place + 1 : place + 2] == "." and text[place - 2 : place - 1] == "."
            ):
                return place
            place -= 1
        raise TangledError

    def _before(self, start: int) -> CharRange | None:
        """The word before the one that starts there."""
        low = start
        for _ in range(_STEPS):
            if not low:
                return None
            low = self._boundary(low - 1, 0)
            last = None
            word = self._following(self._text, low)
            while word and word[0] < start:
                last = word
                word = self._following(self._text, word[1])
            if last:
                return last
        raise TangledError
