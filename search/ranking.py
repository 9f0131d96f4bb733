"""How are documents scored? By BM25 and a bonus for their titles, with the same scores on every engine.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with Lucene's never-negative idf and without its constant factor k1 + 1. Over the
weighted text of `search.analyzed` it is BM25F. What the bonus is worth was measured
(docs/adr/016-words-in-titles.md).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from math import log

from search.analysis.stem import Stem, parts_of

K1 = 1.2
"""Term saturation. Not free to choose: Tantivy has this value compiled in (and so has Lucene by default)."""
B = 0.75
"""Length normalization. Not free to choose, as `K1`: the engines would no longer agree on any score."""


def idf(documents: int, frequency: int) -> float:
    """The inverse document frequency of a term that `frequency` of all `documents` contain; never below 0."""
    frequency = min(frequency, documents)
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def round_length(length: int) -> int:
    """A document's length, rounded as Lucene and Tantivy round it to store it in one byte.

    Exact below 40, then rounded down to four significant bits above 24 (Lucene's
    `SmallFloat.intToByte4`).
    """
    if length < 40:
        return length
    above = length - 24
    shift = above.bit_length() - 4
    return 24 + (above >> shift << shift)


@dataclass(frozen=True, slots=True)
class Collection:
    """The statistics of the index that BM25 needs: its documents, and their average length in tokens."""

    documents: int
    average_length: float

    def damping(self, length: int) -> float:
        """The addend of the frequency in BM25's denominator: k1 * (1 - b + b * length / average length)."""
        average = self.average_length or 1.0
        return K1 * (1 - B + B * round_length(length) / average)


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """What ranking knows of the weighted text: the collection, and the document frequencies of some stems."""

    collection: Collection
    frequencies: Mapping[Stem, int]


def bm25(idf: float, frequency: float, damping: float) -> float:
    """The score of one term in one document."""
    return idf * frequency / (frequency + damping)


@dataclass(frozen=True)
class TitleBonus:
    """What is added to the score of a document whose title holds words of the query: most if it equals them.

    `idfs` maps the stems of the query's words to their idf. The bonus is the idf that the title holds, times
    the share of the title's stems that the query has, times the share of the query's idf that the title has:
    never more than the idf that the title holds. Stop words are no part of a title here, and makeshift titles
    have no stems.
    """

    idfs: Mapping[Stem, float]

    @cached_property
    def upper_bound(self) -> float:
        """The bonus of a title that equals the query."""
        return sum(self.idfs.values())

    def score(self, weight: float, matched: int, title_stems: int) -> float:
        """The bonus of a title of so many stems; `matched` of the query's stems, of this idf, are in it."""
        if not matched or not title_stems:
            return 0.0
        return weight * min(1.0, matched / title_stems) * weight / self.upper_bound

    def of_title(self, stems: Set[str], title_stems: int) -> float:
        """The bonus of a title with these stems."""
        held = [idf for stem, idf in self.idfs.items() if not stems.isdisjoint(parts_of(stem))]
        return self.score(sum(held), len(held), title_stems)
