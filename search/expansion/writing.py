"""How do documents write words that the index holds folded and apart? Asked of a few of their texts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WHOLE = r"(?<![^\W_]){}(?![^\W_])"
_ACCENTED = "\u00c0-\u024f"
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_SPACES = r" \u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Writing:
    """A way to write words: `pattern` finds them in a text, `is_meant` tells whether they are so written.

    It is shown by a text in which it is found, or unless `once` is enough, by most places of all texts.
    """

    pattern: str
    is_meant: Callable[[re.Match[str]], bool]
    once: bool = False

    def is_shown_by(self, texts: Sequence[str]) -> bool:
        """Whether these texts write the words so."""
        pattern = re.compile(_WHOLE.format(self.pattern), re.IGNORECASE)
        places = [self.is_meant(match) for text in texts for match in pattern.finditer(text)]
        return any(places) if self.once else sum(places) * 2 > len(places)


def hyphenated(one: str, other: str) -> Writing:
    """With a hyphen, to-day, or as a name, De Gaulle; not as two words that happen to stand side by side."""
    between = rf"(?:[{_HYPHENS}]|['’]|\.?\s+)"
    pattern = rf"(?P<one>{_letters(one)})(?P<between>{between})(?P<other>{_letters(other)})"
    return Writing(pattern, _is_hyphen_or_name)


def with_letter(word: str, at: int, letters: str) -> Writing:
    """With one of these letters at a place, as ü in Müller."""
    pattern = f"{_letters(word[:at])}[{letters}]{_letters(word[at + 1 :])}"
    return Writing(pattern, bool, once=True)


def thousands(groups: Sequence[str]) -> Writing:
    """With one space, full stop or apostrophe between the thousands of a number."""
    return Writing(rf"[{_SPACES}.'’]".join(groups), bool, once=True)


def _letters(word: str) -> str:
    """A pattern for a folded word: each letter may have an accent."""
    return "".join(f"[{letter}{_ACCENTED}]" if letter.isascii() else re.escape(letter) for letter in word)


def _is_hyphen_or_name(match: re.Match[str]) -> bool:
    one, other = match["one"], match["other"]
    return match["between"] in _HYPHENS or (one[0].isupper() and other[0].isupper() and not other.isupper())
