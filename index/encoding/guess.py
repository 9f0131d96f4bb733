"""In which encoding is a text of which nothing is declared? The one that makes it words of a language.

A text is read in each encoding of each language in languages.toml, and the reading that the language makes
most likely is taken (naive Bayes over the characters beyond ASCII: by rank among the letters of the language,
by what stands beside them, and by case). Windows-1252 is the answer unless another is clearly more likely;
short texts in another encoding of Latin letters may therefore be taken for it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from unicodedata import category

DEFAULT = "cp1252"

_MARGIN = 7.0
"""By how much (natural logarithm) another encoding must be more likely than the default."""
_MARGIN_OF_DECLARED = 25.0
"""The same where an encoding is declared: some words in which every letter speaks against it."""
_LEAST_EXPLAINED = 0.9  # of the characters beyond ASCII, by one language of another encoding than the default
_MOST_WORDS = 300  # words with characters beyond ASCII that are looked at
_WORD = re.compile(rb"\S+")
_MOST_BYTES = 1 << 22  # at the beginning of a text that are looked at
_SHORTEST_UTF16 = 4  # characters
_LONGEST_WORD = 200  # bytes
_PUNCTUATION = frozenset("„“”‘’‚‹›«»–—…§°€£№•©®¿¡\u00a0、。，！？「」『』（）：；·ªº½¼¾²³±×")

_FINALS = frozenset("ςךםןףץ")  # letters at the end of words

# Logarithms of likelihoods of a character, against that of a letter of the language by its rank.
_OTHER_LETTER = -8.0
_OTHER_CHARACTER = -8.5  # one of thousands that the language has beside those listed
_MARK, _MARK_IN_WORD, _SYMBOL = -4.0, -9.0, -10.0
_CAPITAL, _CAPITALS, _CAPITAL_IN_WORD = -1.0, -0.3, -5.0  # the first, among capitals, after a small one
_FINAL_IN_WORD = -6.0
_AMONG_ASCII = -6.0  # a letter of another alphabet beside an ASCII letter
_SIDE_BY_SIDE = -3.0  # two Latin letters beyond ASCII
_IN_NUMBER = -3.0


@dataclass(frozen=True, slots=True)
class _Language:
    """A language: the likelihood (logarithm) of each letter, and how letters are written."""

    letters: Mapping[str, float]
    write: str
    encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A character beyond ASCII and what stands beside it: ASCII letters, letters beyond, digits."""

    char: str
    beside_ascii: bool
    after_other: bool
    in_number: bool
    in_word: bool
    before_letter: bool
    after_small: bool
    after_capital: bool


@dataclass(frozen=True, slots=True)
class _Score:
    """How well a sample reads in an encoding: its likelihood (logarithm), the share that is explained.

    It is `plain` if all of it is explained, and no two letters beyond ASCII stand side by side.
    """

    likelihood: float
    explained: float
    plain: bool

    def speaks_against(self, least: float) -> bool:
        """Whether it is above another likelihood, and one language explains nearly all characters."""
        return self.likelihood > least and self.explained >= _LEAST_EXPLAINED


def guess(data: bytes) -> str | None:
    """The likeliest encoding of a text that is not UTF-8; None if it is valid in none."""
    sample = _sample(data)
    default = _score(sample, DEFAULT)
    if default and default.plain and _is_valid(data, DEFAULT):
        return DEFAULT  # nothing speaks for another
    scores = _scores(sample)
    scores.pop(DEFAULT, None)
    best = sorted(scores, key=lambda name: -scores[name].likelihood)
    likelier = [
        name for name in best if default is None or scores[name].speaks_against(default.likelihood + _MARGIN)
    ]
    order = [*likelier, DEFAULT, *(name for name in best if name not in likelier)]
    return next((name for name in order if _is_valid(data, name)), None)


def another_encoding(data: bytes, declared: str) -> str | None:
    """An encoding that is far likelier than the one declared; None if there is none.

    Only encodings of one byte a character are judged: others are seldom valid by chance.
    """
    sample = _sample(data)
    own = _score(sample, declared) if declared in _encodings() else None
    if own is None or own.plain:
        return None
    scores = _scores(sample)
    best = max(scores, key=lambda name: scores[name].likelihood)
    likelier = scores[best].speaks_against(own.likelihood + _MARGIN_OF_DECLARED)
    return best if likelier and _is_valid(data, best) else None


def guess_utf16(data: bytes) -> str | None:
    """Which UTF-16 a text without a byte order mark is; None if it is no text.

    In the right order of bytes, all characters are printable, and some of them are ASCII.
    """
    found = ((_ascii_share(data[:_MOST_BYTES], name), name) for name in ("utf-16-le", "utf-16-be"))
    share, name = max(found)
    return name if share > 0.02 and _is_valid(data, name) else None


