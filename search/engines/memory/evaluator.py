"""Whether a document matches a query: the definition of the query language's semantics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from search.analysis.stem import Stem
from search.analyzed import AnalyzedDocument, positions
from search.errors import EngineError
from search.query.tree import (
    And,
    AnyOf,
    AtLeast,
    Boost,
    DateRange,
    Exact,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from search.ranking import TitleBonus


@dataclass(frozen=True)
class IndexedDocument:
    """A document's words with their positions and its stems, by field; "" is all searchable text."""

    analyzed: AnalyzedDocument

    @cached_property
    def positions(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """Field -> word -> its positions."""
        by_field = {name: positions(values) for name, values in self.analyzed.words.items()}
        return by_field | {"": positions(self.analyzed.all_words())}

    @cached_property
    def stems(self) -> Mapping[str, frozenset[str]]:
        """Field -> its stems."""
        by_field = {name: frozenset(stems.split()) for name, stems in self.analyzed.stems.items()}
        return by_field | {"": frozenset(self.analyzed.text)}

    def has(self, stem: Stem, field: str) -> bool:
        """Whether a field has a word of this stem, or of a part of it."""
        stems = self.stems[field]
        return stem in stems if isinstance(stem, str) else not stems.isdisjoint(stem)

    def title_score(self, bonus: TitleBonus) -> float:
        """What its title adds to its score."""
        return bonus.of_title(self.stems["title"], self.analyzed.title_stems)


def matches(query: Query, document: IndexedDocument) -> bool:
    """Whether a document matches. Raises EngineError for a leaf that should have been expanded."""
    match query:
        case And(children):
            return all(matches(child, document) for child in children)
        case Or(children):
            return any(matches(child, document) for child in children)
        case AtLeast(children, least):
            return sum(matches(child, document) for child in children) >= least
        case Boost(child):
            return matches(child, document)
        case AnyOf(alternatives):
            return any(
                document.has(item.stem, item.field)
                if isinstance(item, Term)
                else item.word in document.positions[item.field]
                for item in alternatives
            )
        case Not(child):
            return not matches(child, document)
        case Term(stem, field=name):
            return document.has(stem, name)
        case Exact(word, field=name):
            return word in document.positions[name]
        case Phrase(words, distance=distance, field=name, ordered=ordered):
            return _has_phrase(document.positions[name], words, distance, ordered=ordered)
        case DateRange(days, within):
            when = document.analyzed.days
            return when is not None and (days.contains(when) if within else days.overlaps(when))
        case MatchAll():
            return True
        case MatchNone():
            return False
    raise EngineError(f"{query} must be expanded before an engine sees it.")


def _has_phrase(
    places: Mapping[str, Sequence[int]], words: Sequence[str], distance: int, *, ordered: bool
) -> bool:
    if not distance:
        starts = ({p - i for p in places.get(word, ())} for i, word in enumerate(words))
        return bool(set.intersection(*starts))
    return all(
        any(
            0 < (q - p if ordered else abs(q - p)) <= distance
            for p in places.get(one, ())
            for q in places.get(other, ())
        )
        for one, other in pairwise(words)
    )
