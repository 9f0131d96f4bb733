"""How do documents write words that the index holds folded and apart? Asked of a few of their texts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MIN_SHARE = 1 / 3
"""Of the places where two words stand side by side, as many must join them with a hyphen."""

_WHOLE = r"(?<![^\W_])(?<!\w\.){}(?![^\W_])"
_ACCENTED = "\u00c0-\u012f\u0132-\u017e\u0180-\u024f"  # without those that are an I or s in the other case
_GROUPS = {"ss": "(?:ss|ß)", "ö": "[öø]"}
_GROUP = re.compile("ss|.", re.DOTALL)
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_SPACES = r" \u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Writing:
    """A way to write words: `pattern` finds them in a text, `is_meant` tells whether they are so written.

    It is shown by one place, or unless `once` is enough, by its share of all places.
    """

    pattern: str
    is_meant: Callable[[re.Match[str]], bool]
    once: bool = False

    def is_shown_by(self, texts: Sequence[str]) -> bool:
        """Whether these texts write the words so."""
        pattern = re.compile(_WHOLE.format(self.pattern), re.IGNORECASE)
        places = [self.is_meant(match) for text in texts for match in pattern.finditer(text)]
        return any(places) and (self.once or sum(places) >= MIN_SHARE * len(places))


def hyphenated(one: str, other: str) -> Writing:
    """With a hyphen, to-day, or as a name, De Gaulle; not as two words that happen to stand side by side."""
    between = rf"(?:[{_HYPHENS}]|['’]|\.?\s+)"
    pattern = rf"(?P<one>{_letters(one)})(?P<between>{between})(?P<other>{_letters(other)})"
    return Writing(pattern, _is_hyphen_or_name)


def written_as(word: str) -> Writing:
    """With the umlauts of this word, as Müller; ø may stand for ö, and ß for ss."""
    return Writing(_letters(word), bool, once=True)


def thousands(groups: Sequence[str]) -> Writing:
    """With one space, full stop or apostrophe between the thousands of a number."""
    return Writing(rf"[{_SPACES}.'’]".join(groups), bool, once=True)


def _letters(word: str) -> str:
    """A pattern for a word: each of its ASCII letters may have an accent."""
    return "".join(map(_letter, _GROUP.findall(word)))


def _letter(group: str) -> str:
    if group.isascii() and len(group) == 1:
        return f"[{group}{_ACCENTED}]"
    return _GROUPS.get(group) or re.escape(group)


def _is_hyphen_or_name(match: re.Match[str]) -> bool:
    one, other = match["one"], match["other"]
    is_name = one[0].isupper() and other[0].isupper() and not other.isupper() and "." not in match["between"]
    return is_name or match["between"] in _HYPHENS
