"""Compiles our query tree and filters to OpenSearch's queries; needs of an index but statistics of stems.

What only filters is a `filter` clause, next to which `should` clauses on `text` score.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from search.analysis.stem import Stem, parts_of
from search.calendar import DayRange
from search.engines.fields import stems_field, words_field
from search.engines.opensearch.documents import keyword
from search.engines.opensearch.reading.clauses import (
    EVERYTHING,
    NOTHING,
    Clause,
    at_least,
    best_of,
    between,
    constant,
    either,
    filtering,
    lacking,
    near,
    phrase,
    term,
    terms,
)
from search.errors import EngineError
from search.query.scoring import Statistics
from search.query.tree import (
    And,
    AnyOf,
    AtLeast,
    Boost,
    DateRange,
    Exact,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from search.ranking import idf
from search.request import DateFilter, FieldFilter
from search.schema import TEXT


class Compiler:
    """Compiles for one index; `statistics` are its own, for stems with parts.

    Without `scores`, a query only says which documents match.
    """

    def __init__(self, statistics: Statistics, *, scores: bool = True) -> None:
        self._statistics, self._scores = statistics, scores
        self._matching = Compiler(statistics, scores=False) if scores else self

    def query(self, query: Query) -> Clause:
        """The query. Raises EngineError for a leaf that should have been expanded."""
        match query:
            case And(children):
                return self._all_of(children)
            case Or(children):
                return either([self.query(child) for child in children])
            case AtLeast(children, least):
                return at_least(least, [self.query(child) for child in children])
            case Boost():
                return self._boosted(query)
            case Not(child):
                return {"bool": {"must_not": [self._matching.query(child)]}}
            case Term(stem, field=field, count=times):
                return self._of_field(stem, field, times) if field else self.stem(stem, times)
            case Exact(word, stem, field):
                return self._scored(term(words_field(field), word), lambda: [self.stem(stem)])
            case Phrase(words, stems, distance, field, ordered):
                found = _near(words_field(field), words, distance, ordered=ordered)
                return self._scored(found, lambda: [self.stem(stem) for stem in stems])
            case AnyOf(alternatives):
                return self._any_of(alternatives)
            case DateRange(days, within):
                return filtering(_containing(days) if within else _overlapping(days))
            case MatchAll():
                return filtering([EVERYTHING])
            case MatchNone():
                return NOTHING
        raise EngineError(f"{query} must be expanded before an engine sees it.")

    def _all_of(self, children: Sequence[Query]) -> Clause:
        """The documents that all match: what does not score among them only filters."""
        clauses: dict[str, list[Clause]] = {}
        for child in children:
            if isinstance(child, Not):
                clauses.setdefault("must_not", []).append(self._matching.query(child.child))
            else:
                kind = "must" if self._scores and not isinstance(child, DateRange | MatchAll) else "filter"
                clauses.setdefault(kind, []).append(self.query(child))
        return {"bool": clauses} if clauses else filtering([EVERYTHING])

    def _boosted(self, query: Boost) -> Clause:
        child = self.query(query.child)
        if not self._scores:
            return child
        gain = constant(query.bonus, self._matching.query(query.preferred))
        return {"bool": {"must": [child], "should": [gain]}}

    def _of_field(self, stem: Stem, field: str, times: int) -> Clause:
        """The documents with a stem in a field, which score by their whole text."""
        return self._scored(with_stem(stems_field(field), stem), lambda: [self.stem(stem, times)])

    def stem(self, stem: Stem, times: int = 1) -> Clause:
        """The documents with a stem, its score multiplied by `times`; of its parts, the best scores."""
        if not self._scores:
            return with_stem(TEXT, stem)
        return best_of(self._parts(stem, times))

    def _parts(self, stem: Stem, times: int = 1) -> list[Clause]:
        """A clause for each part, with a factor: Lucene scores by its own frequency, not by the joint one."""
        if isinstance(stem, str):
            return [_scoring(stem, times)]
        found = self._statistics([stem, *stem])
        documents, numbers = found.collection.documents, found.frequencies
        joint = idf(documents, numbers[stem])
        return [
            _scoring(part, times * joint / idf(documents, numbers[part])) for part in stem if numbers[part]
        ]

    def _any_of(self, words: Sequence[Exact | Term]) -> Clause:
        by_field: dict[str, list[str]] = {}
        for word in words:
            if isinstance(word, Term):
                by_field.setdefault(stems_field(word.field), []).extend(parts_of(word.stem))
            else:
                by_field.setdefault(words_field(word.field), []).append(word.word)
        found = either([terms(field, values) for field, values in by_field.items()])
        stems = dict.fromkeys(word.stem for word in words)
        return self._scored(found, lambda: [best_of([part for stem in stems for part in self._parts(stem)])])

    def _scored(self, found: Clause, parts: Callable[[], Sequence[Clause]]) -> Clause:
        """The documents of `found`, each with the scores of those `parts` that match it."""
        if not self._scores:
            return found
        return {"bool": {"filter": [found], "should": list(parts())}}


def filters(items: Iterable[FieldFilter | DateFilter]) -> list[Clause]:
    """The filters as clauses that all must match."""
    return [clause for item in items for clause in _filter(item)]


def with_stem(field: str, stem: Stem) -> Clause:
    """The documents with a stem in a field of stems."""
    return term(field, stem) if isinstance(stem, str) else terms(field, parts_of(stem))


def _scoring(part: str, factor: float) -> Clause:
    return term(TEXT, part) if factor == 1 else {"term": {TEXT: {"value": part, "boost": float(factor)}}}


def _near(field: str, words: Sequence[str], distance: int, *, ordered: bool) -> Clause:
    """Words in a row (`distance` 0), or each pair within `distance`, in this order or in either."""
    if not distance or len(words) == 1:
        return phrase(field, words)
    pairs = dict.fromkeys(pairwise(words))
    return filtering([near(field, one, other, distance, ordered=ordered) for one, other in pairs])


def _filter(item: FieldFilter | DateFilter) -> Iterable[Clause]:
    if isinstance(item, DateFilter):
        test = _containing if item.within else _overlapping
        some = [filtering(test(days)) for days in item.ranges]
        yield either(some + [lacking("earliest")] * item.missing)
        return
    if item.values or item.missing:
        some = [terms(item.field, _stored(item.values))] if item.values else []
        yield either(some + [lacking(item.field)] * item.missing)
    if item.excluded:
        yield {"bool": {"must_not": [terms(item.field, _stored(item.excluded))]}}


def _stored(values: Iterable[str]) -> list[str]:
    return [keyword(value) for value in sorted(values)]


def _overlapping(days: DayRange) -> list[Clause]:
    return [between("earliest", lte=days.latest), between("latest", gte=days.earliest)]


def _containing(days: DayRange) -> list[Clause]:
    return [between("earliest", gte=days.earliest), between("latest", lte=days.latest)]
