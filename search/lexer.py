"""A query's text, cut into lexemes. Any text has some; nothing is ever refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "phrase", "quote", "open", "close", "and", "or", "not"]

_QUOTES = '"“”„‟«»＂〝〞〟'
_LEXEME = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<sign>(?<!\S)[+-](?=\S)|(?<=\()[+-](?=\S))?
    (?P<field>[^\W\d_]+:(?=[{_QUOTES}(=]|-?\w|\.\.))?
    (?: (?P<open>\()
      | (?P<equals>=)?(?: [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<near>\d+))?
                        | (?P<word>[^\s(){_QUOTES}]+) )
    )
  | (?P<close>\))
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query. A `quote` is a quotation mark that no other closes.

    `sign` is `+`, `-` or empty, `field` what stands before a colon, `exact` whether `=` does before
    the text, `near` the number behind a phrase's `~` (0: none). `written` is the piece as typed.
    """

    kind: Kind
    text: str
    position: int
    written: str
    sign: str = ""
    field: str = ""
    exact: bool = False
    near: int = 0


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query, in order; quotation marks of every script pair with each other."""
    for match in _LEXEME.finditer(text):
        written, position = match[0], match.start()
        sign, field = match["sign"] or "", (match["field"] or "").removesuffix(":")
        if match["space"]:
            continue
        if match["close"]:
            yield Lexeme("close", "", position, written)
        elif match["other"]:
            yield Lexeme("quote", "", position, written)
        elif match["open"]:
            yield Lexeme("open", "", position, written, sign, field)
        elif match["phrase"] is not None:
            near = int((match["near"] or "0")[:6])
            yield Lexeme(
                "phrase", match["phrase"], position, written, sign, field, bool(match["equals"]), near
            )
        elif written in _OPERATORS:
            yield Lexeme(_OPERATORS[written], written, position, written)
        else:
            yield Lexeme("word", match["word"], position, written, sign, field, bool(match["equals"]))
