"""Locates query terms in an English text with `bytes.find`, and tokenizes only around the candidates.

A query's terms are few words of a long text, and `bytes.find` passes over the rest a hundred times
faster than the tokenizer. The result is exact, for three reasons:

1. A word of ASCII letters and digits is equal to its folded form but for case, and begins with one of
   `stem_prefixes` of its stem, since the stemmer changes endings only.
2. Every other word has a character that `WordTokenizer.irregular` finds: a letter or mark beyond ASCII, an
   apostrophe other than a possessive's, the full stop of an initial, a comma between thousands. All of
   these are candidates.
3. Tokenizing starts at an offset that is certainly between words, where the tokenizer, reading the text
   from its beginning, would stop as well.

Their places are found in C where that was compiled (`word_places`). Candidates include words that do not
match, which mean nothing to the query. A scan raises TooManyCandidates where tokenizing the whole text is
cheaper (docs/adr/006-finding-not-cutting.md).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from search.analysis.analyzer import Analyzer
from search.analysis.folding import MAX_WORD
from search.highlighting.word_places import SEPARATORS, Place, compiled_places
from search.results import CharRange

Pattern = bytes
"""Byte pattern for one term: b" war " for a word, b" abilit" for a stem, whose endings differ."""


class TooManyCandidates(Exception):
    """Scanning would not be cheaper than tokenizing: fall back to `matcher.by_tokenizing`."""


_CHARS_PER_CANDIDATE = 30  # a text with more candidates than one in so many characters is tokenized
_FREE_CANDIDATES = 20  # candidates that a text of any length may have besides
_MAX_STEPS = 50  # tokens or boundaries to go back before giving up
_MAX_PATTERNS, _PREFIX = 8, 4  # from so many patterns on, they are shortened to so many bytes
_SELECTIVE = 4  # letters from which on few other words begin like the words of a stem

_LETTERS = bytes(
    ord(char.lower()) if char.isascii() and char.isalnum() else ord(" ") for char in map(chr, range(0x100))
)
_DIGIT = re.compile(b"[0-9]")
_CHANGED = {"bl": "bil", "ie": "ying", "e": "ing", "i": "y", "y": "i"}
"""Endings of stems, and what some of their words have there: ability → abl, dying → die, using → use."""

_compiled = compiled_places()


def stem_prefixes(stem: str) -> tuple[str, ...]:
    """One of these begins each folded English ASCII word of this stem; none is short and common."""
    for ending, other in _CHANGED.items():
        if stem.endswith(ending):
            root = stem.removesuffix(ending)
            common = root + ending[: ending[0] == other[0]]
            return (common,) if len(common) >= _SELECTIVE else (stem, root + other)
    return (stem,)


def pattern(word: str) -> Pattern | None:
    """The pattern of a folded word; None if it is not plain ASCII."""
    if not (word.isascii() and word.isalnum()):
        return None
    return f" {word} ".encode() if len(word) < MAX_WORD else f" {word}".encode()


def stem_patterns(stem: str) -> list[Pattern]:
    """The patterns of all words with a stem; none if these are not plain ASCII."""
    if not (stem.isascii() and stem.isalnum()):
        return []
    return [f" {prefix}".encode() for prefix in stem_prefixes(stem)]


def merged_prefixes(patterns: Iterable[Pattern | None]) -> tuple[Pattern, ...]:
    """The distinct patterns; if there are many, merged into shorter prefixes that match a superset."""
    distinct = set(filter(None, patterns))
    if len(distinct) >= _MAX_PATTERNS:
        distinct = {one if _DIGIT.search(one) else one[:_PREFIX] for one in distinct}
    return tuple(distinct)


class ScanPatterns:
    """What texts are scanned for: patterns of terms, and those of each phrase's words, None if one has none.

    Of a phrase, one word is `sought` in texts, its anchor: one without a pattern, which adds no candidates,
    or else the longest, which is seldom frequent. `has_numbers`: there is a number among the patterns sought,
    which may be written with commas between thousands.
    """

    def __init__(self, terms: Sequence[Pattern], phrases: Sequence[Sequence[Pattern | None]]) -> None:
        self.anchors = tuple(_anchor(words) for words in phrases)
        anchors = (words[number] for words, number in zip(phrases, self.anchors, strict=True))
        self.sought = tuple(dict.fromkeys((*terms, *filter(None, anchors))))
        self.has_numbers = any(map(_DIGIT.search, self.sought))


def _anchor(words: Sequence[Pattern | None]) -> int:
    return max(range(len(words)), key=lambda number: len(word) if (word := words[number]) else MAX_WORD + 2)


class TermScanner:
    """Locates query terms in one English text."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self._text, self._tokenizer, self._analyzer = text, analyzer.tokenizer, analyzer

    @cached_property
    def _replaced(self) -> bytes:
        """The text in ASCII, with `?` for every other character."""
        return self._text.encode("ascii", "replace")

    @cached_property
    def _letters(self) -> bytes:
        """The words in small letters, with a byte in front: a pattern is found at the offset of its word."""
        return b" %b " % self._replaced.translate(_LETTERS)

    def meant(self, patterns: ScanPatterns, meanings: Mapping[str, Any]) -> tuple[list[Place], bool]:
        """The words in order that mean something, and whether all they mean are numbers.

        `meanings` has what each word as written means, nothing if it matches no pattern. Raises
        TooManyCandidates.
        """
        text, following = self._text, self._tokenizer.following
        places, is_plain = self._places(patterns, meanings)
        if is_plain:
            return places, True
        found: list[Place] = []
        end = 0
        for at in places:
            start, stop, _ = at
            if stop > 0:
                if start >= end:
                    end = stop
                    found.append(at)
            elif (place := ~stop) >= end:
                word = following(text, max(start, end))
                while word and (end := word.end()) <= place:
                    word = following(text, end)
                if not word:
                    break
                if meaning := meanings[word[0]]:
                    found.append((*word.span(), meaning))
        return found, False

    def phrase_at(self, anchor: CharRange, words: Sequence[str], number: int) -> CharRange | None:
        """The range of a phrase of folded words whose word `number` is at `anchor`; None if it is not there.

        Raises TooManyCandidates.
        """
        first, last = anchor
        for word in words[number + 1 :]:
            after = self._tokenizer.following(self._text, last)
            if not after or self._folded(after) != word:
                return None
            last = after.end()
        for word in reversed(words[:number]):
            before = self._before(first)
            if not before or self._folded(before) != word:
                return None
            first = before.start()
        return first, last

    def _folded(self, word: re.Match[str]) -> str:
        return self._analyzer.forms(())[word[0]][0]

    def _places(self, patterns: ScanPatterns, meanings: Mapping[str, Any]) -> tuple[list[Place], bool]:
        """The places of the candidates, in order; a word may have several.

        A place is the start and end of a word and its meaning; or the offset of a boundary between words, the
        complement of that of a character of a word behind it, and None.
        """
        most = _FREE_CANDIDATES + len(self._text) // _CHARS_PER_CANDIDATE
        if _compiled is None:
            return list(self._places_in_python(patterns, most)), False
        found = _compiled(self._text, patterns.sought, patterns.has_numbers, most, meanings)
        if found is None:
            raise TooManyCandidates
        return found

    def _places_in_python(self, patterns: ScanPatterns, most: int) -> Iterator[Place]:
        boundary = 0
        for offset in self._offsets(patterns, most):
            boundary = self._boundary(offset, boundary)
            yield boundary, ~offset, None

    def _offsets(self, patterns: ScanPatterns, most: int) -> list[int]:
        """Offsets inside the candidates, in order; a word may have several."""
        offsets = self._tokenizer.irregular(self._text, self._replaced, numbers=patterns.has_numbers)
        find = self._letters.find
        for one in patterns.sought:
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
            if text[offset - 1] in SEPARATORS and not (
                text[offset + 1 : offset + 2] == "." and text[offset - 2 : offset - 1] == "."
            ):
                return offset
            offset -= 1
        raise TooManyCandidates

    def _before(self, start: int) -> re.Match[str] | None:
        """The word before the one that starts at `start`; None if that is the first."""
        low = start
        for _ in range(_MAX_STEPS):
            if not low:
                return None
            low = self._boundary(low - 1, 0)
            last = None
            word = self._tokenizer.following(self._text, low)
            while word and word.start() < start:
                last = word
                word = self._tokenizer.following(self._text, word.end())
            if last:
                return last
        raise TooManyCandidates
