"""One segment of a Whoosh index: documents by phrase and date, and the scores of stems and word pairs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.calendar import DayRange
from search.engines.whoosh.fields import PackedPositions
from search.engines.whoosh.postings import Postings
from search.positions import matches_phrase
from search.ranking import idf
from search.schema import TEXT, WORDS

Scores = dict[int, float]


@dataclass(frozen=True)
class Segment:
    """Documents are numbered from 0, deleted ones included, which never match.

    `frequency` gives a stem's document frequency among the `documents` of the whole index; `damping` holds
    each document's length term of BM25, `days` its date.
    """

    postings: Postings
    frequency: Callable[[str], int]
    documents: int
    damping: Sequence[float]
    days: Sequence[DayRange | None]

    @cached_property
    def all_docs(self) -> frozenset[int]:
        """All live documents."""
        return frozenset(range(len(self.days))) - self.postings.deleted

    def scores(self, stem: str, docs: Collection[int]) -> Scores:
        """The BM25 scores of one stem in those of the documents that have it."""
        stem_idf, damping = idf(self.documents, self.frequency(stem)), self.damping
        scores: Scores = {}
        for ids, weights in self.postings.weights(TEXT, stem):
            scores.update(
                {  # `bm25` written out: a call for each posting would double the cost
                    doc: stem_idf * weight / (weight + damping[doc])
                    for doc, weight in zip(ids, weights, strict=True)
                    if doc in docs
                }
            )
        return scores

    def phrase(
        self, field: str, words: Sequence[str], docs: Collection[int], distance: int, *, ordered: bool
    ) -> set[int]:
        """Those of the documents, which have all the words, that have them as `matches_phrase` wants."""
        if not docs:
            return set()
        places = {word: self._positions(field, word, docs) for word in set(words)}
        return {
            doc
            for doc in docs
            if matches_phrase([places[word][doc] for word in words], distance, ordered=ordered)
        }

    def adjacent(self, one: str, other: str, docs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The documents, of `docs` in rising order, in which `other` follows `one`, each with how often."""
        first, second = (self.postings.cursor(WORDS, word) for word in (one, other))
        for doc in docs:
            if (before := first.value(doc)) and (after := second.value(doc)):
                following = set(PackedPositions.unpack(after))
                if frequency := sum(place + 1 in following for place in PackedPositions.unpack(before)):
                    yield doc, frequency

    def overlapping(self, days: DayRange) -> set[int]:
        """The documents whose date overlaps these days."""
        return {doc for doc in self.all_docs if (when := self.days[doc]) is not None and when.overlaps(days)}

    def within(self, days: DayRange) -> set[int]:
        """The documents whose date lies wholly within these days."""
        return {doc for doc in self.overlapping(days) if (when := self.days[doc]) and days.contains(when)}

    def _positions(self, field: str, word: str, docs: Collection[int]) -> Mapping[int, Sequence[int]]:
        values = self.postings.values(field, word, docs)
        return {doc: PackedPositions.unpack(value) for doc, value in values}
