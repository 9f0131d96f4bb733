"""The proximity bonus: what adjacent query words add to the score where they are adjacent in the text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search.engines.whoosh.doc_values import DocValues
from search.engines.whoosh.segment import Segment
from search.query.adjacency import Pair
from search.ranking import PAIR_WEIGHT, bm25, idf


@dataclass(frozen=True, slots=True)
class WeightedPair:
    """Two adjacent query words and the idf of their phrase."""

    one: str
    other: str
    idf: float


def weighted_pair(pair: Pair, documents: int, frequencies: Iterable[int]) -> WeightedPair:
    """The pair with the sum of its words' idf, from their document frequencies."""
    return WeightedPair(*pair, sum(idf(documents, frequency) for frequency in frequencies))


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a query; `damping` maps a document's number of words to BM25's length term."""

    pairs: tuple[WeightedPair, ...]
    damping: Callable[[int], float]

    @property
    def upper_bound(self) -> float:
        """The limit of a document's bonus: BM25 saturates at the idf."""
        return PAIR_WEIGHT * sum(pair.idf for pair in self.pairs)

    def scores(
        self, docs: Sequence[int], segments: Sequence[tuple[int, Segment]], values: Sequence[DocValues]
    ) -> dict[int, float]:
        """The bonus of each of these documents that has one."""
        scores: dict[int, float] = {}
        in_order = sorted(docs)
        for offset, segment in segments:
            own = [doc - offset for doc in in_order if offset <= doc < offset + len(segment.damping)]
            for pair in self.pairs:
                for doc, frequency in segment.adjacent(pair.one, pair.other, own):
                    place = offset + doc
                    score = PAIR_WEIGHT * bm25(pair.idf, frequency, self.damping(values[place].words))
                    scores[place] = scores.get(place, 0.0) + score
        return scores
