"""How is a query read? Leniently: any text gives a question, and what was not understood is said.

    query   := branch (OR branch)*
    branch  := clause ([AND] clause)*          AND binds tighter than OR; no operator means AND
    clause  := NOT clause | [+-][field:](word | "phrase"[~n] | =exact | prefix* | fuzzy~ | ( query ))
             | date:range | before:date | after:date

Operators are upper case; `&&`, `||` and `!` are taken for them. A piece that cannot be what it looks
like is searched as the words it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, islice
from operator import not_

from search.query.diagnostics import Diagnostic, lower_case, remarks
from search.query.leaves import Leaves
from search.query.lexer import Lexeme, lexemes
from search.query.tree import And, MatchAll, MatchMode, MatchNone, Not, Or, Query, simplify
from search.schema import Schema

MAX_TERMS = 64
MAX_DEPTH = 8
MAX_DIAGNOSTICS = 10

NOTHING = "There is no word to search for; type one, or nothing at all to see every document."


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood.

    `relaxed` asks for some of its bare words instead of all; None where there are fewer than two.
    """

    query: Query
    relaxed: Query | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    query: Query
    bare: bool  # a word that no sign, field or operator touches
    loose: bool = False  # a phrase that none of them touches


def parse(text: str, schema: Schema, match: MatchMode = "all") -> ParsedQuery:
    """Read a query; never raises, whatever the text. An empty one asks for all documents."""
    if not text.strip():
        return ParsedQuery(MatchAll())
    return _Parser(text, schema, match).parse()


