"""The tokenizer: one pattern of the standard library's `re`, with the methods of an NLTK tokenizer.

NLTK's own RegexpTokenizer runs on a time-limited engine that is twenty times slower; this pattern is
possessive throughout, so it cannot backtrack and needs no limit (docs/adr/001-tokenizer.md). Groups are
atomic, `(?>(?:a|b)*)`: Python up to 3.11.4 finds something else by `(?:a|b)*+` (its issue 106052).
"""

import re
from collections.abc import Iterator

from search.analysis.characters import (
    APOSTROPHES,
    GERSHAYIM,
    UNSPACED,
    UNSPACED_MARKS,
    initials,
    letters,
    marks,
)

_LETTER, _MARK, _INITIAL = letters(), marks(), initials()
_INNER = f"[{_LETTER[1:-1]}{_MARK[1:-1]}]"  # what may stand behind a letter
_RUN = f"{_LETTER}{_INNER}*+"
_SUFFIX = f"(?:(?:[{APOSTROPHES}]|{GERSHAYIM}){_RUN})"
_AM = "(?<=[\u0e4d\u0ecd])[\u0e32\u0eb2]"  # the second half of the vowel am, decomposed
_UNIT = f"[{UNSPACED}](?>(?:{_MARK}|[{UNSPACED_MARKS}]|{_AM})*)"

PAIRED_INITIALS = (("U", "SNK"), ("E", "UG"), ("I", "E"))
"""The second initials that make one word with a first across a space: U. S., E. U., i. e."""

_ALONE = f"(?!{_INNER})"
# What follows a first letter: U.N., or U. S. S. R. with a full stop behind each, or "U.S. I think" would have
# three. Two spaced initials are a person's and one token each, unless PAIRED_INITIALS has them.
_CLOSE, _SPACED = rf"(?:\.{_INITIAL}{_ALONE})", rf"(?:\.\s{_INITIAL}(?=\.))"
_PAIR = "|".join(
    rf"(?<=[{one}{one.lower()}])\.\s[{others}{others.lower()}](?=\.)" for one, others in PAIRED_INITIALS
)
_INITIALS = rf"(?=\.)(?<={_INITIAL})(?>{_CLOSE}+|{_SPACED}{{2,}}|{_PAIR})\.?+(?>{_SUFFIX}?)"
_THOUSANDS = f"[0-9]{{0,2}}+(?<=[0-9])(?>(?:,[0-9]{{3}}{_ALONE})+)"  # 50,000
_LETTERS = f"{_INNER}*+(?>{_SUFFIX}*)"

_PLAIN = "[A-Za-z]++(?=[ ,;\\n])"  # matches most words, as the rest would, a fifth faster

# One group, for `split`; a second pattern without it would take as long to compile, and find words no faster.
_WORD = re.compile(f"({_PLAIN}|{_LETTER}(?:{_INITIALS}|{_THOUSANDS}|{_LETTERS})|{_UNIT})")

# ASCII signs inside words, by the sign, which `re` finds fast: a full stop behind an initial, an apostrophe
# before more than a possessive s, or behind a digit (1930's).
_SIGNS = "".join(char for char in APOSTROPHES if not char.isalnum())
_SIGNS_IN_WORDS = {
    ".": re.compile(r"\.(?=[A-Za-z](?![A-Za-z0-9])|\s[A-Za-z]\.)(?<![A-Za-z0-9][A-Za-z]\.)"),
    **{
        sign: re.compile(
            rf"{sign}(?<=[A-Za-z0-9].)(?=[A-Za-z0-9])(?!(?<=[A-Za-z].)[sS](?![A-Za-z0-9{_SIGNS}]))"
        )
        for sign in _SIGNS
    },
}
_ALL_SIGNS = frozenset(_SIGNS_IN_WORDS)
_ASCII_SIGNS = frozenset(filter(str.isascii, _ALL_SIGNS))
_THOUSAND = re.compile("(?<=[0-9]),(?=[0-9]{3})")
_REPLACED = re.compile(rb"\?")  # encoding to ASCII replaces every other character by it
_IN_WORD = re.compile(f"[{_INNER[1:-1]}{UNSPACED}]+")
NOT_IN_WORD = frozenset(_IN_WORD.sub("", "".join(map(chr, range(0x2100)))))
"""The characters up to U+20FF that are no letters or marks of words; all beyond may be."""


class WordTokenizer:
    """Words of any script, with the apostrophes inside them; each unspaced letter is a word by itself.

    Initials with their full stops are one word (U.N., U.S.S.R., U. S.) unless they may be a person's
    (V. M.), and so is a number with commas between its thousands.
    """

    following = staticmethod(_WORD.search)
    """`following(text, offset)`: the first word from an offset on that is inside no word, or None."""

    def tokenize(self, text: str) -> list[str]:
        """The words, in order."""
        return _WORD.findall(text)

    def span_tokenize(self, text: str) -> Iterator[tuple[int, int]]:
        """The character offsets of each word, in order."""
        return (match.span() for match in _WORD.finditer(text))

    def split(self, text: str) -> list[str]:
        """All of the text, divided: what stands before a word, the word, and so on; the last is no word."""
        parts: list[str] = _WORD.split(text)
        return parts

    def irregular(self, text: str, replaced: bytes, *, numbers: bool) -> list[int]:
        """The offset of a character of each word that is not ASCII letters and digits alone, in no order.

        `replaced` is the text in ASCII, with `?` for every other character. Some offsets belong to no such
        word. A possessive s makes no word irregular; thousands separators do only if `numbers` is set.
        """
        found: list[int] = []
        chars = _ASCII_SIGNS
        if not text.isascii():
            places = [match.start() for match in _REPLACED.finditer(replaced)]
            chars = chars.union(map(text.__getitem__, places))
            if not chars <= NOT_IN_WORD:
                found = [place for place in places if text[place] not in NOT_IN_WORD]
        for sign in chars & _ALL_SIGNS:
            if sign in text:
                found += [match.start() for match in _SIGNS_IN_WORDS[sign].finditer(text)]
        if numbers:
            found += [match.start() for match in _THOUSAND.finditer(text)]
        return found
