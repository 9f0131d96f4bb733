"""Where do sentences begin? Not after an abbreviation, an initial, a list number or a line break."""

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"\n\s*\n")
"""A blank line. Texts are hard-wrapped: a single line break ends nothing."""

_END = re.compile(  # one class of characters first, which `re` finds fast
    r"[.!?…。！？\n](?:"
    r"(?<=[.!?…])[.!?…]*['\"”’»)\]]*(?:\[\d{1,3}\])?\s+"  # a footnote's number may stand after the full stop
    r"|(?<=[。！？])['\"”’»）」』]*\s*"
    r"|(?<=\n)[^\S\n]*\n\s*)"
)
_LONGEST_ABBREVIATION = 16
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")  # V, U.S, a.m, J.-P
_BEFORE_NAMES = """
    adm amb approx asst atty brig ca capt cde cf cmdr co col comdr cpl dep dept dr eds exec gen gov hon lt maj
    messrs mgr mme mr mrs ms msgr mt pres prof pt rep rev rt sen sgt st supt univ viz vs
    гр им см ст стр тов ул abs bd bzw nr usw vgl
"""
_BEFORE_NUMBERS = """
    app art bk ch chap doc docs fig figs jan feb mar apr jun jul aug sep sept oct nov dec no nos op p pp para
    paras sec secs sect vol vols № nº лл оп
"""
_ABBREVIATION = frozenset(_BEFORE_NAMES.split())
_BEFORE_NUMBER = frozenset(_BEFORE_NUMBERS.split())
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_ITEM = re.compile(r"(?:^|(\w*)\W*[.!?:;])\s*\d{1,3}$")  # a list number at the start of a sentence
_OPENING = "\"'“‘«([„"


def boundaries(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets from `start` to `end` at which a sentence or paragraph follows another."""
    for match in _END.finditer(text, start, end):
        stop = match[0]
        if stop[0] in "\n。！？" or (len(stop) > 2 and PARAGRAPH.search(stop)) or _ends_sentence(text, match):
            yield match.end()


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, by the word before and the character after."""
    after = text[stop.end() : stop.end() + 2].lstrip(_OPENING)[:1]
    if after.islower():
        return False
    if text[stop.start()] != ".":
        return True
    line = text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()].rpartition("\n")[2]
    before = (line.split() or [""])[-1]
    word = before.strip(_OPENING)
    plain = word.casefold()
    if plain in _ABBREVIATION or _INITIALS.fullmatch(word):
        return False
    item = _ITEM.search(line) if line[-1:].isdecimal() else None
    if item and (item[1] or "").casefold() not in _BEFORE_NUMBER:
        return False
    return plain not in _BEFORE_NUMBER or not _NUMBER.match(text, stop.end())
