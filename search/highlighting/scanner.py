"""Locates query terms in an English text with `bytes.find`, and tokenizes only around the candidates.

A query's terms are few words of a long text, and `bytes.find` passes over the rest a hundred times
faster than the tokenizer. The result is exact, for three reasons:

1. A word of ASCII letters and digits is equal to its folded form but for case, and begins with
   `stem_prefix` of its stem, since the stemmer changes endings only.
2. Every other word has a character that `WordTokenizer.irregular` finds: a letter or mark beyond ASCII, an
   apostrophe other than a possessive's, the full stop of an initial, a comma between thousands. All of
   these are candidates.
3. Tokenizing starts at an offset that is certainly between words, where the tokenizer, reading the text
   from its beginning, would stop as well.

Candidates include words that do not match, which the caller has to check. A scan raises
TooManyCandidates where tokenizing the whole text is cheaper (docs/adr/006-finding-not-cutting.md).
"""

import re
from collections.abc import Collection, Iterable
from itertools import islice

from search.analysis.analyzer import Analyzer
from search.analysis.folding import MAX_WORD
from search.results import CharRange

Pattern = bytes
"""Byte pattern for one term: b" war " for a word, b" abilit" for a stem, whose endings differ."""


class TooManyCandidates(Exception):
    """Scanning would not be cheaper than tokenizing: fall back to `matcher.by_tokenizing`."""


_CHARS_PER_CANDIDATE = 30  # a text with more candidates than one in so many characters is tokenized
_FREE_CANDIDATES = 20  # candidates that a text of any length may have besides
_MAX_STEPS = 50  # tokens or boundaries to go back before giving up
_MAX_PATTERNS, _PREFIX = 8, 4  # from so many patterns on, they are shortened to so many bytes

_LETTERS = bytes(
    ord(char.lower()) if char.isascii() and char.isalnum() else ord(" ") for char in map(chr, range(0x100))
)
_DIGIT = re.compile(b"[0-9]")
_SEPARATORS = frozenset(char for char in map(chr, range(0x80)) if not char.isalnum() and char not in "'`.,\"")
"""ASCII characters that are part of no word, but for the space between spaced initials (U. S. S. R.)."""
_CHANGED_ENDING = re.compile("(?:(?<=b)le?|ie|[eiy])$")  # ability → abl, dying → die, skies → sky


def stem_prefix(stem: str) -> str:
    """The longest prefix that all folded English ASCII words of this stem share with it."""
    return _CHANGED_ENDING.sub("", stem) or stem[:1]


def pattern(word: str, *, is_stem: bool = False) -> Pattern | None:
    """The pattern of a folded word, or of all words with a stem; None if these are not plain ASCII."""
    if not (word.isascii() and word.isalnum()):
        return None
    is_whole = not is_stem and len(word) < MAX_WORD
    return f" {stem_prefix(word) if is_stem else word}{' ' if is_whole else ''}".encode()


def merged_prefixes(patterns: Iterable[Pattern | None]) -> tuple[Pattern, ...]:
    """The distinct patterns; if there are many, merged into shorter prefixes that match a superset."""
    distinct = set(filter(None, patterns))
    if len(distinct) >= _MAX_PATTERNS:
        distinct = {one if _DIGIT.search(one) else one[:_PREFIX] for one in distinct}
    return tuple(distinct)


class TermScanner:
    """Locates query terms in one English text."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self._text, self._forms = text, analyzer.forms(())
        self._following, self._irregular = analyzer.tokenizer.following, analyzer.tokenizer.irregular
        # One byte in front, so that a pattern is found at the offset of its word in the text.
        self._letters = b" " + text.encode("ascii", "replace").translate(_LETTERS) + b" "

    def count(self, pattern: Pattern | None) -> int:
        """The number of times that a pattern matches; 0 for None."""
        return self._letters.count(pattern) if pattern else 0

    def candidates(self, patterns: Collection[Pattern]) -> list[CharRange]:
        """The ranges of words in order: all that match a pattern or are not plain ASCII, and some others.

        Raises TooManyCandidates.
        """
        text, following = self._text, self._following
        found: list[CharRange] = []
        end = 0
        for offset in self._offsets(patterns):
            if offset < end:
                continue
            word = following(text, self._boundary(offset, end))
            while word and word[1] <= offset:
                word = following(text, word[1])
            if not word:
                break
            found.append(word)
            end = word[1]
        return found

    def phrase_at(self, anchor: CharRange, words: tuple[str, ...], number: int) -> CharRange | None:
        """The range of a phrase of folded words whose word `number` is at `anchor`; None if it is not there.

        Raises TooManyCandidates.
        """
        first, last = anchor
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

    def _offsets(self, patterns: Collection[Pattern]) -> list[int]:
        """Offsets inside the candidates, in order; a word may have several."""
        text = self._text
        most = _FREE_CANDIDATES + len(text) // _CHARS_PER_CANDIDATE
        offsets = list(islice(self._irregular(text, numbers=any(map(_DIGIT.search, patterns))), most + 1))
        find = self._letters.find
        for one in patterns:
            offset = find(one)
            while offset >= 0 and len(offsets) <= most:
                offsets.append(offset)
                offset = find(one, offset + 1)
        if len(offsets) > most:
            raise TooManyCandidates
        return sorted(offsets)

    def _boundary(self, offset: int, low: int) -> int:
        """The last offset up to `offset` that is certainly between words, at least `low`, which is one."""
        text, letters = self._text, self._letters
        for _ in range(_MAX_STEPS):
            offset = letters.rfind(b" ", low, offset + 1)
            if offset <= low:
                return low
            if text[offset - 1] in _SEPARATORS and not (
                text[offset + 1 : offset + 2] == "." and text[offset - 2 : offset - 1] == "."
            ):
                return offset
            offset -= 1
        raise TooManyCandidates

    def _before(self, start: int) -> CharRange | None:
        """The range of the word before the one that starts at `start`; None if that is the first."""
        low = start
        for _ in range(_MAX_STEPS):
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
        raise TooManyCandidates
