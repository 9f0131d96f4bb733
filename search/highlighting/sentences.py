"""Where do sentences begin? Not after an abbreviation, an initial, a list number or a line break.

Abbreviations are those of the text's language (search/languages/); those of English, whose names and titles
stand in texts of any; and those in letters that are not Latin, which are no words of other languages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from search.languages import language, languages

PARAGRAPH = re.compile(r"\n\s*\n")
"""A blank line. Texts are hard-wrapped: a single line break ends nothing."""

_END = re.compile(  # one class of characters first, which `re` finds fast
    r"[.!?…。！？؟۔।\n](?:"
    r"(?<=[.!?…؟۔।])[.!?…؟۔।]*['\"”’“‘»«›‹)\]]*(?:\[\d{1,3}\])?\s+"  # the number of a footnote may follow
    r"|(?<=[。！？])['\"”’»）」』]*\s*"
    r"|(?<=\n)[^\S\n]*\n\s*)"
)
_LONGEST_ABBREVIATION = 16
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")  # V, U.S, a.m, J.-P
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_ITEM = re.compile(r"(?:^|(\w*)\W*[.!?:;])\s*\d{1,3}$")  # a list number at the start of a sentence
_LATIN = "\u036f"  # no word that begins with a Latin letter comes after it
_ORDINAL = re.compile(r"(?:(\w+)\W+|^|\s)\d{1,2}$")  # with the word before it
_ELIDED = re.compile("^.*['’]")
_OPENING = "\"'“‘«([„‚‹»¿¡"


@dataclass(frozen=True, slots=True)
class _Stops:
    """Behind what a full stop ends no sentence: words, words before numbers, and ordinal numbers."""

    abbreviations: frozenset[str]
    numbered: frozenset[str]
    ordinals: bool


def boundaries(text: str, start: int, end: int, text_language: str = "") -> Iterator[int]:
    """The offsets from `start` to `end` at which a sentence or paragraph follows another.

    `text_language` is the language of the text, by its English name.
    """
    stops = _stops(text_language)
    for match in _END.finditer(text, start, end):
        stop = match[0]
        if (
            stop[0] in "\n。！？"
            or (len(stop) > 2 and PARAGRAPH.search(stop))
            or _ends_sentence(text, match, stops)
        ):
            yield match.end()


@cache
def _stops(text_language: str) -> _Stops:
    own, english = language(text_language), language("English")
    return _Stops(
        frozenset(
            (
                *own.abbreviations,
                *english.abbreviations,
                *_not_latin(each.abbreviations for each in languages()),
            )
        ),
        frozenset((*own.numbered, *english.numbered, *_not_latin(each.numbered for each in languages()))),
        own.ordinals,
    )


def _not_latin(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    return (word for words in lists for word in words if word > _LATIN)


def _ends_sentence(text: str, stop: re.Match[str], stops: _Stops) -> bool:
    """Whether a full stop ends a sentence, by the word before and the character after."""
    after = text[stop.end() : stop.end() + 2].lstrip(_OPENING)[:1]
    if after.islower():
        return False
    if text[stop.start()] != ".":
        return True
    line = text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()].rpartition("\n")[2]
    before = (line.split() or [""])[-1]
    word = before.strip(_OPENING)
    plain = _ELIDED.sub("", word).casefold()
    if plain in stops.abbreviations or _INITIALS.fullmatch(word):
        return False
    item = _ITEM.search(line) if line[-1:].isdecimal() else None
    if item and (item[1] or "").casefold() not in stops.numbered:
        return False
    ordinal = _ORDINAL.search(line) if stops.ordinals else None
    if ordinal and (ordinal[1] or "").casefold() not in stops.numbered:
        return False
    return plain not in stops.numbered or not _NUMBER.match(text, stop.end())
