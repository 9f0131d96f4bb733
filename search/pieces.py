"""What stands between spaces, and which words that is: how long texts are taken apart quickly.

No word reaches over a space but spaced initials (U. S. S. R.), which a mark holds together. So a text can
be cut at its spaces, and the words of each piece be looked up: what a piece says it says everywhere.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

_LONGEST = 64  # bytes of a piece that is remembered
_MOST = 250_000  # pieces remembered

_HOLD, _NOT_HOLD = "\x01", "\x02"  # neither is a space or part of a word
_SPACED_INITIAL = re.compile(r"\.\s([^\W\d_])(?=\.)")
_ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "…": "-"}
"""Typographers' signs, and of their ASCII counterparts those that mean the same to the tokenizer."""

_IN_WORDS = b"'`.," + _HOLD.encode()
_CUT = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or code in _IN_WORDS else ord(" ") for code in range(0x80)
) + bytes(range(0x80, 0x100))  # of which other characters consist, which stay as they are


class Odd(NamedTuple):
    """The words of a piece that is not just one word as it stands, and their stems, a space between two."""

    words: bytes
    stems: str


class Pieces(dict[bytes, str | Odd]):
    """Piece -> the stem of the word that it is, or what else it holds.

    `words` tells the folded word and the stem of each word of a text.
    """

    def __init__(self, words: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, piece: bytes) -> str | Odd:
        text = piece.decode("utf-8", "surrogatepass")
        if text[-2:-1] == _HOLD:
            text += "."  # which the initial had, or it would not be held
        pairs = list(self._words(text.replace(_HOLD, " ")))
        words = " ".join(word for word, _ in pairs).encode("utf-8", "surrogatepass")
        found = pairs[0][1] if words == piece else Odd(words, " ".join(stem for _, stem in pairs))
        if len(piece) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[piece] = found
        return found

    def terms(self, text: str) -> tuple[str, str]:
        """The folded words of a text, and their stems, with a space between two."""
        pieces = cut(text)
        found = list(map(self.__getitem__, pieces))
        try:
            stems = " ".join(cast("list[str]", found))  # a TypeError tells what no look at each need find
        except TypeError:
            both = zip(pieces, found, strict=True)
            pieces = list(filter(None, [p if isinstance(each, str) else each.words for p, each in both]))
            stems = " ".join(filter(None, [each if isinstance(each, str) else each.stems for each in found]))
        return b" ".join(pieces).decode("utf-8", "surrogatepass"), stems


def cut(text: str) -> list[bytes]:
    """The pieces of a text in order, ASCII in lower case, without most of what is no part of a word."""
    if not text.isascii():
        for sign, plain in _ALIKE.items():
            text = text.replace(sign, plain)
    held = _SPACED_INITIAL.sub(rf".{_HOLD}\1", text.replace(_HOLD, _NOT_HOLD))
    bare = held.encode("utf-8", "surrogatepass").translate(_CUT) + b" "
    return bare.replace(b". ", b"  ").replace(b", ", b"  ").split()
