"""Is a query running text in capitals? A heading such as TREATY OF PEACE AND COMMERCE holds no operators."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.lexer import OPERATOR_KINDS, Lexeme

_ALSO_NAMES = {"us", "who", "it"}
"""Function words that are as often the name of a country or an organization, where they are in capitals."""


def as_prose(
    text: str, found: Sequence[Lexeme], function_words: Collection[str]
) -> tuple[Sequence[Lexeme], Diagnostic | None]:
    """The lexemes of a query, and a diagnostic if it is prose in capitals: AND, OR and NOT are words then.

    Prose has no small letter, at least one function word besides these three, and no sign, field or `=`.
    """
    operators = [item for item in found if item.kind in OPERATOR_KINDS and item.written.isalpha()]
    if not operators or not text.isupper() or any(item.sign or item.field or item.exact for item in found):
        return found, None
    words = {item.text.lower().strip(",.;:?!") for item in found if item.kind == "word"}
    if not words & (set(function_words) - _ALSO_NAMES):
        return found, None
    diagnostic = DiagnosticCode.OPERATOR_IN_PROSE.at(operators[0].position, operators[0].written)
    return [replace(item, kind="word") if item in operators else item for item in found], diagnostic
