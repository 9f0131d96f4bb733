"""Compiles our query tree and filters to Tantivy queries; needs of an index the statistics of stems alone.

A leaf that only filters becomes a clause with the constant score 0, next to which a clause on `text` scores.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise

import tantivy
from tantivy import FieldType, Occur

from search.analysis.stem import Stem, parts_of
from search.calendar import DayRange
from search.engines.fields import stems_field, words_field
from search.engines.tantivy.fields import facet_value
from search.errors import EngineError
from search.query.scoring import Statistics
from search.query.traversal import map_leaves
from search.query.tree import (
    And,
    AnyOf,
    AtLeast,
    Boost,
    DateRange,
    Exact,
    Leaf,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from search.ranking import K1, idf
from search.request import DateFilter, FieldFilter
from search.schema import TEXT

SCALE = 1 / (K1 + 1)
"""Factor from Tantivy's BM25 scores to ours, which leave out the constant K1 + 1."""

TITLE_STEMS = stems_field("title")

Compiled = tantivy.Query
Clause = tuple[Occur, Compiled]

_ALL = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)


class Compiler:
    """Compiles for the fields of one Tantivy schema, of these `names`.

    An index of an earlier format lacks some fields of today: no document has anything in them. `statistics`
    are those of the index, for stems with parts. Without `scores`, a query only says which documents match.
    """

    def __init__(
        self, fields: tantivy.Schema, names: Set[str], statistics: Statistics, *, scores: bool = True
    ) -> None:
        self._fields, self._names, self._statistics = fields, names, statistics
        self._scores = scores

    def has(self, name: str) -> bool:
        """Whether the index has a field."""
        return name in self._names

    def query(self, query: Query) -> Compiled:
        """The query. Raises EngineError for a leaf that should have been expanded."""
        return self._compiled(map_leaves(query, self._present))

    def _present(self, leaf: Leaf) -> Query:
        """The leaf; one that finds nothing, if it searches a field that the index does not have."""
        match leaf:
            case Term(field=field) | Exact(field=field) | Phrase(field=field):
                return leaf if words_field(field) in self._names else MatchNone()
            case AnyOf(alternatives, label):
                known = (word for word in alternatives if words_field(word.field) in self._names)
                return AnyOf(tuple(known), label)
            case _:
                return leaf

    def _compiled(self, query: Query) -> Compiled:
        match query:
            case And(children):
                return _all_of([self._clause(child) for child in children])
            case Or(children):
                return _all_of([(Occur.Should, self._compiled(child)) for child in children])
            case AtLeast(children, least):
                some = [(Occur.Should, self._compiled(child)) for child in children]
                return tantivy.Query.boolean_query(some, minimum_number_should_match=least)
            case Boost():
                return self._boosted(query)
            case Not():
                return _all_of([(Occur.Must, _ALL), self._clause(query)])
            case Term(stem, field=field, count=times):
                return self._of_field(stem, field, times) if field else self.stem(stem, times)
            case Exact(word, stem, field):
                return self._scored(self.term(words_field(field), word), lambda: [self.stem(stem)])
            case Phrase(words, stems, distance, field, ordered):
                near = self._near(words_field(field), words, distance, ordered=ordered)
                return self._scored(near, lambda: [self.stem(stem) for stem in stems])
            case AnyOf(alternatives):
                return self._any_of(alternatives)
            case DateRange(days, within):
                return _filtering(self._containing(days) if within else self._overlapping(days))
            case MatchAll():
                return _ALL
            case MatchNone():
                return tantivy.Query.empty_query()
        raise EngineError(f"{query} must be expanded before an engine sees it.")

    def _boosted(self, query: Boost) -> Compiled:
        child = self._compiled(query.child)
        if not self._scores:
            return child
        gain = tantivy.Query.const_score_query(self._compiled(query.preferred), query.bonus / SCALE)
        return _all_of([(Occur.Must, child), (Occur.Should, gain)])

    def _of_field(self, stem: Stem, field: str, times: int) -> Compiled:
        """The documents with a stem in a field, which score by their whole text."""
        return self._scored(self._with_stem(stems_field(field), stem), lambda: [self.stem(stem, times)])

    def filters(self, filters: Iterable[FieldFilter | DateFilter]) -> list[Clause]:
        """The filters as clauses to combine with a query."""
        return [clause for item in filters for clause in self._filter(item)]

    def with_ids(self, doc_ids: Sequence[str]) -> Compiled:
        """The documents of these ids; they add nothing to a score."""
        return _filtering(tantivy.Query.term_set_query(self._fields, "id", list(doc_ids)))

    def with_keys(self, keys: Sequence[int]) -> Compiled:
        """The documents of these keys (see `key_of`): quicker than a set of terms, for some hundreds."""
        some = [tantivy.Query.term_query(self._fields, "key", key, index_option="basic") for key in keys]
        return _filtering(tantivy.Query.boolean_query([(Occur.Should, one) for one in some]))

    def title(self, stem: Stem) -> Compiled:
        """The documents with a stem in their title."""
        return self._with_stem(TITLE_STEMS, stem)

    def term(self, field: str, value: str) -> Compiled:
        """The documents with a term in a field whose frequencies are not stored."""
        return tantivy.Query.term_query(self._fields, field, value, index_option="basic")

    def lacking(self, field: str) -> Compiled:
        """The documents without a value in a field that is counted or sorted by."""
        return _all_of([(Occur.Must, _ALL), (Occur.MustNot, tantivy.Query.exists_query(field))])

    def _clause(self, query: Query) -> Clause:
        if isinstance(query, Not):
            return Occur.MustNot, self._compiled(query.child)
        return Occur.Must, self._compiled(query)

    def stem(self, stem: Stem, times: int = 1) -> Compiled:
        """The documents with a stem, its score multiplied by `times`; of its parts, the best scores."""
        if isinstance(stem, str):
            return self._part(stem, times)
        if not self._scores:
            return self._with_stem(TEXT, stem)
        return tantivy.Query.disjunction_max_query(self._parts(stem, times), 0.0)

    def _part(self, part: str, factor: float) -> Compiled:
        scored = tantivy.Query.term_query(self._fields, TEXT, part, index_option="freq")
        return scored if factor == 1 else tantivy.Query.boost_query(scored, float(factor))

    def _parts(self, stem: Stem, times: int = 1) -> list[Compiled]:
        """A query for each part, with a factor: Tantivy scores by its own frequency, not by the joint one."""
        if isinstance(stem, str):
            return [self._part(stem, times)]
        found = self._statistics([stem, *stem])
        documents, numbers = found.collection.documents, found.frequencies
        joint = idf(documents, numbers[stem])
        return [
            self._part(part, times * joint / idf(documents, numbers[part])) for part in stem if numbers[part]
        ]

    def _with_stem(self, field: str, stem: Stem) -> Compiled:
        """The documents with a stem in a field of stems."""
        return _any([self.term(field, part) for part in parts_of(stem)])

    def _phrase(self, field: str, words: Sequence[str], slop: int) -> Compiled:
        if len(words) == 1:
            return self.term(field, words[0])
        return tantivy.Query.phrase_query(self._fields, field, list(words), slop=slop)

    def _near(self, field: str, words: Sequence[str], distance: int, *, ordered: bool) -> Compiled:
        """Words in a row (`distance` 0), or each pair within `distance`, in this order or in either.

        A slop for the whole phrase means something else in every library.
        """
        if not distance:
            return self._phrase(field, words, 0)
        pairs = dict.fromkeys(pairwise(words))
        near = [self._pair(field, one, other, distance, ordered=ordered) for one, other in pairs]
        return _all_of([(Occur.Must, pair) for pair in near])

    def _pair(self, field: str, one: str, other: str, distance: int, *, ordered: bool) -> Compiled:
        if ordered or one == other:
            return self._following(field, one, other, distance)
        orders = (one, other), (other, one)
        return _any([self._phrase(field, pair, distance - 1) for pair in orders])

    def _following(self, field: str, one: str, other: str, distance: int) -> Compiled:
        """One word, and the other at most `distance` positions behind it.

        A slop counts to both sides of the place where a word should be: here the middle of where it may be.
        """
        middle, slop = (distance + 1) // 2, (distance - 1) // 2
        pair = tantivy.Query.phrase_query(self._fields, field, [(0, one), (middle, other)], slop=slop)
        if 2 * slop + 1 == distance:
            return pair
        last = tantivy.Query.phrase_query(self._fields, field, [(0, one), (distance, other)])
        return _any([pair, last])

    def _any_of(self, words: Sequence[Exact | Term]) -> Compiled:
        by_field: dict[str, list[str]] = {}
        for word in words:
            if isinstance(word, Term):
                by_field.setdefault(stems_field(word.field), []).extend(parts_of(word.stem))
            else:
                by_field.setdefault(words_field(word.field), []).append(word.word)
        sets = [tantivy.Query.term_set_query(self._fields, *terms) for terms in by_field.items()]
        stems = dict.fromkeys(word.stem for word in words)
        return self._scored(_any(sets), lambda: [self._best_of(stems)])

    def _best_of(self, stems: Iterable[Stem]) -> Compiled:
        parts = [part for stem in stems for part in self._parts(stem)]
        return tantivy.Query.disjunction_max_query(parts, 0.0)

    def _scored(self, found: Compiled, parts: Callable[[], Sequence[Compiled]]) -> Compiled:
        """The documents of `found`, each with the scores of those `parts` that match it."""
        if not self._scores:
            return found
        return _all_of([(Occur.Must, _filtering(found)), *((Occur.Should, part) for part in parts())])

    def _filter(self, item: FieldFilter | DateFilter) -> Iterable[Clause]:
        if isinstance(item, DateFilter):
            test = self._containing if item.within else self._overlapping
            some = [test(days) for days in item.ranges]
            some += [self.lacking("earliest")] if item.missing else []
            yield Occur.Must, _filtering(_any(some))
            return
        if item.values or item.missing:
            values = [facet_value(value) for value in sorted(item.values)]
            some = [tantivy.Query.term_set_query(self._fields, item.field, values)] if values else []
            some += [self.lacking(item.field)] if item.missing else []
            yield Occur.Must, _filtering(_any(some))
        for value in sorted(item.excluded):
            yield Occur.MustNot, self.term(item.field, facet_value(value))

    def _overlapping(self, days: DayRange) -> Compiled:
        return _all_of(
            [self._number("earliest", high=days.latest), self._number("latest", low=days.earliest)]
        )

    def _containing(self, days: DayRange) -> Compiled:
        return _all_of(
            [self._number("earliest", low=days.earliest), self._number("latest", high=days.latest)]
        )

    def _number(self, field: str, *, low: int | None = None, high: int | None = None) -> Clause:
        within = tantivy.Query.range_query(
            self._fields, field, FieldType.Integer, lower_bound=low, upper_bound=high
        )
        return Occur.Must, within


def _all_of(clauses: Sequence[Clause]) -> Compiled:
    return tantivy.Query.boolean_query(list(clauses))


def _any(queries: Sequence[Compiled]) -> Compiled:
    if not queries:
        return tantivy.Query.empty_query()
    return queries[0] if len(queries) == 1 else _all_of([(Occur.Should, query) for query in queries])


def _filtering(query: Compiled) -> Compiled:
    return tantivy.Query.const_score_query(query, 0.0)
