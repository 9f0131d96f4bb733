"""How well does a document answer? BM25, the same to the digit on every engine.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with Lucene's never-negative idf and without its constant factor k1 + 1. Over the
weighted text of `search.analyzed` it is BM25F.
"""

from dataclasses import dataclass
from math import log

K1 = 1.2
B = 0.75

PAIR_WEIGHT = 0.2
"""What two words typed side by side add where they stand so, beside what each of them scores.

The phrase of the two is scored as Lucene scores one: BM25 over unstemmed words, its idf the sum of
theirs. That words in sequence deserve weight is from Metzler and Croft, "A Markov Random Field Model
for Term Dependencies" (2005); how much was measured on two collections (docs/adr/004-adjacent-words.md).
"""


def idf(documents: int, frequency: int) -> float:
    """How telling a term is that `frequency` of all `documents` have."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def round_length(length: int) -> int:
    """A length on the scale that Lucene and Tantivy keep in one byte.

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
    """What ranking knows of all documents together: how many, and their average length in tokens."""

    documents: int
    average_length: float

    def damping(self, length: int) -> float:
        """What a document's length adds to each of its frequencies."""
        average = self.average_length or 1.0
        return K1 * (1 - B + B * round_length(length) / average)


def bm25(idf: float, frequency: float, damping: float) -> float:
    """The score of one term in one document."""
    return idf * frequency / (frequency + damping)