def _ascii_share(data: bytes, encoding: str) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    if len(text) < _SHORTEST_UTF16 or not all(char.isprintable() or char in "\t\n\r\f" for char in text):
        return 0.0
    return sum(" " <= char <= "~" for char in text) / len(text)


def _sample(data: bytes) -> bytes:
    """The first words with bytes beyond ASCII, one a line."""
    words = (
        match[0][:_LONGEST_WORD] for match in _WORD.finditer(data, 0, _MOST_BYTES) if not match[0].isascii()
    )
    return b"\n".join(word for word, _ in zip(words, range(_MOST_WORDS), strict=False))


def _is_valid(data: bytes, encoding: str) -> bool:
    try:
        return bool(data.decode(encoding)) or not data
    except UnicodeDecodeError:
        return False


def _scores(sample: bytes) -> dict[str, _Score]:
    """Encoding -> the score of the sample in it, for those in which it is valid."""
    found = {name: _score(sample, name) for name in _encodings()}
    return {name: score for name, score in found.items() if score is not None}


def _score(sample: bytes, encoding: str) -> _Score | None:
    text = sample.decode(encoding, "replace")
    if "\ufffd" in text[:-1]:  # the end may be cut within a character
        return None
    counts = Counter(_seen(text.replace("\ufffd", "")))
    if any(category(seen.char) in {"Cc", "Cn", "Co"} for seen in counts):
        return None
    scores = (_score_in(counts, language) for language in _languages() if encoding in language.encodings)
    return max(scores, key=lambda score: score.likelihood)


def _score_in(counts: Mapping[_Seen, int], language: _Language) -> _Score:
    found = {seen: _likelihood(seen, language) for seen in counts}
    total = sum(counts.values())
    explained = sum(
        count
        for seen, count in counts.items()
        if found[seen] > _OTHER_LETTER or (language.write == "characters" and found[seen] > _SYMBOL)
    )
    likelihood = sum(count * found[seen] for seen, count in counts.items())
    plain = explained == total and not any(seen.after_other and seen.char.isalpha() for seen in counts)
    return _Score(likelihood, explained / total if total else 1.0, plain)


def _seen(text: str) -> Iterator[_Seen]:
    padded = f" {text} "
    for at in range(1, len(padded) - 1):
        char = padded[at]
        if char.isascii():
            continue
        before, after = padded[at - 1], padded[at + 1]
        yield _Seen(
            char,
            beside_ascii=(before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()),
            after_other=not before.isascii() and before.isalpha(),
            in_number=before.isdigit() or after.isdigit(),
            in_word=before.isalpha() and after.isalpha(),
            before_letter=after.isalpha(),
            after_small=before.islower(),
            after_capital=before.isupper(),
        )


def _likelihood(seen: _Seen, language: _Language) -> float:
    """The likelihood (logarithm) of a character beside others."""
    char = seen.char
    if not char.isalpha() or char in "ªº":
        found = language.letters.get(char)
        if found is not None:
            return found
        if char not in _PUNCTUATION:
            return _SYMBOL
        return _MARK_IN_WORD if seen.in_word and char != "’" else _MARK
    found = language.letters.get(char if char == "İ" else char.lower())
    if language.write == "characters":
        return found or (_OTHER_CHARACTER if category(char) == "Lo" and ord(char) > 0x3000 else _SYMBOL)
    found = _OTHER_LETTER if found is None else found
    if char.isupper():
        found += _CAPITAL_IN_WORD if seen.after_small else _CAPITALS if seen.after_capital else _CAPITAL
    if char in _FINALS and seen.before_letter:
        found += _FINAL_IN_WORD
    if seen.in_number:
        found += _IN_NUMBER
    if language.write == "latin":
        return found + (_SIDE_BY_SIDE if seen.after_other else 0)
    return found + (_AMONG_ASCII if seen.beside_ascii else 0)


@cache
def _languages() -> tuple[_Language, ...]:
    table = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
    return tuple(
        _Language(_ranked(one["letters"]), one["write"], tuple(one["encodings"])) for one in table["language"]
    )


def _ranked(letters: str) -> dict[str, float]:
    """Each letter and its likelihood (logarithm), falling with its rank (Zipf's law)."""
    total = sum(1 / (rank + 3) for rank in range(len(letters)))
    return {letter: log(1 / (rank + 3) / total) for rank, letter in enumerate(letters)}


@cache
def _encodings() -> tuple[str, ...]:
    """All encodings, the default first."""
    return tuple(dict.fromkeys([DEFAULT, *(name for one in _languages() for name in one.encodings)]))
