"""Where in a query do words stand that have other forms? They are OR-ed with those, and users are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from search.analysis.stem import Stem
from search.answer import Expansion
from search.query.simplification import simplify
from search.query.tree import And, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term

_MAX_SPELLED = 8  # spellings of a run whose words are initials

Expansions = tuple[Expansion, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word, or of a run of words: as it is shown, and analyzed.

    One word stands for all its endings unless it is `exact`.
    """

    written: str
    words: tuple[str, ...]
    stems: tuple[Stem, ...]
    exact: bool = True

    def query(self, field: str) -> Query:
        """The documents with this form in a field."""
        if len(self.words) > 1:
            return Phrase(self.words, self.stems, 0, field)
        if self.exact:
            return Exact(self.words[0], self.stems[0], field)
        return Term(self.stems[0], self.words[0], field)


Forms = Mapping[tuple[str, ...], tuple[str, tuple[Form, ...]]]
"""The words of a run -> the run as it is shown, and its other forms."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring children of a node: those of a run that has other forms, or just one child."""

    children: tuple[Query, ...]
    field: str = ""
    written: str = ""
    others: tuple[Form, ...] = ()

    @property
    def alternatives(self) -> tuple[Query, ...]:
        """A query for each other form."""
        return tuple(other.query(self.field) for other in self.others)

    @property
    def expansions(self) -> Expansions:
        """The run and its other forms, if it has some."""
        return (Expansion(self.written, tuple(form.written for form in self.others)),) if self.others else ()


class FormExpander:
    """Adds the other forms of words to a query; a word asked for exactly is left alone.

    What stands in quotation marks is expanded if they are `quoted`.
    """

    def __init__(self, forms: Forms, *, quoted: bool) -> None:
        self._forms, self._quoted = forms, quoted
        self._longest = max(map(len, forms), default=0)

    def expand(self, query: Query) -> tuple[Query, Expansions]:
        """The query with each run OR-ed with its other forms, and these runs, each once.

        A run is a phrase, or plain words side by side.
        """
        if not self._forms:
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
                longer = [run for run in self._runs(children) if len(run.children) > 1]
                added = chain.from_iterable(run.alternatives for run in longer)
                return Or((*expanded, *added)), (
                    *expansions,
                    *chain.from_iterable(run.expansions for run in longer),
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
        """All children in order; those of a run that has other forms are together, the longest of several."""
        at = 0
        while at < len(children):
            run = self._run_at_start(children[at : at + self._longest]) or _Run((children[at],))
            yield run
            at += len(run.children)

    def _run_at_start(self, children: Sequence[Query]) -> _Run | None:
        """The longest run that the first children make up, all in one field; None if they are none."""
        spelled: list[tuple[str, ...]] = [()]
        field, found = "", None
        for count, child in enumerate(children, 1):
            own, spellings = self._spelled(child)
            spelled = [words + more for words in spelled for more in spellings][:_MAX_SPELLED]
            field = own if count == 1 else field
            if own != field or not spelled:
                break
            if known := next(filter(None, map(self._forms.get, spelled)), None):
                found = _Run(tuple(children[:count]), field, *known)
        return found

    def _spelled(self, child: Query) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """The field and the words of a plain word or phrase; of a person's initials, in both spellings."""
        match child:
            case Term(word=word, field=field):
                return field, ((word,),)
            case Phrase(words, distance=0, field=field, as_word=as_word) if as_word or self._quoted:
                return field, (words,)
            case Or((Term() | Phrase() as one, Term() | Phrase() as other)):
                spelled = _words(one), _words(other)
                if one.field == other.field and "".join(spelled[0]) == "".join(spelled[1]):
                    return one.field, spelled
        return "", ()


def _words(leaf: Term | Phrase) -> tuple[str, ...]:
    return (leaf.word,) if isinstance(leaf, Term) else leaf.words


def _unzipped(pairs: Iterable[tuple[Query, Expansions]]) -> tuple[tuple[Query, ...], Expansions]:
    queries, expansions = zip(*pairs, strict=True)
    return queries, tuple(chain.from_iterable(expansions))
