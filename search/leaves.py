"""What does one piece of a query ask for? Its text, analysed, becomes leaves of the query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search.analysis import Token
from search.calendar import BEGINNING, END, DayRange, parse_partial, parse_range
from search.characters import is_ideograph
from search.lexer import Lexeme
from search.query import Exact, Fuzzy, MatchAll, Phrase, Prefix, Query, Range, Term
from search.results import Diagnostic
from search.schema import Schema

MIN_PREFIX = 2
MIN_FUZZY = 3
MAX_NEAR = 99

_FUZZY = re.compile(r"(.+?)~([0-9]?)")
_DATE_FIELDS = ("date", "before", "after")


@dataclass
class Leaves:
    """Turns pieces into leaves, at most `limit` words in all; says what it could not take as meant.

    `stopped` gathers the stop words left out, for a query that has nothing else.
    """

    schema: Schema
    limit: int
    diagnostics: list[Diagnostic]
    stopped: list[Query] = field(default_factory=list)

    def of(self, piece: Lexeme, in_field: str) -> list[Query]:
        """The leaves of a word or phrase: none for a stop word, or where there is no letter or digit."""
        name = piece.field.lower() or in_field
        if name in _DATE_FIELDS:
            if days := _days(name, piece.text):
                return [Range(days)]
            what = f"“{piece.text}” is no date that {name} can take (1951, 1951-07, 1951-07-10)"
            self._say("date-not-understood", f"{what}; it was searched as words.", piece)
            in_field, piece = "", _literally(piece)
        elif piece.field:
            known = self.known_field(piece)
            in_field, piece = known or in_field, piece if known else _literally(piece)
        if piece.kind == "phrase":
            return self._phrase(piece, in_field)
        if piece.text == "*":
            return [MatchAll()]
        if piece.text.endswith("*"):
            return self._prefix(piece, in_field)
        if match := _FUZZY.fullmatch(piece.text):
            return self._fuzzy(piece, match[1], match[2], in_field)
        return self._word(piece, in_field)

    def known_field(self, piece: Lexeme) -> str:
        """The field a piece names, if there is one; else it is said, and the empty name returned."""
        name = piece.field.lower()
        if not name or name in self.schema.query_fields or name in _DATE_FIELDS:
            return name
        known = ", ".join([*self.schema.query_fields, *_DATE_FIELDS])
        self._say("unknown-field", f"There is no field “{piece.field}”; there are {known}.", piece)
        return ""

    def _word(self, piece: Lexeme, in_field: str) -> list[Query]:
        tokens = self._take(piece, piece.text)
        if piece.exact and len(tokens) == 1:
            return [Exact(tokens[0].word, tokens[0].stem, in_field)]
        if len(tokens) > 1 and (piece.exact or _is_compound(tokens)):
            return [_phrase(tokens, 0, in_field)]
        terms = [Term(token.stem, token.word, in_field) for token in tokens]
        if piece.sign or in_field:
            return list(terms)
        stop_words = self.schema.analyzer.stop_words
        self.stopped += [term for term in terms if term.word in stop_words]
        return [term for term in terms if term.word not in stop_words]

    def _phrase(self, piece: Lexeme, in_field: str) -> list[Query]:
        tokens = self._take(piece, piece.text)
        if piece.near > MAX_NEAR:
            self._say("near-too-far", f"Words can be at most {MAX_NEAR} apart in a near phrase.", piece)
        if len(tokens) == 1:
            return [Exact(tokens[0].word, tokens[0].stem, in_field)]
        return [_phrase(tokens, min(piece.near, MAX_NEAR), in_field)] if tokens else []

    def _prefix(self, piece: Lexeme, in_field: str) -> list[Query]:
        tokens = self._take(piece, piece.text.rstrip("*"))
        if not tokens:
            return []
        *before, last = tokens
        if len(last.word) < MIN_PREFIX:
            self._say("prefix-too-short", f"A prefix needs {MIN_PREFIX} letters before the *.", piece)
            return self._word(replace(piece, text=piece.text.rstrip("*")), in_field)
        return [*(Term(token.stem, token.word, in_field) for token in before), Prefix(last.word, in_field)]

    def _fuzzy(self, piece: Lexeme, text: str, edits: str, in_field: str) -> list[Query]:
        tokens = self._take(piece, text)
        if len(tokens) != 1 or len(tokens[0].word) < MIN_FUZZY or edits not in {"", "1", "2"}:
            said = f"Only one word of {MIN_FUZZY} letters or more can be fuzzy, by 1 or 2 edits."
            self._say("fuzzy-not-possible", said, piece)
            return [Term(token.stem, token.word, in_field) for token in tokens]
        word = tokens[0].word
        return [Fuzzy(word, int(edits or (1 if len(word) <= 5 else 2)), in_field)]

    def _take(self, piece: Lexeme, text: str) -> list[Token]:
        tokens = list(self.schema.analyzer.tokens(text))
        if len(tokens) > self.limit:
            if not any(item.code == "too-many-words" for item in self.diagnostics):
                self._say(
                    "too-many-words", "The query is too long; the words from here on were left out.", piece
                )
            del tokens[self.limit :]
        self.limit -= len(tokens)
        return tokens

    def _say(self, code: str, message: str, piece: Lexeme) -> None:
        self.diagnostics.append(Diagnostic(code, message, piece.position))


def _phrase(tokens: Sequence[Token], near: int, in_field: str) -> Phrase:
    return Phrase(tuple(t.word for t in tokens), tuple(t.stem for t in tokens), near, in_field)


def _is_compound(tokens: Sequence[Token]) -> bool:
    """Whether words joined without a space are one thing: a shelfmark, initials, a run of ideographs."""
    return any(len(t.word) == 1 or any(map(str.isdigit, t.word)) or is_ideograph(t.word) for t in tokens)


def _literally(piece: Lexeme) -> Lexeme:
    """The piece with its field taken for a word before it."""
    text = f"{piece.field}:{piece.text}" if piece.kind == "word" and piece.field else piece.text
    return replace(piece, text=text, field="")


def _days(name: str, text: str) -> DayRange | None:
    if name == "date":
        return parse_range(text)
    days = parse_partial(text)
    if days is None:
        return None
    return DayRange(BEGINNING, days.earliest - 1) if name == "before" else DayRange(days.latest + 1, END)
