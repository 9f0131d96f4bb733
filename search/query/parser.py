"""How is a query read? Leniently: any text gives a query, and diagnostics report what was not understood.

    query   := branch (OR branch)*
    branch  := clause ([AND] clause)*          AND binds tighter than OR; no operator means AND
    clause  := NOT clause | [+-][field:](word | "phrase"[~n] | =exact | prefix* | fuzzy~ | ( query ))
             | date:range | before:date | after:date

Operators are upper case; `&&`, `||` and `!` are read as AND, OR and NOT. A lexeme that cannot be what it
looks like is searched as the words it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, islice
from operator import not_

from search.analysis.query_analyzer import QueryAnalyzer
from search.messages import Message
from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.foreign_syntax import foreign_syntax, lower_case_operator
from search.query.initials import mark_names
from search.query.leaves import LeafBuilder
from search.query.lexer import Lexeme, lexemes
from search.query.prose import as_prose
from search.query.relaxation import relaxed_query
from search.query.simplification import simplify
from search.query.tree import And, MatchAll, MatchMode, MatchNone, Not, Or, Phrase, Query, Term
from search.query.worded_dates import with_dates
from search.schema import Schema

MAX_TERMS = 64
"""Words of a query; the rest is left out."""
MIN_APART = 2
"""Letters of a word before or behind a hyphen that is looked for alone, where any word suffices."""
MAX_DEPTH = 8
"""Levels of nested parentheses; deeper ones are left out."""
MAX_DIAGNOSTICS = 10
"""Diagnostics of a query; the rest is left out."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood.

    `relaxed` asks for any of its bare words instead of all (see `search.query.relaxation`); None where there
    are fewer than two.
    """

    query: Query
    relaxed: Query | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    query: Query
    bare: bool  # a word without sign, field or operator: relaxing makes it optional
    loose: bool = False  # such a word or a phrase: with `match` "any" it is optional


def parse(
    text: str,
    schema: Schema,
    match: MatchMode = "all",
    *,
    dates: bool = False,
    analyzer: QueryAnalyzer | None = None,
) -> ParsedQuery:
    """Read a query; never raises, whatever the text. An empty one asks for all documents.

    With `dates`, a date among its bare words finds documents of that date as well. `analyzer` is that of the
    engine to be asked; without one, the words are those of the schema's default language.
    """
    if not text.strip():
        return ParsedQuery(MatchAll())
    return _Parser(text, schema, analyzer or schema.analyzer, match, dates).parse()


@dataclass
class _Parser:
    text: str
    schema: Schema
    analyzer: QueryAnalyzer
    match: MatchMode
    dates: bool
    at: int = 0  # the index of the next lexeme
    ignored: int = 0  # open parentheses that are nested too deep
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def parse(self) -> ParsedQuery:
        found, said = as_prose(self.text, lexemes(self.text), self.analyzer.stop_words)
        self.diagnostics += [said] if said else []
        for lone in (lexeme for lexeme in found if lexeme.kind == "quote"):
            self._report(DiagnosticCode.UNCLOSED_QUOTE, lone)
        found = [lexeme for lexeme in found if lexeme.kind != "quote"]
        self.lexemes = list(mark_names(with_dates(self.text, found) if self.dates else found))
        self.leaves = LeafBuilder(self.schema, self.analyzer, MAX_TERMS)
        branches = self._branches(0, "")
        query = simplify(self._join(branches))
        relaxed = None
        if query == MatchNone() and self.leaves.stop_words:
            query = simplify(And(tuple(self.leaves.stop_words)))
        elif query == MatchNone():
            self.diagnostics.append(DiagnosticCode.NOTHING_TO_SEARCH.at(0))
        elif len(branches) == 1 and sum(clause.bare for clause in branches[0]) > 1:
            words, required = (
                [clause.query for clause in branches[0] if clause.bare is bare] for bare in (True, False)
            )
            relaxed = relaxed_query(words, required)
        return ParsedQuery(query, relaxed, self._reported())

    def _reported(self) -> tuple[Diagnostic, ...]:
        """The first `MAX_DIAGNOSTICS` by position, of those with the same message the first."""
        by_message: dict[str, Diagnostic] = {}
        for item in sorted([*self.leaves.diagnostics, *self.diagnostics], key=lambda item: item.position):
            by_message.setdefault(item.message, item)
        return tuple(islice(by_message.values(), MAX_DIAGNOSTICS))

    def _branches(self, depth: int, in_field: str) -> list[list[_Clause]]:
        branches = [self._branch(depth, in_field)]
        while (lexeme := self._peek()) and lexeme.kind == "or":
            self.at += 1
            branches.append(self._branch(depth, in_field))
        return branches

    def _branch(self, depth: int, in_field: str) -> list[_Clause]:
        """The clauses up to an OR that joins, a closing parenthesis of this depth, or the end."""
        clauses: list[_Clause] = []
        begun = joined = False
        while lexeme := self._peek():
            if lexeme.kind == "close":
                if self._closes(depth, lexeme):
                    break
            elif lexeme.kind in {"and", "or"} and begun and self._operand_follows(1):
                if not lexeme.written.isalpha():
                    self._report_operator(lexeme, lexeme.written, lexeme.kind.upper(), lexeme.kind.upper())
                if lexeme.kind == "or":
                    break
                self.at += 1
                joined = True
                clauses[-1:] = [_Clause(clause.query, bare=False) for clause in clauses[-1:]]
            else:
                if begun and self._operand_follows(1) and lexeme.written in self.analyzer.stop_words:
                    self.diagnostics += lower_case_operator(lexeme)
                found = self._clause(depth, in_field)
                clauses += [_Clause(clause.query, bare=False) for clause in found] if joined else found
                begun, joined = True, False
        return clauses

    def _clause(self, depth: int, in_field: str) -> list[_Clause]:
        lexeme = self.lexemes[self.at]
        self.at += 1
        match lexeme.kind:
            case "open":
                return self._group(lexeme, depth, in_field)
            case "not" if self._operand_follows():
                return self._negated(depth, in_field)
            case "and" | "or" | "not":
                self._report(DiagnosticCode.LITERAL_OPERATOR, lexeme, lexeme.written)
        return self._signed(lexeme, self.leaves.build(lexeme, in_field), bare=not in_field)

    def _negated(self, depth: int, in_field: str) -> list[_Clause]:
        odd = True
        while (lexeme := self._peek()) and lexeme.kind == "not" and self._operand_follows(1):
            self.at += 1
            odd = not odd
        if not (found := self._clause(depth, in_field)):
            return []
        query = _combine(found, "all")
        return [_Clause(Not(query) if odd else query, bare=False)]

    def _group(self, lexeme: Lexeme, depth: int, in_field: str) -> list[_Clause]:
        if depth >= MAX_DEPTH:
            if not self.ignored:
                self._report(DiagnosticCode.TOO_DEEP, lexeme, most=MAX_DEPTH)
            self.ignored += 1
            return []
        known = self.leaves.known_field(lexeme)
        branches = self._branches(depth + 1, known or in_field)
        if (closing := self._peek()) and closing.kind == "close":
            self.at += 1
            self.diagnostics += foreign_syntax(closing, ())
        else:
            self._report(DiagnosticCode.UNCLOSED_PARENTHESIS, lexeme)
        if lexeme.field and not known:
            name = replace(lexeme, kind="word", text=lexeme.field, field="")
            group = [self._join(branches)] if any(branches) else []
            return self._signed(lexeme, [*self.leaves.build(name, in_field), *group], bare=False)
        if len(branches) == 1 and not (lexeme.sign or known or in_field) and all(c.bare for c in branches[0]):
            return branches[0]  # parentheses around plain words, as in running text, group nothing
        return self._signed(lexeme, [self._join(branches)] if any(branches) else [], bare=False)

    def _signed(self, lexeme: Lexeme, queries: Sequence[Query], *, bare: bool) -> list[_Clause]:
        if not queries:
            return []
        if lexeme.sign == "!":
            self._report_operator(lexeme, "!", "NOT", Message("-word or NOT word"))
        if lexeme.sign in {"-", "!"}:
            return [_Clause(Not(And(tuple(queries))), bare=False)]
        loose = bare and not (lexeme.sign or lexeme.field or lexeme.exact)
        if loose and self.match == "any":
            queries = [part for query in queries for part in self._apart(query)]
        return [_Clause(query, loose and lexeme.kind != "phrase", loose) for query in queries]

    def _apart(self, query: Query) -> Sequence[Query]:
        """The words of one with a hyphen, each of which suffices where any word does; else the query itself.

        Documents on boundary layers are wanted for `boundary-layer`, but not those with a 2 for `U-2`.
        """
        if not isinstance(query, Phrase) or not query.as_word:
            return [query]
        if not all(len(word) >= MIN_APART and word.isalpha() for word in query.words):
            return [query]
        left_out = self.analyzer.is_dispensable
        pairs = zip(query.words, query.stems, strict=True)
        return [Term(stem, word, query.field) for word, stem in pairs if not left_out(word)] or [query]

    def _closes(self, depth: int, lexeme: Lexeme) -> bool:
        if self.ignored:
            self.ignored -= 1
        elif depth:
            return True
        else:
            self._report(DiagnosticCode.UNOPENED_PARENTHESIS, lexeme)
        self.at += 1
        return False

    def _join(self, branches: Sequence[Sequence[_Clause]]) -> Query:
        kept = [_combine(clauses, self.match) for clauses in branches if clauses]
        return simplify(Or(tuple(kept)))

    def _peek(self, ahead: int = 0) -> Lexeme | None:
        return self.lexemes[self.at + ahead] if self.at + ahead < len(self.lexemes) else None

    def _operand_follows(self, ahead: int = 0) -> bool:
        lexeme = self._peek(ahead)
        return lexeme is not None and lexeme.kind in {"word", "phrase", "date", "range", "open", "not"}

    def _report(self, code: DiagnosticCode, lexeme: Lexeme, quoted: str = "", **values: object) -> None:
        self.diagnostics.append(code.at(lexeme.position, quoted, **values))

    def _report_operator(self, lexeme: Lexeme, written: str, operator: str, usage: str) -> None:
        self._report(DiagnosticCode.OPERATOR_NOT_WRITTEN, lexeme, written, operator=operator, usage=usage)


def _combine(clauses: Sequence[_Clause], match: MatchMode) -> Query:
    if match == "any":
        return _some(clauses, [clause.loose for clause in clauses])
    return And(tuple(clause.query for clause in clauses))


def _some(clauses: Sequence[_Clause], optional: Sequence[bool]) -> Query:
    """All the clauses that are not optional, and at least one of those that are."""
    some = tuple(compress((clause.query for clause in clauses), optional))
    rest = tuple(compress((clause.query for clause in clauses), map(not_, optional)))
    return And((Or(some), *rest)) if some else And(rest)
