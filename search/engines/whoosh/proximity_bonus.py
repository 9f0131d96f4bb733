"""What do words add to a score that stand side by side as they were typed?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search.engines.whoosh.doc_values import DocValues
from search.engines.whoosh.segment import Segment
from search.query.adjacency import Pair
from search.ranking import PAIR_WEIGHT, bm25, idf


@dataclass(frozen=True, slots=True)
class TellingPair:
    """Two words, and how telling their phrase is."""

    one: str
    other: str
    idf: float


def telling_pair(pair: Pair, documents: int, frequencies: Iterable[int]) -> TellingPair:
    """The pair, weighed by how many of all documents have each of its words."""
    return TellingPair(*pair, sum(idf(documents, frequency) for frequency in frequencies))


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a query; `damping` is what a document's number of words adds to frequencies."""

    pairs: tuple[TellingPair, ...]
    damping: Callable[[int], float]

    @property
    def upper_bound(self) -> float:
        """The limit of a document's bonus: BM25 saturates at the idf."""
        return PAIR_WEIGHT * sum(pair.idf for pair in self.pairs)

    def scores(
        self, docs: Sequence[int], segments: Sequence[tuple[int, Segment]], rows: Sequence[DocValues]
    ) -> dict[int, float]:
        """What each of these documents gets, if anything."""
        scores: dict[int, float] = {}
        in_order = sorted(docs)
        for offset, segment in segments:
            own = [doc - offset for doc in in_order if offset <= doc < offset + len(segment.damping)]
            for pair in self.pairs:
                for doc, times in segment.together(pair.one, pair.other, own):
                    place = offset + doc
                    score = PAIR_WEIGHT * bm25(pair.idf, times, self.damping(rows[place].words))
                    scores[place] = scores.get(place, 0.0) + score
        return scores
