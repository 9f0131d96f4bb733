"""Which other names of a person does a query stand for? They are added to the names that it has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from search.aliases import Aliases
from search.analysis.analyzer import Analyzer
from search.query.simplification import simplify
from search.query.tree import And, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term
from search.results import Expansion

Expansions = tuple[Expansion, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """One form of a name, analyzed; without stems if it is not to score."""

    written: str
    words: tuple[str, ...]
    stems: tuple[str, ...]

    def query(self, field: str) -> Query:
        """The documents with this form of the name in a field."""
        if len(self.words) == 1 and self.stems:
            return Exact(self.words[0], self.stems[0], field)
        return Phrase(self.words, self.stems, 0, field)


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring children of a node: those that make up a name that has other forms, or just one child."""

    children: tuple[Query, ...]
    field: str = ""
    name: str = ""
    others: tuple[_Name, ...] = ()

    @property
    def alternatives(self) -> tuple[Query, ...]:
        """A query for each other form."""
        return tuple(other.query(self.field) for other in self.others)

    @property
    def expansions(self) -> Expansions:
        """The name and its other forms, if it is one."""
        return (Expansion(self.name, tuple(other.written for other in self.others)),) if self.others else ()


class AliasExpander:
    """Adds to a query the other forms of the names in it; a word asked for exactly is left alone.

    Unless `scored`, the other forms find documents but add nothing to their scores.
    """

    def __init__(self, aliases: Aliases, analyzer: Analyzer, *, scored: bool = True) -> None:
        self._names: dict[tuple[str, ...], tuple[str, tuple[_Name, ...]]] = {}
        for group in aliases.groups:
            names = list(_analyzed(group, analyzer, scored=scored))
            for name in names:
                if others := tuple(other for other in names if other.words != name.words):
                    self._names.setdefault(name.words, (name.written, others))
        self._longest = max(map(len, self._names), default=0)

    def expand(self, query: Query) -> tuple[Query, Expansions]:
        """The query with each name in it OR-ed with its other forms, and these names, each once.

        A name is a phrase, or plain words side by side.
        """
        if not self._names:
            return query, ()
        expanded, expansions = self._expand(query)
        return simplify(expanded), tuple(dict.fromkeys(expansions))

    def _expand(self, query: Query) -> tuple[Query, Expansions]:
        match query:
            case And(children):
                expanded, expansions = _unzipped(map(self._expand_run, self._runs(children)))
                return And(expanded), expansions
            case Or(children):  # where any of the words suffices, the other forms are some more
                expanded, expansions = _unzipped(map(self._expand, children))
                names = [run for run in self._runs(children) if len(run.children) > 1]
                added = chain.from_iterable(run.alternatives for run in names)
                return Or((*expanded, *added)), (
                    *expansions,
                    *chain.from_iterable(n.expansions for n in names),
                )
            case AtLeast(children, least):
                runs = map(self._expand_each, self._runs(children))
                expanded, expansions = _unzipped(chain.from_iterable(runs))
                return AtLeast(expanded, least), expansions
            case Boost(child, preferred, bonus):
                (inner, better), expansions = _unzipped(map(self._expand, (child, preferred)))
                return Boost(inner, better, bonus), expansions
            case Not(child):
                inner, expansions = self._expand(child)
                return Not(inner), expansions
            case Term() | Phrase():
                [run] = self._runs((query,))
                return self._expand_run(run)
            case _:
                return query, ()

    def _expand_run(self, run: _Run) -> tuple[Query, Expansions]:
        if run.others:
            return Or((And(run.children), *run.alternatives)), run.expansions
        [child] = run.children
        return (child, ()) if isinstance(child, Term | Phrase) else self._expand(child)

    def _expand_each(self, run: _Run) -> Iterator[tuple[Query, Expansions]]:
        """Each child of a run; those of a name find its other forms too, which score with the first."""
        if not run.others:
            yield self._expand_run(run)
            return
        unscored = tuple(Phrase(other.words, (), 0, run.field) for other in run.others)
        for number, child in enumerate(run.children):
            yield Or((child, *(unscored if number else run.alternatives))), run.expansions

    def _runs(self, children: Sequence[Query]) -> Iterator[_Run]:
        """All children in order; those that make up a name are one run, of several names the longest."""
        at = 0
        while at < len(children):
            run = self._name_at_start(children[at : at + self._longest]) or _Run((children[at],))
            yield run
            at += len(run.children)

    def _name_at_start(self, children: Sequence[Query]) -> _Run | None:
        """The longest name that the first children make up, all in one field; None if they are none."""
        words: tuple[str, ...] = ()
        field, found = "", None
        for count, child in enumerate(children, 1):
            match child:
                case Term(word=word, field=own):
                    words += (word,)
                case Phrase(phrase, distance=0, field=own):
                    words += phrase
                case _:
                    break
            field = own if count == 1 else field
            if own != field:
                break
            if known := self._names.get(words):
                found = _Run(tuple(children[:count]), field, *known)
        return found


def _unzipped(pairs: Iterable[tuple[Query, Expansions]]) -> tuple[tuple[Query, ...], Expansions]:
    queries, expansions = zip(*pairs, strict=True)
    return queries, tuple(chain.from_iterable(expansions))


def _analyzed(group: Iterable[str], analyzer: Analyzer, *, scored: bool) -> Iterator[_Name]:
    for written in group:
        if pairs := analyzer.pairs(written):
            stems = tuple(stem for _, stem in pairs) if scored else ()
            yield _Name(written, tuple(word for word, _ in pairs), stems)
