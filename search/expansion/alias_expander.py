"""Which other names of a person does a query stand for? Adds them to the names that it has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.aliases import Aliases
from search.analysis.analyzer import Analyzer
from search.query.tree import And, Exact, Not, Or, Phrase, Query, Term, simplify
from search.results import Expansion


@dataclass(frozen=True, slots=True)
class _Name:
    written: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


class AliasExpander:
    """Adds to a query the other names of those it names; a word asked for exactly is left alone.

    `expanded` says what was added. Unless `scored`, documents are found by the other names, but rank
    by the name as typed.
    """

    def __init__(self, aliases: Aliases, analyzer: Analyzer, *, scored: bool = True) -> None:
        self.expanded: list[Expansion] = []
        self._others: dict[tuple[str, ...], tuple[_Name, list[_Name]]] = {}
        for group in aliases.groups:
            names = list(_names(group, analyzer, scored=scored))
            for name in names:
                others = [other for other in names if other.words != name.words]
                self._others.setdefault(name.words, (name, others))
        self._longest = max(map(len, self._others), default=0)

    def expand(self, query: Query) -> Query:
        """The query with each name in it, as a phrase or as words side by side, joined by its others."""
        return simplify(self._expand(query)) if self._others else query

    def _expand(self, query: Query) -> Query:
        match query:
            case And(children):
                return And(tuple(self._runs(children)))
            case Or(children):
                return Or((*map(self._expand, children), *self._added(children)))
            case Not(child):
                return Not(self._expand(child))
            case Term() | Phrase():
                return next(self._runs((query,)))
            case _:
                return query

    def _runs(self, children: Sequence[Query]) -> Iterator[Query]:
        """The children, those that together are a name made one with its other names."""
        at = 0
        while at < len(children):
            length, others = self._name_at(children, at)
            if others:
                run = children[at : at + length]
                yield Or((And(tuple(run)), *others))
            else:
                yield self._inner(children[at])
            at += max(length, 1)

    def _added(self, children: Sequence[Query]) -> Iterator[Query]:
        """Where some words will do, the other names are some more."""
        at = 0
        while at < len(children):
            length, others = self._name_at(children, at)
            if length > 1:
                yield from others
            at += max(length, 1)

    def _inner(self, child: Query) -> Query:
        return child if isinstance(child, Term | Phrase) else self._expand(child)

    def _name_at(self, children: Sequence[Query], at: int) -> tuple[int, list[Query]]:
        """How many children from here are the longest name, and what its other names ask for."""
        words: list[str] = []
        field = getattr(children[at], "field", None)
        found: tuple[int, list[Query]] = (0, [])
        for taken, child in enumerate(children[at : at + self._longest], 1):
            own = _words(child)
            if not own or getattr(child, "field", None) != field:
                break
            words += own
            if known := self._others.get(tuple(words)):
                found = taken, [_asked(other, field or "") for other in known[1]]
                expansion = Expansion(known[0].written, tuple(other.written for other in known[1]))
        if found[0] and expansion not in self.expanded:
            self.expanded.append(expansion)
        return found


def _names(group: Iterable[str], analyzer: Analyzer, *, scored: bool) -> Iterator[_Name]:
    for written in group:
        if pairs := analyzer.words(written):
            stems = tuple(stem for _, stem in pairs) if scored else ()
            yield _Name(written, tuple(word for word, _ in pairs), stems)


def _words(query: Query) -> tuple[str, ...]:
    match query:
        case Term(word=word):
            return (word,)
        case Phrase(words, distance=0):
            return words
    return ()


def _asked(name: _Name, field: str) -> Query:
    if len(name.words) == 1 and name.stems:
        return Exact(name.words[0], name.stems[0], field)
    return Phrase(name.words, name.stems, 0, field)
