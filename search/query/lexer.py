"""Divides a query's text into lexemes. Every text has some; nothing is refused.

A lexeme is a prefix (sign and field), an operand and a suffix (distance and weight), each with a pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from search.languages.month_names import MONTH_OF_ANY_LANGUAGE
from search.query.dates import DATE_FIELDS

LexemeKind = Literal["word", "phrase", "date", "range", "quote", "open", "close", "and", "or", "not"]

QUOTES = '"“”„‟«»〝〞〟「」『』《》❝❞'
_ASCII = str.maketrans("（）＊～＝＋－−＂＾", '()*~=+--"^')  # what East Asian keyboards write
OPERATOR_KINDS: frozenset[LexemeKind] = frozenset(("and", "or", "not"))
"""The kinds of operators."""
_OPERATORS: dict[str, LexemeKind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or"}

_SPACE = re.compile(r"\s*")
_DAY = re.compile(
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+)?{MONTH_OF_ANY_LANGUAGE}|spring|summer|autumn|fall|winter)\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}(?!\w|\.\.)",
    re.IGNORECASE,
)
_INITIALS = r"(?:[^\W\d_]\.\s?){2,}(?!\w)"  # V. M., one word to the analyzer
_THOUSANDS = r"\d{1,3}(?:\s\d{3}){2,}+(?![\w.,/-])"  # 1 000 000
_GERSHAYIM = '(?<=[\u0590-\u05ff])"(?=[\u05d0-\u05ea])'  # inside a Hebrew abbreviation
_PREFIX = re.compile(
    rf"""
    (?P<sign> (?:(?<!\S)|(?<=\()) (?: [+-](?=\S) | !(?=[\w({QUOTES}=]) ) )?
    (?: (?P<dated> (?i:{"|".join(DATE_FIELDS)}) ):\s* (?=(?i:{_DAY.pattern}))
      | (?P<field> [^\W\d_]++ (?:_[^\W\d_]++)*+ ): (?=[{QUOTES}(=<>\[*] | [‘‚‹]\w | -?\w | \.\.)
    )?
    """,
    re.VERBOSE,
)
_OPERAND = re.compile(
    rf"""
    (?P<open> \( )
  | (?P<equals> = )?
    (?: [{QUOTES}] (?P<double> (?:{_GERSHAYIM}|[^{QUOTES}])* ) [{QUOTES}]
      | (?<![^\s(+\-!:=])
        (?: ‘(?=\S) (?P<single> [^‘]*? ) ’ | ‚(?=\S) (?P<low> [^‚‘]* ) ‘ | ‹ (?P<angled> [^‹›]* ) › )
        (?=[\s()~^]|$)
      | [\[{{] (?P<range> [^\[\]{{}}]*\sTO\s[^\[\]{{}}]* ) [\]}}]
      | (?P<word> {_INITIALS} | {_THOUSANDS} | (?:[^\s(){QUOTES}]|{_GERSHAYIM})+ )
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_SUFFIX = re.compile(r"(?:~\d*)?(?:\^\d[\d.]*)?")
_CLOSING = re.compile(r"\)((?:\^\d[\d.]*)?)")
_WEIGHTED = re.compile(r"(.+)(\^\d[\d.]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One lexeme of a query. A `quote` is a quotation mark without a counterpart, a `date` one or more words.

    `sign` is `+`, `-`, `!` or empty, `field` the name before a colon, `exact` whether `=` stands before
    the text, `tail` the suffix (`~5`, `^2`); `named` that a stop word may be part of a name. `position` is
    its offset in the query; `written` all of it.
    """

    kind: LexemeKind
    text: str
    position: int
    written: str
    sign: str = ""
    field: str = ""
    exact: bool = False
    tail: str = ""
    named: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it has no sign, field, `=` or suffix."""
        return not (self.sign or self.field or self.exact or self.tail)


class _Prefix(NamedTuple):
    end: int  # the offset of the operand
    sign: str = ""
    field: str = ""
    dated: bool = False  # whether the operand is a date of several words


@lru_cache(maxsize=16)  # parsing and suggestions ask for those of the same query
def lexemes(text: str) -> tuple[Lexeme, ...]:
    """The lexemes of a query, in order, found in time linear in its length.

    Double quotation marks of every script pair with each other. Single ones are quotation marks where
    one opens before a word and another closes after one; else they are apostrophes.
    """
    text = text.translate(_ASCII)
    found: list[Lexeme] = []
    at = _end_of(_SPACE, text, 0)
    while at < len(text):
        found.append(_lexeme(text, at))
        at = _end_of(_SPACE, text, at + len(found[-1].written))
    return tuple(found)


def _lexeme(text: str, start: int) -> Lexeme:
    if closing := _CLOSING.match(text, start):
        return Lexeme("close", "", start, closing[0], tail=closing[1])
    for prefix in _prefixes(text, start):
        if prefix.dated:
            end = _end_of(_DAY, text, prefix.end)
            return Lexeme("phrase", text[prefix.end : end], start, text[start:end], prefix.sign, prefix.field)
        if operand := _OPERAND.match(text, prefix.end):
            return _with_operand(operand, start, prefix)
    return Lexeme("quote", "", start, text[start])


def _prefixes(text: str, start: int) -> Iterator[_Prefix]:
    """The longest prefix, then shorter ones: without an operand behind it, a prefix is part of a word."""
    match = _PREFIX.match(text, start)
    assert match  # noqa: S101 - every part of the pattern is optional
    sign, field = match["sign"] or "", match["dated"] or match["field"] or ""
    yield _Prefix(match.end(), sign, field, dated=match["dated"] is not None)
    if field:
        yield _Prefix(start + len(sign), sign)
    if sign:
        yield _Prefix(start)


def _with_operand(operand: re.Match[str], start: int, prefix: _Prefix) -> Lexeme:
    group = operand.lastgroup or ""
    text, written = operand[group], operand.string[start : operand.end()]
    exact = operand["equals"] is not None
    match group:
        case "open":
            return Lexeme("open", "", start, written, prefix.sign, prefix.field)
        case "range":
            return Lexeme("range", text, start, written, prefix.sign, prefix.field)
        case "word" if written in _OPERATORS:
            return Lexeme(_OPERATORS[written], written, start, written)
        case "word":
            weighted = _WEIGHTED.fullmatch(text)
            text, tail = weighted.groups() if weighted else (text, "")
            return Lexeme("word", text, start, written, prefix.sign, prefix.field, exact, tail)
    tail = operand.string[operand.end() : _end_of(_SUFFIX, operand.string, operand.end())]
    return Lexeme("phrase", text, start, written + tail, prefix.sign, prefix.field, exact, tail)


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
