"""Where do sentences begin? Not after an abbreviation, an initial, a list number or a line break.

Abbreviations are those of the text's language (search/languages/); those of English, whose names and titles
stand in texts of any; and those in letters that are not Latin, which are no words of other languages.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from search.languages import Language, language, languages

PARAGRAPH = re.compile(r"\n\s*\n")
"""A blank line. Texts are hard-wrapped: a single line break ends nothing."""

Stop = tuple[int, int]
"""What may end a sentence: the offset at which the next one would begin, and that of the sign."""

ABBREVIATION, NUMBERED = 1, 2
"""The bits of what stands before a full stop: it is an abbreviation, or may number what follows."""
SIGNS = ".!?…؟۔।"
"""Signs that may end a sentence, if white space follows."""
CLOSING = "'\"”’“‘»«›‹)]"
"""Signs that may stand behind them."""
OPENING = "\"'“‘«([„‚‹»¿¡"
"""Signs that may stand before the first letter of a sentence."""

_BEHIND = rf"[{SIGNS}]*[{re.escape(CLOSING)}]*(?:\[\d{{1,3}}\])?\s+"  # the number of a footnote may follow
_STOPS = {  # a pattern for each sign, since `re` finds a literal character fastest
    "\n": re.compile(r"\n[^\S\n]*\n\s*"),
    **{sign: re.compile(re.escape(sign) + _BEHIND) for sign in SIGNS},
    **{sign: re.compile(sign + r"['\"”’»）」』]*\s*") for sign in "。！？"},
}
_ASCII_STOPS = {sign: stop for sign, stop in _STOPS.items() if sign.isascii()}
_CERTAIN = "\n。！？"
READ_BEFORE = 16
"""Characters that are read before a full stop: those of the longest abbreviation."""
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")  # V, U.S, a.m, J.-P
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_ITEM = re.compile(r"(?:^|(\w*)\W*[.!?:;])\s*\d{1,3}$")  # a list number at the start of a sentence
_LATIN = "\u036f"  # no word that begins with a Latin letter comes after it
_ORDINAL = re.compile(r"(?:(\w+)\W+|^|\s)\d{1,2}$")  # with the word before it
_ELIDED = re.compile("^.*['’]")
_CACHED = 10_000  # words before a full stop


class Sentences:
    """The sentences of a text in a language, by its English name; no others are looked for than asked for."""

    def __init__(self, text: str, text_language: str) -> None:
        self._text = text
        self._patterns = _ASCII_STOPS if text.isascii() else _STOPS
        self._rules = _rules(text_language)

    @property
    def kinds(self) -> Mapping[str, int]:
        """The kind of whatever may stand before a full stop."""
        return self._rules.kinds

    def stops(self, start: int, end: int) -> list[Stop]:
        """Whatever may end a sentence from `start` to `end`, in order; two may lead to the same offset."""
        text = self._text
        region = text[start:end]
        found = [
            (match.end(), match.start())
            for sign, pattern in self._patterns.items()
            if sign in region
            for match in pattern.finditer(text, start, end)
        ]
        return sorted(found)

    def ended_by(self, stop: Stop) -> bool:
        """Whether a stop ends a sentence, by the word before and the character after."""
        text = self._text
        end, start = stop
        sign = text[start]
        if sign in _CERTAIN or (end - start > 2 and PARAGRAPH.search(text, start, end)):
            return True
        after = text[end : end + 2].lstrip(OPENING)[:1]
        if after.islower():
            return False
        if sign != ".":
            return True
        line = text[max(0, start - READ_BEFORE) : start].rpartition("\n")[2]
        before = (line.split() or [""])[-1]
        if line[-1:].isdecimal() and self._rules.is_numbering(line):
            return False
        kind = self._rules.kinds[before]
        return not kind & ABBREVIATION and not (kind & NUMBERED and _NUMBER.match(text, end))


class _Rules:
    """Behind what a full stop ends no sentence: abbreviations, words before numbers, and ordinal numbers."""

    def __init__(self, text_language: str) -> None:
        own, english = language(text_language), language("English")

        def all_words(words_of: Callable[[Language], Iterable[str]]) -> frozenset[str]:
            not_latin = (word for each in languages() for word in words_of(each) if word > _LATIN)
            return frozenset((*words_of(own), *words_of(english), *not_latin))

        self._abbreviations = all_words(lambda each: each.abbreviations)
        self._numbered = all_words(lambda each: each.numbered)
        self._ordinals = own.ordinals
        self.kinds = _Kinds(self._kind)

    def _kind(self, before: str) -> int:
        """Whether what stands before a full stop is an abbreviation, and whether it may number the next."""
        word = before.strip(OPENING)
        plain = _ELIDED.sub("", word).casefold()
        is_abbreviation = plain in self._abbreviations or _INITIALS.fullmatch(word) is not None
        return is_abbreviation * ABBREVIATION | (plain in self._numbered) * NUMBERED

    def is_numbering(self, line: str) -> bool:
        """Whether the number at the end of a line is that of a list's item, or an ordinal number."""
        item = _ITEM.search(line)
        if item and (item[1] or "").casefold() not in self._numbered:
            return True
        ordinal = _ORDINAL.search(line) if self._ordinals else None
        return ordinal is not None and (ordinal[1] or "").casefold() not in self._numbered


class _Kinds(dict[str, int]):
    """Cache: what stands before a full stop -> its kind, ABBREVIATION and NUMBERED."""

    def __init__(self, kind: Callable[[str], int]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, before: str) -> int:
        if len(self) >= _CACHED:
            self.clear()
        self[before] = kind = self._kind(before)
        return kind


_rules = cache(_Rules)
