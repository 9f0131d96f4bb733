"""How else may a person's initials be written? V.M. is one word to the analyzer, V. M. are two.

Letters that may be initials are marked in a query, so that they are not left out as stop words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from search.query.lexer import Lexeme

_LETTER = r"[^\W\d_]"
_CLOSE = re.compile(rf"(?<![\w.])({_LETTER})\.({_LETTER})(?!\w)\.?+(?!{_LETTER}\b)")
_SPACED = re.compile(rf"(?<![\w.])(?<!{_LETTER}\.\s)({_LETTER})\.\s({_LETTER})\.(?!\s?{_LETTER}\.)")
_INITIAL = re.compile(r"[A-Z]\.?")
_BEFORE_NUMBER = re.compile(r"[A-Z][a-z]")
_NUMBER = re.compile(r"\d{2,3}[A-Za-z]?")


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


def mark_names(found: Iterable[Lexeme]) -> Iterator[Lexeme]:
    """The lexemes, those that may be part of a name marked: the A of A J P Taylor, the Me of Me 109."""
    before = ""
    lexemes = list(found)
    for lexeme, behind in zip(lexemes, [*lexemes[1:], None], strict=False):
        word, after = lexeme.text, behind.text if behind and behind.kind == "word" else ""
        beside = _INITIAL.fullmatch(before) or _INITIAL.fullmatch(after)
        named = (_INITIAL.fullmatch(word) and beside) or (
            _BEFORE_NUMBER.fullmatch(word) and _NUMBER.fullmatch(after)
        )
        yield replace(lexeme, named=True) if named and lexeme.kind == "word" else lexeme
        before = word if lexeme.kind == "word" else ""
