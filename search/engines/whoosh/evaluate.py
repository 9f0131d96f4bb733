"""Which documents of a segment match, and how well? Whoosh gives the postings, the logic is ours.

Whoosh's own matchers are not used: they lose documents that score 0, score a document by another's
frequency and fail on nested negations (docs/adr/002-whoosh-as-a-store.md).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from whoosh.reading import TermNotFound

from search.calendar import DayRange
from search.engines.whoosh.fields import PackedPositions, stems_of, words_of
from search.errors import EngineError
from search.proximity import fits
from search.query import And, AnyOf, Exact, MatchAll, MatchNone, Not, Or, Phrase, Query, Range, Term
from search.ranking import bm25, idf
from search.schema import TEXT, WORDS

Scores = dict[int, float]


@dataclass(frozen=True)
class Segment:
    """One segment of a Whoosh index, its documents numbered from 0.

    `frequency` tells how many of the `documents` of the whole index have a stem; `damping` and `days`
    hold each document's share of the ranking formula and its date.
    """

    reader: Any
    frequency: Callable[[str], int]
    documents: int
    damping: Sequence[float]
    days: Sequence[DayRange | None]

    def matches(self, query: Query) -> Scores:
        """Every document that matches, deleted ones left out, with its score."""
        match query:
            case And(children):
                return self._and(children)
            case Or(children):
                return reduce(_added, map(self.matches, children), {})
            case Not(child):
                return self._and((MatchAll(), Not(child)))
            case Term(stem, field="", count=times):
                return self._scores(stem, times)
            case Term(stem, field=field, count=times):
                return self._scored(self._docs(stems_of(field), stem), [self._scores(stem, times)])
            case Exact(word, stem, field):
                return self._scored(self._docs(words_of(field), word), [self._scores(stem)])
            case Phrase(words, stems, distance, field):
                near = self._near(words_of(field), words, distance)
                scores = {stem: self._scores(stem) for stem in set(stems)}
                return self._scored(near, [scores[stem] for stem in stems])
            case AnyOf(alternatives):
                return self._any_of(alternatives)
            case Range(days):
                return dict.fromkeys(self._touching(days), 0.0)
            case MatchAll():
                return dict.fromkeys(self.reader.all_doc_ids(), 0.0)
            case MatchNone():
                return {}
        raise EngineError(f"{query} must be expanded before an engine sees it.")

    def _and(self, children: Sequence[Query]) -> Scores:
        wanted: list[Scores] = []
        found: set[int] = set()
        for child in children:
            if not isinstance(child, Not):
                wanted.append(self.matches(child))
                found = found.intersection(wanted[-1]) if len(wanted) > 1 else set(wanted[-1])
                if not found:
                    return {}
        for child in children:
            if isinstance(child, Not) and found:
                found.difference_update(self.matches(child.child))
        return {doc: sum(scores[doc] for scores in wanted) for doc in found}

    def _any_of(self, words: Sequence[Exact]) -> Scores:
        found: set[int] = set()
        best: Scores = {}
        for word in words:
            found |= self._docs(words_of(word.field), word.word)
        for stem in {word.stem for word in words}:
            for doc, score in self._scores(stem).items():
                best[doc] = max(best.get(doc, 0.0), score)
        return self._scored(found, [best])

    def _scored(self, docs: Collection[int], parts: Sequence[Mapping[int, float]]) -> Scores:
        return {doc: sum(part.get(doc, 0.0) for part in parts) for doc in docs}

    def _scores(self, stem: str, times: int = 1) -> Scores:
        """The documents whose weighted text has a stem, and what it scores there."""
        telling = times * idf(self.documents, self.frequency(stem))
        damping = self.damping
        scores: Scores = {}
        postings = self._postings(TEXT, stem)
        while postings is not None and postings.is_active():
            doc = postings.id()
            scores[doc] = bm25(telling, postings.weight(), damping[doc])
            postings.next()
        return scores

    def _docs(self, field: str, term: str) -> set[int]:
        postings = self._postings(field, term)
        return set() if postings is None else set(postings.all_ids())

    def _near(self, field: str, words: Sequence[str], distance: int) -> list[int]:
        """The documents with words in a row (`distance` 0) or each pair at most `distance` apart."""
        common = set.intersection(*(self._docs(field, word) for word in set(words)))
        if not common:
            return []
        places = {word: self._places(field, word, common) for word in set(words)}
        spread = {doc: [places[word][doc] for word in words] for doc in common}
        return [doc for doc, found in spread.items() if fits(found, distance)]

    def _places(self, field: str, word: str, docs: Collection[int]) -> dict[int, Sequence[int]]:
        postings = self._postings(field, word)
        places: dict[int, Sequence[int]] = {}
        while postings is not None and postings.is_active():
            if (doc := postings.id()) in docs:
                places[doc] = PackedPositions.unpack(postings.value())
            postings.next()
        return places

    def together(self, one: str, other: str, docs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """How often the other word follows the first one, for those of `docs`, in order, where it does."""
        first, second = self._postings(WORDS, one), self._postings(WORDS, other)
        if first is None or second is None:
            return
        for doc in docs:
            if (before := _places_in(doc, first)) and (after := _places_in(doc, second)):
                following = set(after)
                if times := sum(place + 1 in following for place in before):
                    yield doc, times

    def _postings(self, field: str, term: str) -> Any:
        try:
            return self.reader.postings(field, term.encode())
        except TermNotFound:
            return None

    def _touching(self, days: DayRange) -> list[int]:
        deleted = self.reader.is_deleted
        found = (doc for doc, when in enumerate(self.days) if when is not None and when.overlaps(days))
        return [doc for doc in found if not deleted(doc)]


def _places_in(doc: int, postings: Any) -> Sequence[int]:
    """The positions in a document; postings only go forward."""
    if postings.is_active() and postings.id() < doc:
        postings.skip_to(doc)
    found = postings.is_active() and postings.id() == doc
    return PackedPositions.unpack(postings.value()) if found else ()


def _added(scores: Scores, more: Scores) -> Scores:
    for doc, score in more.items():
        scores[doc] = scores.get(doc, 0.0) + score
    return scores
