"""What does one piece of a query ask for? Its text, analysed, becomes leaves of the query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from search.analysis.analyzer import Token
from search.analysis.characters import is_ideograph
from search.query.dates import DATE_FIELDS, days_asked
from search.query.diagnostics import Diagnostic, Remark, no_date, remarks, short, unknown_field
from search.query.lexer import Lexeme
from search.query.tree import DateRange, Exact, Fuzzy, MatchAll, Phrase, Prefix, Query, Term
from search.schema import Schema

MIN_PREFIX = 2
MIN_FUZZY = 3
MAX_NEAR = 99

_FUZZY = re.compile(r"(.+?)~([\d.]*)", re.DOTALL)
_WILDCARD = re.compile(r"[\w'’-]*?\w[*?]+\w[\w'’*?-]*|\*+\w.*", re.DOTALL)


@dataclass
class Leaves:
    """Turns pieces into leaves, at most `most` words in all; says what it could not take as meant.

    `stopped` gathers the stop words left out, for a query that has nothing else.
    """

    schema: Schema
    most: int
    diagnostics: list[Diagnostic]
    stopped: list[Query] = field(default_factory=list)
    taken: int = 0

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names that may stand before a colon."""
        return (*self.schema.query_fields, *DATE_FIELDS)

    def of(self, piece: Lexeme, in_field: str) -> list[Query]:
        """The leaves of a piece: none for a stop word, or where there is no letter or digit."""
        name = piece.field.lower() or in_field
        if name in DATE_FIELDS:
            if days := days_asked(name, piece.text):
                return [DateRange(days)]
            self._say(no_date(name, piece.text), piece)
            in_field, piece = "", replace(piece, field="")
        elif piece.field:
            known = self.known_field(piece)
            in_field, piece = known or in_field, piece if known else _literally(piece)
        for remark in remarks(piece, self.fields):
            self._say(remark, piece)
        if piece.kind == "phrase":
            return self._phrase(piece, in_field)
        if piece.kind == "range":
            words = (replace(piece, kind="word", text=text, tail="") for text in piece.text.split())
            return [leaf for word in words for leaf in self._word(word, in_field)]
        if not piece.text.strip("*"):
            return self._anything(piece, in_field)
        if _WILDCARD.fullmatch(piece.text):
            return self._wildcard(piece, in_field)
        if piece.text.endswith("*"):
            return self._prefix(piece, in_field)
        if match := _FUZZY.fullmatch(piece.text):
            return self._fuzzy(piece, match[1], match[2], in_field)
        return self._word(piece, in_field)

    def known_field(self, piece: Lexeme) -> str:
        """The field a piece names, if there is one; else it is said, and the empty name returned."""
        name = piece.field.lower()
        if not name or name in self.fields:
            return name
        self._say(unknown_field(piece.field, self.fields), piece)
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
        distance = self._distance(piece, len(tokens))
        if not tokens:
            said = "There is no word between these quotation marks, so they were left out; put one there."
            self._say(("empty-phrase", said), piece)
            return []
        if len(tokens) == 1:
            return [Exact(tokens[0].word, tokens[0].stem, in_field)]
        return [_phrase(tokens, distance, in_field)]

    def _distance(self, piece: Lexeme, words: int) -> int:
        """How far apart the words of a phrase may stand; 0: next to each other."""
        _, tilde, digits = piece.tail.partition("^")[0].partition("~")
        distance = int(digits[:6] or 0)
        if tilde and (words < 2 or not digits):
            said = f'“{piece.tail}” was left out: it needs two words and a number, as in "peace talks"~5.'
            self._say(("near-not-possible", said), piece)
        elif distance > MAX_NEAR:
            said = f"Words of a near phrase can be at most {MAX_NEAR} apart, so ~{MAX_NEAR} was searched."
            self._say(("near-too-far", said), piece)
        return min(distance, MAX_NEAR)

    def _anything(self, piece: Lexeme, in_field: str) -> list[Query]:
        if in_field:
            said = f"“{in_field}:*” finds every document; its facet leads to those without a value."
            self._say(("any-value", said), piece)
        return [MatchAll()]

    def _wildcard(self, piece: Lexeme, in_field: str) -> list[Query]:
        """What stands before the first wildcard, as a prefix: only the end of a word can be open."""
        begins = re.split(r"[*?]", piece.text, maxsplit=1)[0]
        if begins and len(begins) < MIN_PREFIX:
            self._say(_too_short(piece), piece)
            return self._word(replace(piece, text=re.sub(r"[*?]+", " ", piece.text)), in_field)
        kept = f"{begins}*" if begins else piece.text.lstrip("*")
        said = f"Only the end of a word can be left open by a *, so “{short(kept)}” was searched."
        self._say(("wildcard-not-possible", said), piece)
        return self.of(replace(piece, text=kept, field="", tail=""), in_field)

    def _prefix(self, piece: Lexeme, in_field: str) -> list[Query]:
        begins = piece.text.rstrip("*")
        *_, last = [None, *self.schema.analyzer.tokens(begins)]
        if last is None:
            return []
        if len(last.word) < MIN_PREFIX and not is_ideograph(last.word):
            self._say(_too_short(piece), piece)
            return self._word(replace(piece, text=begins), in_field)
        tokens = self._take(piece, begins)
        if not tokens:
            return []
        *before, last = tokens
        return [*(Term(token.stem, token.word, in_field) for token in before), Prefix(last.word, in_field)]

    def _fuzzy(self, piece: Lexeme, text: str, edits: str, in_field: str) -> list[Query]:
        tokens = self._take(piece, text)
        if len(tokens) != 1 or len(tokens[0].word) < MIN_FUZZY:
            said = (
                f"“{short(piece.text)}” was searched as it is: a fuzzy word has {MIN_FUZZY} letters or more."
            )
            self._say(("fuzzy-not-possible", said), piece)
            return [Term(token.stem, token.word, in_field) for token in tokens]
        word = tokens[0].word
        usual = 1 if len(word) <= 5 else 2
        if edits not in {"", "1", "2"}:
            said = (
                f"“{short(piece.text)}” was read as {word}~{usual}: as many as ~1 or ~2 letters may differ."
            )
            self._say(("fuzzy-not-possible", said), piece)
            edits = ""
        return [Fuzzy(word, int(edits or usual), in_field)]

    def _take(self, piece: Lexeme, text: str) -> list[Token]:
        room = self.most - self.taken
        tokens = list(islice(self.schema.analyzer.tokens(text), room + 1))
        if len(tokens) > room:
            if not any(item.code == "too-many-words" for item in self.diagnostics):
                first = text[tokens[room].start :].split(maxsplit=1)[0]
                said = f"A query can have {self.most} words, so those from “{short(first)}” on were left out."
                self._say(("too-many-words", said), piece)
            del tokens[room:]
        self.taken += len(tokens)
        return tokens

    def _say(self, remark: Remark, piece: Lexeme) -> None:
        self.diagnostics.append(Diagnostic(*remark, piece.position))


def _phrase(tokens: Sequence[Token], near: int, in_field: str) -> Phrase:
    return Phrase(tuple(t.word for t in tokens), tuple(t.stem for t in tokens), near, in_field)


def _is_compound(tokens: Sequence[Token]) -> bool:
    """Whether words joined without a space are one thing: a shelfmark, initials, a run of ideographs."""
    return any(len(t.word) == 1 or any(map(str.isdigit, t.word)) or is_ideograph(t.word) for t in tokens)


def _literally(piece: Lexeme) -> Lexeme:
    """The piece with its field taken for a word before it."""
    text = f"{piece.field}:{piece.text}" if piece.kind == "word" and piece.field else piece.text
    return replace(piece, text=text, field="")


def _too_short(piece: Lexeme) -> Remark:
    said = f"“{short(piece.text)}” was searched as written: a * needs {MIN_PREFIX} letters before it."
    return "prefix-too-short", said
