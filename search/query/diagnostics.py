"""What is said of a query's piece that people write elsewhere, and that is something else here.

Each sentence says what was done and what to write instead.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search.edits import edit_distance
from search.query.lexer import Lexeme


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something in a query that was not understood as its writer may have meant it.

    `position` is a character offset into the query's text.
    """

    code: str
    message: str
    position: int = 0


Remark = tuple[str, str]
"""A diagnostic's code and message."""

SHOWN = 40
"""Characters of a query's piece that a sentence quotes."""

_NEAR = re.compile(r"(?:NEAR|ADJ|WITHIN|[WN]/)[/\d]*", re.ASCII)
_WILDCARD = re.compile(r"\w[*?]+\w|\w\*")
_LOWER_CASE = {"or": "find either", "not": "leave out what follows"}


def remarks(piece: Lexeme, fields: Collection[str]) -> Iterator[Remark]:
    """What there is to say of a word, phrase or range, whatever it finds."""
    text = piece.text
    if "^" in piece.tail:
        yield "weight-not-possible", f"Words have no weight of their own, so “^{boost(piece)}” was left out."
    if piece.kind == "range":
        said = "A range is one of dates, so the words in it were searched; date:1951..1953 is a range."
        yield "range-not-possible", said
    elif piece.kind == "phrase":
        if _WILDCARD.search(text):
            said = "Words in quotation marks are searched as they stand; leave those out to use * or ?."
            yield "wildcard-in-phrase", said
    elif text.endswith(":") and text[:-1].lower() in fields:
        said = f"“{text}” has no value, so it was searched as a word; put the value right behind the colon."
        yield "field-without-value", said
    elif _is_pattern(text):
        said = "A pattern between slashes cannot be searched, so its words were; a * can end a word."
        yield "pattern-not-possible", said
    elif _NEAR.fullmatch(text):
        said = f'“{short(text)}” is no operator, so it was searched as a word; "two words"~5 finds them near.'
        yield "near-is-no-operator", said
    elif len(text) > 1 and text.startswith("'") and "'" not in text[1:]:
        said = "A ' is an apostrophe and makes no phrase; double quotation marks do."
        yield "apostrophe", said


def lower_case(word: str) -> Remark | None:
    """What to say of `or` and `not` between words."""
    if word not in _LOWER_CASE:
        return None
    said = f"“{word}” was read as a word; write {word.upper()} in capitals to {_LOWER_CASE[word]}."
    return "lower-case-operator", said


def unknown_field(name: str, fields: Collection[str]) -> Remark:
    """What to say of a field that there is not: the one that was meant, or all there are."""
    near = [known for known in fields if edit_distance(name.lower(), known, 2) <= min(2, len(name) // 3)]
    cure = f"write {near[0]}: for that field" if near else f"the fields are {', '.join(fields)}"
    return "unknown-field", f"There is no field “{short(name)}”, so it was searched as a word; {cure}."


def no_date(field: str, text: str) -> Remark:
    """What to say of a value of `field` that is no date."""
    cure = "1951, 1951-07, 1951-07-10" + (" or 1951..1953" if field == "date" else "")
    said = f"“{short(text)}” is no date that {field}: can take, so it was searched as words; write {cure}."
    return "date-not-understood", said


def short(text: str) -> str:
    """As much of a text as fits a sentence."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def boost(piece: Lexeme) -> str:
    """The number behind the ^ of a piece."""
    return short(piece.tail.partition("^")[2])


def _is_pattern(text: str) -> bool:
    """Whether a word looks like a regular expression: /arm.*/"""
    return text.startswith("/") and "/" in text[1:] and any(char in text for char in ".*+?[]\\|^$")
