"""The text of a query with its quotation marks and parentheses in pairs, as it was read."""

from search.query.lexer import lexemes


def balanced(text: str) -> str:
    """The text without what closes or opens nothing, and with what it leaves open closed.

    >>> balanced('(draft AND "armistice')
    '(draft AND armistice)'
    """
    lone: set[int] = set()
    depth = 0
    for lexeme in lexemes(text):
        if lexeme.kind == "quote" or (lexeme.kind == "close" and not depth):
            lone.add(lexeme.position)
        else:
            depth += (lexeme.kind == "open") - (lexeme.kind == "close")
    if not lone and not depth:
        return text
    kept = "".join(_left(text, offset) if offset in lone else char for offset, char in enumerate(text))
    return kept.rstrip() + ")" * depth if depth else kept


def _left(text: str, offset: int) -> str:
    """What is left of a character that has no counterpart: a space, if it parted two words."""
    parted = text[offset - 1 : offset].strip() and text[offset + 1 : offset + 2].strip()
    return " " if parted else ""
