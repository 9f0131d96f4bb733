"""Which leaves of the query tree does one lexeme stand for? Its text is analysed here."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, pairwise

from search.analysis.analyzer import Token
from search.analysis.characters import is_unspaced
from search.analysis.query_analyzer import QueryAnalyzer
from search.calendar import DayRange
from search.messages import Message
from search.query.dates import DATE_FIELDS, beyond, days_asked
from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.foreign_syntax import foreign_syntax, unknown_field
from search.query.initials import respelled
from search.query.joined_words import joined_words
from search.query.lexer import Lexeme, lexemes
from search.query.quotations import QUOTATION_GAP, parts_quoted, without_brackets
from search.query.tree import And, DateRange, Exact, Fuzzy, MatchAll, Or, Phrase, Prefix, Query, Term
from search.query.worded_dates import days_in_words
from search.schema import Schema

MIN_PREFIX = 2
"""Letters before the * of a prefix."""
MIN_FUZZY = 3
"""Letters of a fuzzy word."""
MAX_NEAR = 99
"""The largest distance between neighbouring words of a phrase."""

_FUZZY = re.compile(r"(.+?)~([\d.]*)", re.DOTALL)
_STOP_IN_FIGURES = re.compile(r"(?<=\d)\.(?=\d)")
_WILDCARD = re.compile(r"[\w'’-]*?\w[*?]+\w[\w'’*?-]*|\*+\w.*", re.DOTALL)


@dataclass
class LeafBuilder:
    """Builds the leaves of one query, of at most `max_terms` words.

    `stop_words` gathers the stop words that were left out, for a query that has nothing else;
    `diagnostics` what was not understood.
    """

    schema: Schema
    analyzer: QueryAnalyzer
    max_terms: int
    diagnostics: list[Diagnostic] = field(default_factory=list)
    stop_words: list[Query] = field(default_factory=list)
    terms: int = 0

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names that may stand before a colon."""
        return (*self.schema.query_fields, *DATE_FIELDS)

    def build(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        """The leaves of a word, phrase or range; none for a stop word or a text without letters and digits.

        `in_field` is the field of the group around it, or empty.
        """
        if lexeme.kind == "date":
            return self._date(lexeme, in_field)
        name = lexeme.field.lower() or in_field
        if name in DATE_FIELDS:
            if days := days_asked(name, lexeme.text) or _worded_days(name, lexeme.text):
                return [DateRange(days)]
            self._report_date(name, lexeme)
            in_field, lexeme = "", replace(lexeme, field="")
        elif lexeme.field:
            known = self.known_field(lexeme)
            in_field, lexeme = known or in_field, lexeme if known else _with_field_as_text(lexeme)
        self.diagnostics += foreign_syntax(lexeme, self.fields)
        if in_field and self.schema.query_fields[in_field].path:
            return self._path(lexeme, in_field)
        if lexeme.kind == "phrase":
            return self._phrase(lexeme, in_field)
        if lexeme.kind == "range":
            words = (replace(lexeme, kind="word", text=text, tail="") for text in lexeme.text.split())
            return [leaf for word in words for leaf in self._word(word, in_field)]
        if not lexeme.text.strip("*"):
            return self._anything(lexeme, in_field)
        if _WILDCARD.fullmatch(lexeme.text):
            return self._wildcard(lexeme, in_field)
        if lexeme.text.endswith("*"):
            return self._prefix(lexeme, in_field)
        if match := _FUZZY.fullmatch(lexeme.text):
            return self._fuzzy(lexeme, match[1], match[2], in_field)
        return self._word(lexeme, in_field)

    def _date(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        """Documents with all words of a date, or whose own date may be of its days."""
        parts = (replace(part, position=lexeme.position + part.position) for part in lexemes(lexeme.text))
        words = [leaf for part in parts for leaf in self.build(part, in_field)]
        days = days_in_words(lexeme.text)
        return [Or((And(tuple(words)), DateRange(days)))] if words and days else words

    def _path(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        """A path as one term, whose beginning finds what lies below it as well; `*` leaves its end open."""
        if not lexeme.text.strip("*"):
            return self._anything(lexeme, in_field)
        term = self.analyzer.path_term(lexeme.text.rstrip("*"))
        if not term:
            self._report(DiagnosticCode.EMPTY_PHRASE, lexeme)
            return []
        if self.terms >= self.max_terms:  # which is reported
            self._analyze(lexeme, lexeme.text, in_field)
            return []
        self.terms += 1
        is_prefix = lexeme.kind == "word" and lexeme.text.endswith("*")
        return [Prefix(term, in_field) if is_prefix else Exact(term, term, in_field)]

    def known_field(self, lexeme: Lexeme) -> str:
        """The field that a lexeme names; empty if it names none, or one that does not exist (reported)."""
        name = lexeme.field.lower()
        if not name or name in self.fields:
            return name
        self.diagnostics.append(unknown_field(lexeme, self.fields))
        return ""

    def _word(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        return self._either_spelling(lexeme, in_field, lambda text: self._as_word(lexeme, text, in_field))

    def _phrase(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        return self._either_spelling(lexeme, in_field, lambda text: self._as_phrase(lexeme, text, in_field))

    def _either_spelling(
        self, lexeme: Lexeme, in_field: str, build: Callable[[str], list[Query]]
    ) -> list[Query]:
        """The leaves of a text; a person's initials in it may also be written in the other way."""
        text = without_brackets(lexeme.text)
        if text != lexeme.text:
            self._report(DiagnosticCode.BRACKETS, lexeme, " ".join(text.split()))
        if in_field:
            text = self.schema.query_fields[in_field].as_stored(text)
        leaves = build(text)
        if "." not in text or (other := respelled(text)) == text or not leaves:
            return leaves
        others = build(other)
        return leaves if others == leaves else [Or((And(tuple(leaves)), And(tuple(others))))]

    def _as_word(self, lexeme: Lexeme, text: str, in_field: str) -> list[Query]:
        tokens = self._analyze(lexeme, text, in_field)
        if lexeme.exact and tokens:
            return [_phrase_or_exact(tokens, 0, in_field)]
        return self._words(text, tokens, in_field, insist=bool(lexeme.sign or in_field or lexeme.named))

    def _words(self, text: str, tokens: Sequence[Token], in_field: str, *, insist: bool) -> list[Query]:
        """A term or phrase for each word; stop words are left out, unless the query insists on them."""
        found: list[Query] = []
        for joined in joined_words(text, tokens):
            if len(joined.tokens) > 1:
                typed = text[joined.tokens[0].start : joined.tokens[-1].end] if joined.as_word else ""
                found.append(replace(_phrase(joined.tokens, 0, in_field), as_word=typed))
                continue
            [token] = joined.tokens
            written = text[token.start : token.end]
            term = Term(token.stem, token.word, in_field, written=written)
            if insist or "." in written or not self.analyzer.is_dispensable(token.word):
                found.append(term)
            else:
                self.stop_words.append(term)
        return found

    def _as_phrase(self, lexeme: Lexeme, text: str, in_field: str) -> list[Query]:
        parts = [tokens for part in parts_quoted(text) if (tokens := self._analyze(lexeme, part, in_field))]
        distance = self._distance(lexeme, max(map(len, parts), default=0))
        if not parts:
            self._report(DiagnosticCode.EMPTY_PHRASE, lexeme)
            return []
        if len(parts) > 1:
            self._report(DiagnosticCode.ELLIPSIS, lexeme, "…", most=QUOTATION_GAP)
        if len(parts) == 2 and all(len(tokens) == 1 for tokens in parts):
            return [_in_order(parts, in_field)]
        phrases = [_phrase_or_exact(tokens, distance, in_field) for tokens in parts]
        in_order = (replace(_in_order(pair, in_field), stems=()) for pair in pairwise(parts))
        return [And((*phrases, *in_order))] if len(parts) > 1 else [*phrases]

    def _distance(self, lexeme: Lexeme, words: int) -> int:
        """The `distance` of a phrase of that many words; 0: next to each other."""
        _, tilde, digits = lexeme.tail.partition("^")[0].partition("~")
        distance = int(digits[:6] or 0)
        if tilde and (words < 2 or not digits):
            self._report(DiagnosticCode.NEAR_NOT_POSSIBLE, lexeme, lexeme.tail)
        elif distance > MAX_NEAR:
            self._report(DiagnosticCode.NEAR_TOO_FAR, lexeme, most=MAX_NEAR)
        return min(distance, MAX_NEAR)

    def _anything(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        if in_field:
            self._report(DiagnosticCode.ANY_VALUE, lexeme, in_field)
        return [MatchAll()]

    def _wildcard(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        """The text before the first wildcard as a prefix: only the end of a word can be open."""
        beginning = re.split(r"[*?]", lexeme.text, maxsplit=1)[0]
        if beginning and len(beginning) < MIN_PREFIX:
            self._report(DiagnosticCode.PREFIX_TOO_SHORT, lexeme, lexeme.text, least=MIN_PREFIX)
            return self._word(replace(lexeme, text=re.sub(r"[*?]+", " ", lexeme.text)), in_field)
        kept = f"{beginning}*" if beginning else lexeme.text.lstrip("*")
        self._report(DiagnosticCode.WILDCARD_NOT_POSSIBLE, lexeme, kept)
        return self.build(replace(lexeme, text=kept, field="", tail=""), in_field)

    def _prefix(self, lexeme: Lexeme, in_field: str) -> list[Query]:
        beginning = lexeme.text.rstrip("*")
        *_, last = [None, *self.analyzer.tokens(beginning)]
        if last is None:
            return []
        if len(last.word) < MIN_PREFIX and not is_unspaced(last.word):
            self._report(DiagnosticCode.PREFIX_TOO_SHORT, lexeme, lexeme.text, least=MIN_PREFIX)
            return self._word(replace(lexeme, text=beginning), in_field)
        tokens = self._analyze(lexeme, beginning, in_field)
        if not tokens:
            return []
        *before, last = tokens
        return [*(Term(token.stem, token.word, in_field) for token in before), Prefix(last.word, in_field)]

    def _fuzzy(self, lexeme: Lexeme, text: str, edits: str, in_field: str) -> list[Query]:
        tokens = self._analyze(lexeme, text, in_field)
        if len(tokens) != 1 or len(tokens[0].word) < MIN_FUZZY:
            self._report_fuzzy(lexeme, Message("searched as it is"))
            return self._words(text, tokens, in_field, insist=True)
        word = tokens[0].word
        usual = 1 if len(word) <= 5 else 2
        if edits not in {"", "1", "2"}:
            self._report_fuzzy(lexeme, Message("read as %(word)s", word=f"{word}~{usual}"))
            edits = ""
        return [Fuzzy(word, int(edits or usual), in_field)]

    def _analyzer_in(self, field: str) -> QueryAnalyzer:
        return self.analyzer if self.schema.is_ranked(field) else self.schema.analyzer

    def _analyze(self, lexeme: Lexeme, text: str, in_field: str) -> list[Token]:
        """The tokens of a text in a field, or anywhere, as far as `max_terms` allows."""
        room = self.max_terms - self.terms
        tokens = list(islice(self._analyzer_in(in_field).tokens(text), room + 1))
        if len(tokens) > room:
            if not any(item.code == DiagnosticCode.TOO_MANY_WORDS.code for item in self.diagnostics):
                first = text[tokens[room].start :].split(maxsplit=1)[0]
                self._report(DiagnosticCode.TOO_MANY_WORDS, lexeme, first, most=self.max_terms)
            del tokens[room:]
        self.terms += len(tokens)
        return tokens

    def _report_date(self, name: str, lexeme: Lexeme) -> None:
        cure = (
            Message("1951, 1951-07, 1951-07-10 or 1951..1953")
            if name == "date"
            else "1951, 1951-07, 1951-07-10"
        )
        self._report(DiagnosticCode.DATE_NOT_UNDERSTOOD, lexeme, lexeme.text, field=name, cure=cure)

    def _report_fuzzy(self, lexeme: Lexeme, reading: Message) -> None:
        self._report(DiagnosticCode.FUZZY_NOT_POSSIBLE, lexeme, lexeme.text, reading=reading, least=MIN_FUZZY)

    def _report(self, code: DiagnosticCode, lexeme: Lexeme, quoted: str = "", **values: object) -> None:
        self.diagnostics.append(code.at(lexeme.position, quoted, **values))


def _phrase(tokens: Sequence[Token], distance: int, in_field: str) -> Phrase:
    return Phrase(tuple(t.word for t in tokens), tuple(t.stem for t in tokens), distance, in_field)


def _phrase_or_exact(tokens: Sequence[Token], distance: int, in_field: str) -> Phrase | Exact:
    if len(tokens) == 1:
        return Exact(tokens[0].word, tokens[0].stem, in_field)
    return _phrase(tokens, distance, in_field)


def _in_order(parts: Sequence[Sequence[Token]], in_field: str) -> Phrase:
    """The last word of one part of a quotation, and behind it the first word of the next one."""
    before, after = parts
    return replace(_phrase([before[-1], after[0]], QUOTATION_GAP, in_field), ordered=True)


def _worded_days(name: str, text: str) -> DayRange | None:
    """The days of a date in words, `spring 1968`, or in figures that mean but one day, `31.12.1946`."""
    days = days_in_words(_STOP_IN_FIGURES.sub("/", text))
    return beyond(name, days) if days and name != "date" else days


def _with_field_as_text(lexeme: Lexeme) -> Lexeme:
    """The lexeme without a field; before a word, the field's name becomes a word of the text."""
    text = f"{lexeme.field}: {lexeme.text}" if lexeme.kind == "word" and lexeme.field else lexeme.text
    return replace(lexeme, text=text, field="")
