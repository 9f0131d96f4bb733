"""Which documents of a segment match a query, and their scores: sets first, then scores of their members.

Whoosh's own matchers are not used: they lose documents that score 0, score a document by another's
frequency and fail on nested negations (docs/adr/002-whoosh-as-a-store.md).
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from search.analysis.stem import Stem
from search.engines.fields import stems_field, words_field
from search.engines.whoosh.segment import Scores, Segment
from search.errors import EngineError
from search.query.traversal import leaves
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

Docs = AbstractSet[int]


class Evaluation:
    """The evaluation of the queries of one answer in one segment.

    The documents of each word and part of them are read once, and the scores of stems that one query has in
    several parts, such as the words near several fuzzy ones.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._docs: dict[Query, Docs] = {}
        self._with_word: dict[tuple[str, str], Docs] = {}
        self._repeated: dict[Stem, Scores | None] = {}  # stem -> all its scores, once they have been read
        self._matched: dict[tuple[Query, ...], Counter[int]] = {}

    def docs(self, query: Query) -> Docs:
        """Every document that matches. Raises EngineError for a leaf that should have been expanded."""
        if query not in self._docs:
            self._docs[query] = self._matching(query)
        return self._docs[query]

    def scores(self, query: Query, titles: TitleBonus) -> Scores:
        """Every document that matches, with its score."""
        docs = self.docs(query)
        stems = Counter(stem for leaf in leaves(query) for stem in set(_stems(leaf)))
        self._repeated = {stem: self._repeated.get(stem) for stem, parts in stems.items() if parts > 1}
        scores = dict.fromkeys(docs, 0.0)
        self._add(query, docs, scores)
        _sum(self._segment.title_bonuses(titles, docs), 1, scores)
        return scores

    def _matching(self, query: Query) -> Docs:
        segment = self._segment
        match query:
            case And(children):
                return self._all_of(children)
            case Or(children):
                return set[int]().union(*map(self.docs, children))
            case AtLeast(children, least):
                return {doc for doc, count in self._counts(children).items() if count >= least}
            case Boost(child):
                return self.docs(child)
            case Not(child):
                return segment.all_docs - self.docs(child)
            case Term(stem, field=field):
                return segment.with_stem(stems_field(field), stem)
            case Exact(word, field=field):
                return self._docs_of_word(words_field(field), word)
            case Phrase(words, distance=distance, field=field, ordered=ordered):
                common = self._all_of([Exact(word, "", field) for word in dict.fromkeys(words)])
                return segment.phrase(words_field(field), words, common, distance, ordered=ordered)
            case AnyOf(alternatives):
                return set[int]().union(*map(self.docs, alternatives))
            case DateRange(days, within):
                return segment.within(days) if within else segment.overlapping(days)
            case MatchAll():
                return segment.all_docs
            case MatchNone():
                return frozenset()
        raise EngineError(f"{query} must be expanded before an engine sees it.")

    def _docs_of_word(self, field: str, word: str) -> Docs:
        if (field, word) not in self._with_word:
            self._with_word[field, word] = self._segment.postings.docs(field, word)
        return self._with_word[field, word]

    def _counts(self, children: tuple[Query, ...]) -> Counter[int]:
        """How many of the children each document matches."""
        if children not in self._matched:
            self._matched[children] = Counter(chain.from_iterable(map(self.docs, children)))
        return self._matched[children]

    def _all_of(self, children: Sequence[Query]) -> Docs:
        found: Docs | None = None
        for child in sorted(children, key=lambda child: isinstance(child, Not)):  # exclusions last
            if isinstance(child, Not):
                found = (self._segment.all_docs if found is None else found) - self.docs(child.child)
            else:
                found = self.docs(child) if found is None else found & self.docs(child)
            if not found:
                break
        return self._segment.all_docs if found is None else found

    def _add(self, query: Query, docs: Docs, scores: Scores) -> None:
        """Add the query's scores to those of `docs`, all of which match it."""
        match query:
            case And(children):
                for child in children:
                    self._add(child, docs, scores)
            case Or(children) | AtLeast(children):
                for child in children:
                    self._add(child, docs & self.docs(child), scores)
            case Boost(child, preferred, bonus):
                self._add(child, docs, scores)
                _sum(dict.fromkeys(docs & self.docs(preferred), bonus), 1, scores)
            case Term() | Exact() | Phrase():
                stems = _stems(query)
                for stem in set(stems):
                    _sum(self._scores_of(stem, docs), stems.count(stem), scores)
            case AnyOf():
                best: Scores = {}
                for stem in set(_stems(query)):
                    found = self._scores_of(stem, docs).items()
                    best |= {doc: score for doc, score in found if score > best.get(doc, 0.0)}
                _sum(best, 1, scores)
            case _:
                return

    def _scores_of(self, stem: Stem, docs: Docs) -> Scores:
        """The scores of a stem in those of the documents that have it."""
        if stem not in self._repeated:
            return self._segment.scores(stem, docs)
        scores = self._repeated[stem]
        if scores is None:
            scores = self._repeated[stem] = self._segment.scores(stem, self._segment.all_docs)
        return {doc: score for doc, score in scores.items() if doc in docs}


def _stems(leaf: Query) -> Sequence[Stem]:
    """The stems by which a leaf scores, each as often as it counts."""
    match leaf:
        case Term(stem, count=times):
            return [stem] * times
        case Exact(stem=stem):
            return [stem]
        case Phrase(stems=stems):
            return stems
        case AnyOf(alternatives):
            return [word.stem for word in alternatives]
        case _:
            return []


def _sum(more: Scores, times: int, scores: Scores) -> None:
    for doc, score in more.items():
        scores[doc] += times * score
