"""From our query to Whoosh's: what filters becomes a set of documents, what scores a term of the text."""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from whoosh import query as whoosh_query
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

from search.calendar import DayRange
from search.engines.whoosh.fields import stems_of, words_of
from search.errors import EngineError
from search.query import And, AnyOf, Exact, MatchAll, MatchNone, Not, Or, Phrase, Query, Range, Term
from search.schema import TEXT


class Docs(whoosh_query.Query):  # type: ignore[misc]
    """A set of documents found all at once in each segment; it does not score."""

    boost = 1.0

    def matcher(self, searcher: Any, context: Any = None) -> ListMatcher:  # noqa: ARG002
        """The matcher of one segment."""
        found = sorted(self.docs(searcher.reader()))
        return ListMatcher(found, weights=[0.0] * len(found))

    def estimate_size(self, reader: Any) -> int:  # noqa: ARG002
        """How many documents to expect, by which Whoosh orders a conjunction: sets are read first."""
        return 0

    estimate_min_size = estimate_size

    def docs(self, reader: Any) -> Collection[int]:
        """The documents of a segment that are in the set, deleted ones left out."""
        raise NotImplementedError


class Having(Docs):
    """Documents with a term in a field."""

    def __init__(self, field: str, term: str) -> None:
        self.field, self.term = field, term

    def __repr__(self) -> str:
        return f"{self.field}:{self.term}"

    def docs(self, reader: Any) -> Collection[int]:
        return _docs(reader, self.field, self.term)


class Near(Docs):
    """Documents with words in a row (`distance` 0) or each pair at most `distance` apart."""

    def __init__(self, field: str, words: Sequence[str], distance: int) -> None:
        self.field, self.words, self.distance = field, words, distance

    def __repr__(self) -> str:
        return f'{self.field}:"{" ".join(self.words)}"~{self.distance}'

    def docs(self, reader: Any) -> Collection[int]:
        common = set.intersection(*(_docs(reader, self.field, word) for word in set(self.words)))
        if not common:
            return ()
        places = {word: _places(reader, self.field, word, common) for word in set(self.words)}
        fits = _near(self.distance) if self.distance else _in_a_row
        return [doc for doc in common if fits([places[word][doc] for word in self.words])]


class Touching(Docs):
    """Documents whose date touches a range of days."""

    def __init__(self, days: DayRange, dates: Callable[[Any], Iterable[DayRange | None]]) -> None:
        self.days, self.dates = days, dates

    def __repr__(self) -> str:
        return f"date:{self.days.earliest}..{self.days.latest}"

    def docs(self, reader: Any) -> Collection[int]:
        dates = enumerate(self.dates(reader))
        found = (doc for doc, when in dates if when is not None and when.overlaps(self.days))
        return [doc for doc in found if not reader.is_deleted(doc)]


class All(Docs):
    """All documents."""

    def __repr__(self) -> str:
        return "*"

    def docs(self, reader: Any) -> Collection[int]:
        return list(reader.all_doc_ids())


Dates = Callable[[Any], Iterable[DayRange | None]]


def compile_query(query: Query, dates: Dates) -> whoosh_query.Query:
    """The Whoosh query; `dates` gives a segment reader's dates in order of document number."""
    match query:
        case And(children):
            wanted = [child for child in children if not isinstance(child, Not)]
            unwanted = [compile_query(child.child, dates) for child in children if isinstance(child, Not)]
            found = _and([compile_query(child, dates) for child in wanted])
            return whoosh_query.AndNot(found, _or(unwanted)) if unwanted else found
        case Or(children):
            return _or([compile_query(child, dates) for child in children])
        case AnyOf(alternatives):
            return _scored_as(
                _best, _or([_having(word) for word in alternatives]), [w.stem for w in alternatives]
            )
        case Not():
            return whoosh_query.AndNot(All(), compile_query(query.child, dates))
        case Term(stem, field="", count=times):
            return whoosh_query.Term(TEXT, stem, boost=float(times))
        case Term(stem, field=field, count=times):
            scoring = whoosh_query.Term(TEXT, stem, boost=float(times))
            return whoosh_query.AndMaybe(Having(stems_of(field), stem), scoring)
        case Exact(stem=stem):
            return _scored_as(_or, _having(query), [stem])
        case Phrase(words, stems, distance, field):
            return _scored_as(_or, Near(words_of(field), words, distance), stems)
        case Range(days):
            return Touching(days, dates)
        case MatchAll():
            return All()
        case MatchNone():
            return whoosh_query.NullQuery
    raise EngineError(f"{query} must be expanded before an engine sees it.")


Combine = Callable[[list[whoosh_query.Query]], whoosh_query.Query]


def _scored_as(combine: Combine, filtering: whoosh_query.Query, stems: Sequence[str]) -> whoosh_query.Query:
    """The documents of a filter, scored by stems of the text."""
    times = {stem: stems.count(stem) if combine is _or else 1 for stem in stems}
    terms = [whoosh_query.Term(TEXT, stem, boost=float(count)) for stem, count in times.items()]
    return whoosh_query.AndMaybe(filtering, combine(terms))


def _having(word: Exact) -> Having:
    return Having(words_of(word.field), word.word)


def _and(queries: list[whoosh_query.Query]) -> whoosh_query.Query:
    return queries[0] if len(queries) == 1 else whoosh_query.And(queries)


def _or(queries: list[whoosh_query.Query]) -> whoosh_query.Query:
    return queries[0] if len(queries) == 1 else whoosh_query.Or(queries)


def _best(queries: list[whoosh_query.Query]) -> whoosh_query.Query:
    return queries[0] if len(queries) == 1 else whoosh_query.DisjunctionMax(queries)


def _docs(reader: Any, field: str, term: str) -> set[int]:
    try:
        return set(reader.postings(field, term.encode()).all_ids())
    except TermNotFound:
        return set()


def _places(reader: Any, field: str, word: str, docs: Collection[int]) -> Mapping[int, Sequence[int]]:
    matcher = reader.postings(field, word.encode())
    places: dict[int, Sequence[int]] = {}
    while matcher.is_active():
        if (doc := matcher.id()) in docs:
            places[doc] = array("I", matcher.value())
        matcher.next()
    return places


def _in_a_row(places: Sequence[Sequence[int]]) -> bool:
    starts = set(places[0])
    for i, following in enumerate(places[1:], 1):
        starts.intersection_update([place - i for place in following])
    return bool(starts)


def _near(distance: int) -> Callable[[Sequence[Sequence[int]]], bool]:
    def fits(places: Sequence[Sequence[int]]) -> bool:
        return all(_pair_within(one, other, distance) for one, other in pairwise(places))

    return fits


def _pair_within(one: Sequence[int], other: Sequence[int], distance: int) -> bool:
    """Whether two sorted lists have different places at most `distance` apart."""
    start = 0
    for place in one:
        while start < len(other) and other[start] < place - distance:
            start += 1
        near = start
        while near < len(other) and other[near] <= place + distance:
            if other[near] != place:
                return True
            near += 1
    return False
