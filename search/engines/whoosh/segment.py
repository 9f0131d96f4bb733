"""One segment of a Whoosh index: which documents have a word, where it stands in them, what a stem scores."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.calendar import DayRange
from search.engines.whoosh.fields import PackedPositions
from search.engines.whoosh.postings import Postings
from search.proximity import fits
from search.ranking import idf
from search.schema import TEXT, WORDS

Scores = dict[int, float]


@dataclass(frozen=True)
class Segment:
    """Its documents are numbered from 0, deleted ones included, which are never found.

    `frequency` tells how many of the `documents` of the whole index have a stem; `damping` and `days`
    hold each document's share of the ranking formula and its date.
    """

    postings: Postings
    frequency: Callable[[str], int]
    documents: int
    damping: Sequence[float]
    days: Sequence[DayRange | None]

    @cached_property
    def all_docs(self) -> frozenset[int]:
        """Every document."""
        return frozenset(range(len(self.days))) - self.postings.deleted

    def scores(self, stem: str, docs: Collection[int]) -> Scores:
        """What one stem adds to the scores of those of some documents that have it."""
        telling, damping = idf(self.documents, self.frequency(stem)), self.damping
        scores: Scores = {}
        for ids, weights in self.postings.weights(TEXT, stem):
            scores.update(
                (
                    doc,
                    telling * weight / (weight + damping[doc]),
                )  # `bm25`, a call for each being half its cost
                for doc, weight in zip(ids, weights, strict=True)
                if doc in docs
            )
        return scores

    def near(self, field: str, words: Sequence[str], distance: int) -> set[int]:
        """The documents with words in a row (`distance` 0) or each pair at most `distance` apart."""
        found = [self.postings.docs(field, word) for word in set(words)]
        common = set.intersection(*sorted(found, key=len))
        if not common:
            return common
        places = {word: self._places(field, word, common) for word in set(words)}
        return {doc for doc in common if fits([places[word][doc] for word in words], distance)}

    def together(self, one: str, other: str, docs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """How often the other word follows the first one, for those of `docs`, in order, where it does."""
        first, second = (self.postings.going_forward(WORDS, word) for word in (one, other))
        for doc in docs:
            if (before := first.value(doc)) and (after := second.value(doc)):
                following = set(PackedPositions.unpack(after))
                if times := sum(place + 1 in following for place in PackedPositions.unpack(before)):
                    yield doc, times

    def touching(self, days: DayRange) -> set[int]:
        """The documents whose date touches these days."""
        return {doc for doc in self.all_docs if (when := self.days[doc]) is not None and when.overlaps(days)}

    def _places(self, field: str, word: str, docs: Collection[int]) -> Mapping[int, Sequence[int]]:
        values = self.postings.values(field, word, docs)
        return {doc: PackedPositions.unpack(value) for doc, value in values}
