"""How else may a person's initials be written? V.M. is one word to the analyzer, V. M. are two."""

import re

_LETTER = r"[^\W\d_]"
_CLOSE = re.compile(rf"(?<![\w.])({_LETTER})\.({_LETTER})(?!\w)\.?+(?!{_LETTER}\b)")
_SPACED = re.compile(rf"(?<![\w.])(?<!{_LETTER}\.\s)({_LETTER})\.\s({_LETTER})\.(?!\s?{_LETTER}\.)")


def respelled(text: str) -> str:
    """The text with its close initials spaced, or else with its spaced ones closed; without any, the text."""
    return _with_initials(_CLOSE, "{}. {}.", text) or _with_initials(_SPACED, "{}.{}.", text) or text


def _with_initials(pattern: re.Pattern[str], form: str, text: str) -> str:
    """The text with these initials in another form; only capitals are a person's. Empty if it has none."""

    def written(match: re.Match[str]) -> str:
        one, other = match.groups()
        return form.format(one, other) if (one + other).isupper() else match[0]

    changed = pattern.sub(written, text)
    return changed if changed != text else ""
