"""A query's text, cut into lexemes. Any text has some; nothing is ever refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.months import MONTH
from search.query.dates import DATE_FIELDS

Kind = Literal["word", "phrase", "range", "quote", "open", "close", "and", "or", "not"]

QUOTES = '"“”„‟«»〝〞〟「」『』《》❝❞'
_INITIALS = r"(?:[^\W\d_]\.\s?){2,}(?!\w)"  # V. M., one word to the analyzer
_DAY = rf"(?:\d{{1,2}}\s+)?(?i:{MONTH})\s+(?:\d{{1,2}},?\s+)?\d{{4}}(?!\w|\.\.)"
_ASCII = str.maketrans("（）＊～＝＋－−＂＾", '()*~=+--"^')  # what East Asian keyboards write
_LEXEME = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<sign>(?:(?<!\S)|(?<=\()) (?: [+-](?=\S) | !(?=[\w({QUOTES}=]) ) )?
    (?P<field>
        (?P<dated>(?i:{"|".join(DATE_FIELDS)}):\s* (?={_DAY}))
      | [^\W\d_]++: (?=[{QUOTES}(=<>\[*] | [‘‚‹]\w | -?\w | \.\.)
    )?
    (?: (?P<open>\()
      | (?P<equals>=)?
        (?: (?: [{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]
              | (?<![^\s(+\-!:=]) (?: ‘(?=\S)(?P<single>[^‘]*?)’ | ‚(?=\S)(?P<low>[^‚‘]*)‘
                                 | ‹(?P<angled>[^‹›]*)› ) (?=[\s()~^]|$)
            )
            (?P<tail>(?:~\d*)?(?:\^\d[\d.]*)?)
          | (?(dated) (?P<day>{_DAY}) | (?!))
          | [\[{{](?P<range>[^\[\]{{}}]*\sTO\s[^\[\]{{}}]*)[\]}}]
          | (?P<word>{_INITIALS}|[^\s(){QUOTES}]+) )
    )
  | \)(?P<close>(?:\^\d[\d.]*)?)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WEIGHTED = re.compile(r"(.+)(\^\d[\d.]*)", re.DOTALL)
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query. A `quote` is a quotation mark that no other closes.

    `sign` is `+`, `-`, `!` or empty, `field` what stands before a colon, `exact` whether `=` does
    before the text, `tail` the `~5` or `^2` behind it. `written` is the piece as typed.
    """

    kind: Kind
    text: str
    position: int
    written: str
    sign: str = ""
    field: str = ""
    exact: bool = False
    tail: str = ""


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query, in order, found in time linear in its length.

    Double quotation marks of every script pair with each other. Single ones are quotation marks where
    one opens before a word and another closes after one; else they are apostrophes.
    """
    for match in _LEXEME.finditer(text.translate(_ASCII)):
        if match["space"] is None:
            yield _lexeme(match)


def _lexeme(match: re.Match[str]) -> Lexeme:
    written, position = match[0], match.start()
    sign, field = match["sign"] or "", (match["field"] or "").rstrip().removesuffix(":")
    exact = bool(match["equals"])
    if match["close"] is not None:
        return Lexeme("close", "", position, written, tail=match["close"])
    if match["other"]:
        return Lexeme("quote", "", position, written)
    if match["open"]:
        return Lexeme("open", "", position, written, sign, field)
    if match["range"] is not None:
        return Lexeme("range", match["range"], position, written, sign, field)
    for kind in ("phrase", "single", "low", "angled", "day"):
        if match[kind] is not None:
            return Lexeme("phrase", match[kind], position, written, sign, field, exact, match["tail"] or "")
    if written in _OPERATORS:
        return Lexeme(_OPERATORS[written], written, position, written)
    word, tail = match["word"], ""
    if weighted := _WEIGHTED.fullmatch(word):
        word, tail = weighted.groups()
    return Lexeme("word", word, position, written, sign, field, exact, tail)
