"""How do documents write words that the index holds folded and apart? Asked of a few of their texts."""

import re
from collections.abc import Iterator, Sequence

from search.expansion.umlauts import letters_of, umlauts_of_digraphs

MIN_SHARE = 1 / 3
"""Of the places where two words stand side by side, as many must join them with a hyphen."""

_END = r"(?![^\W_])"
_ACCENTED = "\u00df-\u012f\u0132-\u017e\u0180-\u024f"
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_BETWEEN = rf"[{_HYPHENS}]|['’]|\.?\s+"
_SPACES = r" \u00a0\u2009\u202f"


def join_with_hyphen(texts: Sequence[str], one: str, other: str) -> bool:
    """Whether texts join two words with a hyphen, to-day, or write them as a name, De Gaulle.

    One place in three is enough; most others may be words that happen to stand side by side.
    """
    for letters in (re.escape, _with_accents):  # few texts need the second, which takes long
        pattern = re.compile(f"({letters(one)})({_BETWEEN})({letters(other)}){_END}")
        places = [
            _is_hyphen_or_name(text[slice(*match.span(1))], match[2], text[slice(*match.span(3))])
            for text in texts
            for match in _whole(pattern, _lower(text))
        ]
        if places:
            return any(places) and sum(places) >= MIN_SHARE * len(places)
    return False


def have_umlauts(texts: Sequence[str], word: str) -> bool:
    """Whether a text writes a word with its umlauts, as Müller; ø may stand for ö, and ß for ss."""
    written = re.escape(word).replace("ss", "(?:ss|ß)")
    for two, letter in umlauts_of_digraphs().items():
        written = written.replace(letter, f"[{letters_of(two)}]")
    pattern = re.compile(written + _END)
    return any(True for text in texts for _ in _whole(pattern, _lower(text)))


def part_thousands(texts: Sequence[str], groups: Sequence[str]) -> bool:
    """Whether a text writes a number with one space, full stop or apostrophe between its thousands."""
    pattern = re.compile(rf"[{_SPACES}.'’]".join(groups) + _END)
    return any(True for text in texts for _ in _whole(pattern, text))


def write_fraction(texts: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether a text writes a fraction with a slash, 1/2 or 2 1/2."""
    *whole, one, other = parts
    pattern = re.compile(r"[\s-]".join((*whole, f"{one}[/\u2044]{other}")) + _END)
    return any(True for text in texts for _ in _whole(pattern, text))


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches at the beginning of a word. (A pattern that begins with letters is found fast.)"""
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if not (before[-1:].isalnum() or (before.endswith(".") and before[0].isalnum())):
            yield match


def _lower(text: str) -> str:
    """The text in small letters, unless that would move them."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _with_accents(word: str) -> str:
    """A pattern for a folded word, each letter of which may have an accent."""
    return "".join(f"[{letter}{_ACCENTED}]" if letter.isascii() else re.escape(letter) for letter in word)


def _is_hyphen_or_name(one: str, between: str, other: str) -> bool:
    is_name = one[0].isupper() and other[0].isupper() and not other.isupper() and "." not in between
    return is_name or between in _HYPHENS
