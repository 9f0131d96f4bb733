"""One segment of a Whoosh index: documents by phrase and date, and the scores of stems and titles."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from search.analysis.stem import Stem, parts_of
from search.calendar import DayRange
from search.engines.deadline import check_time
from search.engines.fields import stems_field
from search.engines.whoosh.fields import PackedPositions
from search.engines.whoosh.postings import Postings
from search.positions import matches_phrase
from search.ranking import TitleBonus, idf
from search.schema import TEXT

Scores = dict[int, float]


@dataclass(frozen=True)
class Segment:
    """Documents are numbered from 0, deleted ones included, which never match.

    `frequency` gives a stem's document frequency among the `documents` of the whole index; `damping` holds
    each document's length term of BM25, `title_stems` the number of stems of its title, `days` its date.
    """

    postings: Postings
    frequency: Callable[[Stem], int]
    documents: int
    damping: Sequence[float]
    title_stems: Sequence[int]
    days: Sequence[DayRange | None]

    @cached_property
    def all_docs(self) -> frozenset[int]:
        """All live documents."""
        return frozenset(range(len(self.days))) - self.postings.deleted

    def with_stem(self, field: str, stem: Stem) -> AbstractSet[int]:
        """The documents with a stem, or with a part of it, in a field of stems."""
        first, *others = (self.postings.docs(field, part) for part in parts_of(stem))
        return first.union(*others) if others else first

    def scores(self, stem: Stem, docs: Collection[int]) -> Scores:
        """The BM25 scores of one stem in those of the documents that have it; of its parts, the best."""
        stem_idf = idf(self.documents, self.frequency(stem))
        scores, *others = (self._scores(part, stem_idf, docs) for part in parts_of(stem))
        for more in others:
            scores |= {doc: score for doc, score in more.items() if score > scores.get(doc, 0.0)}
        return scores

    def _scores(self, part: str, stem_idf: float, docs: Collection[int]) -> Scores:
        scores, damping = Scores(), self.damping
        for ids, weights in self.postings.weights(TEXT, part):
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
        found = set()
        for doc in docs:
            check_time()
            if matches_phrase([places[word][doc] for word in words], distance, ordered=ordered):
                found.add(doc)
        return found

    def title_bonuses(self, bonus: TitleBonus, docs: AbstractSet[int]) -> Scores:
        """The bonuses of those of the documents whose titles hold words of the query."""
        weights: Scores = {}
        matched: Counter[int] = Counter()
        for stem, stem_idf in bonus.idfs.items():
            found = self.with_stem(stems_field("title"), stem) & docs
            matched.update(found)
            for doc in found:
                weights[doc] = weights.get(doc, 0.0) + stem_idf
        titles = self.title_stems
        return {doc: bonus.score(weight, matched[doc], titles[doc]) for doc, weight in weights.items()}

    def overlapping(self, days: DayRange) -> set[int]:
        """The documents whose date overlaps these days."""
        return {doc for doc in self.all_docs if (when := self.days[doc]) is not None and when.overlaps(days)}

    def within(self, days: DayRange) -> set[int]:
        """The documents whose date lies wholly within these days."""
        return {doc for doc in self.overlapping(days) if (when := self.days[doc]) and days.contains(when)}

    def _positions(self, field: str, word: str, docs: Collection[int]) -> Mapping[int, Sequence[int]]:
        values = self.postings.values(field, word, docs)
        return {doc: PackedPositions.unpack(value) for doc, value in values}
