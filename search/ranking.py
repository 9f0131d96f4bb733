"""How are documents scored? By BM25, with the same scores on every engine.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with Lucene's never-negative idf and without its constant factor k1 + 1. Over the
weighted text of `search.analyzed` it is BM25F.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

K1 = 1.2
"""Term saturation. Not free to choose: Tantivy has this value compiled in (and so has Lucene by default)."""
B = 0.75
"""Length normalization. Not free to choose, as `K1`: the engines would no longer agree on any score."""

PAIR_WEIGHT = 0.2
"""The weight of the phrase of two adjacent query words, which is added to the scores of the words.

The phrase is scored as Lucene scores one: BM25 over unstemmed words, its idf the sum of the words'
idfs. That words in sequence deserve weight is from Metzler and Croft, "A Markov Random Field Model
for Term Dependencies" (2005); how much was measured on two collections (docs/adr/004-adjacent-words.md).
"""


def idf(documents: int, frequency: int) -> float:
    """The inverse document frequency of a term that `frequency` of all `documents` contain."""
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
    """What ranking knows of one field: the collection, and the document frequencies of some of its terms."""

    collection: Collection
    frequencies: Mapping[str, int]


def bm25(idf: float, frequency: float, damping: float) -> float:
    """The score of one term in one document."""
    return idf * frequency / (frequency + damping)
