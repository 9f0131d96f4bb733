"""Which terms may a word have been typed for? The likely ones, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import have_common_part
from search.engines.terms.term_dictionary import TermDictionary
from search.results import TermCount
from search.suggestions.likeness import LIKELY, most_cost, slips_cost

MIN_MISSPELLED = 3
"""Letters of a word that may be misspelled: shorter words are near too many others."""
MIN_RARE = 5
"""The same of a word that documents have: there are many short names and words, most of them rare."""
MORE_FREQUENT = 20
"""A term is suggested in place of a word that documents have if it is so many times as frequent."""

_COMPARED = 200  # terms within the edit distance whose slips are weighed
_LETTERS_FOR_A_SLIP = 8  # of a word that documents have, for an unlikely slip or two likely ones
_TENFOLD = 0.25  # what a term that is ten times as frequent may cost more


@dataclass(frozen=True, slots=True)
class NearTerm:
    """A term that a word may have been typed for, what the slips cost, and its document frequency."""

    term: str
    cost: float
    count: int

    @property
    def rank(self) -> float:
        """Lower is better: few slips, many documents."""
        return self.cost - _TENFOLD * log10(self.count)


def edits_for(word: str) -> int:
    """The edit distance up to which a word may be a misspelling of another."""
    return 1 if len(word) < 5 else 2


def may_be_misspelled(word: str) -> bool:
    """Whether a word is long enough, and has no digits: numbers and shelfmarks are always near others."""
    return len(word) >= MIN_MISSPELLED and not any(map(str.isdigit, word))


def near_terms(word: str, dictionary: TermDictionary, at_least: int = 1) -> list[NearTerm]:
    """The terms that a word may have been typed for, best first; those in `at_least` documents.

    Of slips and frequencies that are equal, the first by alphabet goes first.
    """
    if not may_be_misspelled(word):
        return []
    most = most_cost(word)
    found = (
        NearTerm(near.term, slips_cost(word, near.term), near.count)
        for near in dictionary.similar(word, edits_for(word), _COMPARED, at_least)
    )
    return sorted((near for near in found if near.cost <= most), key=lambda near: (near.rank, near.term))


def more_frequent(
    word: str, documents: int, dictionary: TermDictionary, analyzer: QueryAnalyzer
) -> NearTerm | None:
    """The one term that a word in few `documents` was probably typed for; None if there is no such term.

    It is much more frequent, the slips are few and likely, and no other term is nearly as near. Neither is
    the other with an ending, for these are words of their own: *Khrushcheva* is not *Khrushchev*.
    """
    if len(word) < MIN_RARE:
        return None
    near = near_terms(word, dictionary, max(1, documents) * MORE_FREQUENT)
    found = [
        item for item in near if item.term not in analyzer.stop_words and _differ(item.term, word, analyzer)
    ]
    if not found or _has_ending(*sorted((word, found[0].term), key=len)):
        return None
    best = found[0]
    others = (item for item in found if item.rank < best.rank + LIKELY)
    rivals = [item for item in others if _differ(item.term, best.term, analyzer)]
    return best if best.cost <= _most_cost_of_rare(word) and not rivals else None


def is_slip_of(found: TermCount, others: Iterable[TermCount]) -> bool:
    """Whether a term is probably a misspelling of one of the others, as documents have some."""
    most = _most_cost_of_rare(found.term)
    return any(
        other.count >= found.count * MORE_FREQUENT and slips_cost(found.term, other.term) <= most
        for other in others
        if not _has_ending(*sorted((found.term, other.term), key=len))
    )


def _differ(word: str, other: str, analyzer: QueryAnalyzer) -> bool:
    return not have_common_part(analyzer.stem(word), analyzer.stem(other))


def _most_cost_of_rare(word: str) -> float:
    return max(LIKELY, len(word) / _LETTERS_FOR_A_SLIP)


def _has_ending(word: str, longer: str) -> bool:
    return longer.startswith(word) and longer[len(word) :] != word[-1]
