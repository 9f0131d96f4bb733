"""What stands between spaces, and which words that is: how long texts are taken apart quickly.

No word reaches over a space but spaced initials (U. S. S. R.), which a mark holds together. So a text can
be cut at its spaces, and the words of each piece be looked up: what a piece says it says everywhere.
"""

import re
from collections.abc import Callable, Iterable

_LONGEST = 64  # bytes of a piece that is remembered
_MOST = 300_000  # pieces remembered

_HOLD, _NOT_HOLD = "\x01", "\x02"  # neither is a space or part of a word
_SPACED_INITIAL = re.compile(r"\.\s([^\W\d_])(?=\.)")
_ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "…": "-"}
"""Typographers' signs, and of their ASCII counterparts those that mean the same to the tokenizer."""

_IN_WORDS = b"'`.," + _HOLD.encode()
_CUT = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or code in _IN_WORDS else ord(" ") for code in range(0x80)
) + bytes(range(0x80, 0x100))  # of which other characters consist, which stay as they are


class Pieces:
    """What each piece says: its folded words, and their stems, with a space between two.

    `words` tells the folded word and the stem of each word of a text.
    """

    def __init__(self, words: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        self._words = _Words(words)

    def terms(self, text: str) -> tuple[str, str]:
        """The folded words of a text, and their stems, with a space between two."""
        pieces = cut(text)
        words = " ".join(filter(None, map(self._words.__getitem__, pieces)))
        return words, " ".join(filter(None, map(self._words.stems.__getitem__, pieces)))


class _Words(dict[bytes, str]):
    """Piece -> its words, and in `stems` its stems. Those met first, which are the frequent ones, stay."""

    def __init__(self, words: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        super().__init__()
        self.stems = _Stems(self)
        self._analyze = words

    def __missing__(self, piece: bytes) -> str:
        words, stems = self.look_up(piece)
        if len(piece) <= _LONGEST and len(self) < _MOST:
            self[piece], self.stems[piece] = words, stems
        return words

    def look_up(self, piece: bytes) -> tuple[str, str]:
        """The words and stems of a piece."""
        text = piece.decode("utf-8", "surrogatepass")
        if text[-2:-1] == _HOLD:
            text += "."  # which the initial had, or it would not be held
        pairs = list(self._analyze(text.replace(_HOLD, " ")))
        return " ".join(word for word, _ in pairs), " ".join(stem for _, stem in pairs)


class _Stems(dict[bytes, str]):
    """Piece -> its stems, of those pieces whose words are remembered."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, piece: bytes) -> str:
        return self._words.look_up(piece)[1]


def cut(text: str) -> list[bytes]:
    """The pieces of a text in order, ASCII in lower case, without most of what is no part of a word."""
    if not text.isascii():
        for sign, plain in _ALIKE.items():
            text = text.replace(sign, plain)
    held = _SPACED_INITIAL.sub(rf".{_HOLD}\1", text.replace(_HOLD, _NOT_HOLD))
    bare = held.encode("utf-8", "surrogatepass").translate(_CUT) + b" "
    return bare.replace(b". ", b"  ").replace(b", ", b"  ").split()
