"""Where are the words? An NLTK tokenizer on the standard library's `re`.

NLTK's own RegexpTokenizer runs on a time-limited engine that is twenty times slower; this pattern is
possessive throughout, so it cannot backtrack and needs no limit (docs/adr/001-tokenizer.md).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from nltk.tokenize.api import TokenizerI

from search.analysis.characters import APOSTROPHES, IDEOGRAPHS, JOINERS, is_ideograph


def _character_class(wanted: Callable[[str], bool], beyond: str = "") -> str:
    """The `wanted` characters of the Basic Multilingual Plane, as ranges, which `re` makes a bitmap."""
    chars = (c for c in map(chr, range(0x10000)) if wanted(c) and not is_ideograph(c))
    runs = groupby(enumerate(chars), key=lambda place: ord(place[1]) - place[0])
    ranges = [[char for _, char in run] for _, run in runs]
    return f"[{''.join(f'{run[0]}-{run[-1]}' for run in ranges)}{beyond}]"


_LETTER = _character_class(str.isalnum, beyond="\U00010000-\U0001efff")
_MARK = _character_class(lambda char: unicodedata.category(char) in {"Mn", "Mc"} or char in JOINERS)
_RUN = f"{_LETTER}++(?:{_MARK}++{_LETTER}*+)*+"  # a letter, then letters and combining marks
_SUFFIX = f"(?:[{APOSTROPHES}]{_RUN})"

PAIRED_INITIALS = (("U", "SNK"), ("E", "UG"), ("I", "E"))
"""Which second initial makes one word with a first: U.S., E.U., i.e. Three or more always do."""

_INITIAL = _character_class(str.isalpha)
_ALONE = f"(?!{_LETTER}|{_MARK})"
# What follows a first letter: U.S.S.R., or U. S. S. R. with a full stop behind each, or "U.S. I think" would
# hold three. Two initials are a person's, which are found one by one, unless they are known.
_CLOSE, _SPACED = rf"(?:\.{_INITIAL}{_ALONE})", rf"(?:\.\s{_INITIAL}(?=\.))"
_PAIR = "|".join(
    rf"(?<=[{one}{one.lower()}])(?:\.[{others}{others.lower()}]{_ALONE}|\.\s[{others}{others.lower()}](?=\.))"
    for one, others in PAIRED_INITIALS
)
_INITIALS = rf"(?=\.)(?<={_INITIAL})(?:{_CLOSE}{{2,}}+|{_SPACED}{{2,}}+|{_PAIR})\.?+{_SUFFIX}?+"
_THOUSANDS = f"[0-9]{{0,2}}+(?<=[0-9])(?:,[0-9]{{3}}{_ALONE})++"  # 50,000
_LETTERS = f"{_LETTER}*+(?:{_MARK}++{_LETTER}*+)*+{_SUFFIX}*+"

_PLAIN = "[A-Za-z]++(?=[ ,;\\n])"  # what the rest would find too: most words, a fifth faster

_WORD = re.compile(f"{_PLAIN}|{_LETTER}(?:{_INITIALS}|{_THOUSANDS}|{_LETTERS})|[{IDEOGRAPHS}]")
_PIECES = re.compile(f"({_WORD.pattern})")

# What stands in words that are not ASCII letters and digits alone, by its first character, which `re` finds
# fast: full stops behind initials, apostrophes before more than a possessive s.
_SIGNS = "".join(char for char in APOSTROPHES if not char.isalnum())
_ODD = {
    ".": re.compile(r"\.(?=[A-Za-z](?![A-Za-z0-9])|\s[A-Za-z]\.)(?<![A-Za-z0-9][A-Za-z]\.)"),
    **{
        sign: re.compile(rf"{sign}(?<=[A-Za-z0-9].)(?=[A-Za-z0-9])(?![sS](?![A-Za-z0-9{_SIGNS}]))")
        for sign in _SIGNS
    },
}
_THOUSAND = re.compile("(?<=[0-9]),(?=[0-9]{3})")
_REPLACED = re.compile(rb"\?")  # what is not ASCII, encoded as such
_PART = re.compile(f"{_LETTER}|{_MARK}|[{IDEOGRAPHS}]")
_NO_PART = frozenset(char for char in map(chr, range(0x2100)) if not _PART.match(char))


class WordTokenizer(TokenizerI):  # type: ignore[misc]
    """Words of any script, apostrophes inside them kept; each ideograph a word of its own.

    Initials with their full stops are one word (U.S.S.R., U. S.) unless they may be a person's (V. M.),
    and so is a number with commas between its thousands.
    """

    def tokenize(self, text: str) -> list[str]:
        """The words, in order."""
        return _WORD.findall(text)

    def span_tokenize(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each word begins and ends, in order."""
        return (match.span() for match in _WORD.finditer(text))

    def split(self, text: str) -> list[str]:
        """All of the text in pieces: what stands before a word, the word, and so on; the last is no word."""
        pieces: list[str] = _PIECES.split(text)
        return pieces

    def following(self, text: str, place: int) -> tuple[int, int] | None:
        """Where the next word begins and ends, from a place on that is inside no word."""
        match = _WORD.search(text, place)
        return match.span() if match else None

    def odd(self, text: str, *, numbers: bool) -> Iterator[int]:
        """A character of each word that is not ASCII letters and digits alone, and of some others, unordered.

        No account is taken of a possessive s, nor of commas in `numbers` unless asked for.
        """
        if not text.isascii():
            for beyond in _REPLACED.finditer(text.encode("ascii", "replace")):
                if text[beyond.start()] not in _NO_PART:
                    yield beyond.start()
        patterns = [pattern for sign, pattern in _ODD.items() if sign in text]
        for pattern in [*patterns, _THOUSAND] if numbers else patterns:
            for match in pattern.finditer(text):
                yield match.start()