@dataclass
class _Parser:
    text: str
    schema: Schema
    match: MatchMode
    at: int = 0
    ignored: int = 0  # parentheses opened too deep to count
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def parse(self) -> ParsedQuery:
        self.pieces: Sequence[Lexeme] = list(lexemes(self.text))
        self.leaves = Leaves(self.schema, MAX_TERMS, self.diagnostics)
        branches = self._branches(0, "")
        query = simplify(self._join(branches))
        relaxed = None
        if query == MatchNone() and self.leaves.stopped:
            query = simplify(And(tuple(self.leaves.stopped)))
        elif query == MatchNone():
            self._say("nothing-to-search", NOTHING, 0)
        elif len(branches) == 1 and sum(clause.bare for clause in branches[0]) > 1:
            relaxed = simplify(_some(branches[0], [clause.bare for clause in branches[0]]))
        said: dict[str, Diagnostic] = {}
        for item in sorted(self.diagnostics, key=lambda item: item.position):
            said.setdefault(item.message, item)
        shown = islice(said.values(), MAX_DIAGNOSTICS)
        return ParsedQuery(query, relaxed, tuple(shown))

    def _branches(self, depth: int, in_field: str) -> list[list[_Clause]]:
        branches = [self._branch(depth, in_field)]
        while (piece := self._peek()) and piece.kind == "or":
            self.at += 1
            branches.append(self._branch(depth, in_field))
        return branches

    def _branch(self, depth: int, in_field: str) -> list[_Clause]:
        """The clauses up to an OR that joins, a closing parenthesis of this depth, or the end."""
        clauses: list[_Clause] = []
        begun = joined = False
        while piece := self._peek():
            if piece.kind == "close":
                if self._closes(depth, piece):
                    break
            elif piece.kind in {"and", "or"} and begun and self._operand_follows(1):
                self._name_operator(piece)
                if piece.kind == "or":
                    break
                self.at += 1
                joined = True
                clauses[-1:] = [_Clause(clause.query, bare=False) for clause in clauses[-1:]]
            else:
                if begun and self._operand_follows(1):
                    self._hint(piece)
                found = self._clause(depth, in_field)
                clauses += [_Clause(clause.query, bare=False) for clause in found] if joined else found
                begun, joined = True, False
        return clauses

    def _clause(self, depth: int, in_field: str) -> list[_Clause]:
        piece = self.pieces[self.at]
        self.at += 1
        match piece.kind:
            case "open":
                return self._group(piece, depth, in_field)
            case "quote":
                said = (
                    "A quotation mark is not closed, so no phrase was searched; put one behind the last word."
                )
                self._say("unclosed-quote", said, piece.position)
                return []
            case "not" if self._operand_follows():
                return self._negated(depth, in_field)
            case "and" | "or" | "not":
                said = f"“{piece.written}” joins nothing here, so it is no operator; put it between two."
                self._say("literal-operator", said, piece.position)
        return self._signed(piece, self.leaves.of(piece, in_field), bare=not in_field)

    def _negated(self, depth: int, in_field: str) -> list[_Clause]:
        odd = True
        while (piece := self._peek()) and piece.kind == "not" and self._operand_follows(1):
            self.at += 1
            odd = not odd
        if not (found := self._clause(depth, in_field)):
            return []
        query = _combine(found, "all")
        return [_Clause(Not(query) if odd else query, bare=False)]

    def _group(self, piece: Lexeme, depth: int, in_field: str) -> list[_Clause]:
        if depth >= MAX_DEPTH:
            if not self.ignored:
                said = f"Parentheses count {MAX_DEPTH} deep, so those from here on were left out; use fewer."
                self._say("too-deep", said, piece.position)
            self.ignored += 1
            return []
        known = self.leaves.known_field(piece)
        branches = self._branches(depth + 1, known or in_field)
        if (closing := self._peek()) and closing.kind == "close":
            self.at += 1
            self._weighted(closing)
        else:
            said = "A parenthesis is not closed, so it reaches to the end; put a ) where it should end."
            self._say("unclosed-parenthesis", said, piece.position)
        if piece.field and not known:
            name = replace(piece, kind="word", text=piece.field, field="")
            group = [self._join(branches)] if any(branches) else []
            return self._signed(piece, [*self.leaves.of(name, in_field), *group], bare=False)
        if len(branches) == 1 and not (piece.sign or known or in_field) and all(c.bare for c in branches[0]):
            return branches[0]  # parentheses around plain words, as in running text, group nothing
        return self._signed(piece, [self._join(branches)] if any(branches) else [], bare=False)

    def _signed(self, piece: Lexeme, queries: Sequence[Query], *, bare: bool) -> list[_Clause]:
        if not queries:
            return []
        if piece.sign == "!":
            self._say(
                "operator-not-written",
                "“!” was read as NOT; here it is written -word or NOT word.",
                piece.position,
            )
        if piece.sign in {"-", "!"}:
            return [_Clause(Not(And(tuple(queries))), bare=False)]
        loose = bare and not (piece.sign or piece.field or piece.exact)
        return [_Clause(query, loose and piece.kind != "phrase", loose) for query in queries]

    def _name_operator(self, piece: Lexeme) -> None:
        if not piece.written.isalpha():
            said = f"“{piece.written}” was read as {piece.kind.upper()}, which is how it is written here."
            self._say("operator-not-written", said, piece.position)

    def _hint(self, piece: Lexeme) -> None:
        """Say what a word such as "or" is in capitals, if it stands between two others."""
        is_word = piece.written == piece.text and piece.text in self.schema.analyzer.stop_words
        if is_word and (remark := lower_case(piece.text)):
            self._say(*remark, piece.position)

    def _weighted(self, closing: Lexeme) -> None:
        for remark in remarks(closing, ()):
            self._say(*remark, closing.position)

    def _closes(self, depth: int, piece: Lexeme) -> bool:
        if self.ignored:
            self.ignored -= 1
        elif depth:
            return True
        else:
            said = "A parenthesis is closed that was not opened, so it was left out; put a ( where it begins."
            self._say("unopened-parenthesis", said, piece.position)
        self.at += 1
        return False

    def _join(self, branches: Sequence[Sequence[_Clause]]) -> Query:
        kept = [_combine(clauses, self.match) for clauses in branches if clauses]
        return simplify(Or(tuple(kept)))

    def _peek(self, ahead: int = 0) -> Lexeme | None:
        return self.pieces[self.at + ahead] if self.at + ahead < len(self.pieces) else None

    def _operand_follows(self, ahead: int = 0) -> bool:
        piece = self._peek(ahead)
        return piece is not None and piece.kind in {"word", "phrase", "range", "open", "not"}

    def _say(self, code: str, message: str, position: int) -> None:
        self.diagnostics.append(Diagnostic(code, message, position))


def _combine(clauses: Sequence[_Clause], match: MatchMode) -> Query:
    if match == "any":
        return _some(clauses, [clause.loose for clause in clauses])
    return And(tuple(clause.query for clause in clauses))


def _some(clauses: Sequence[_Clause], optional: Sequence[bool]) -> Query:
    """All the clauses that are not optional, and at least one of those that are."""
    some = tuple(compress((clause.query for clause in clauses), optional))
    rest = tuple(compress((clause.query for clause in clauses), map(not_, optional)))
    return And((Or(some), *rest)) if some else And(rest)
