"""Why does a document have this score? The sum taken apart, as Lucene's `Explanation` does it.

The score is computed once more from the document's text and the index's statistics, by the formula of
`search.ranking`: what an engine returned can be checked against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.stem import Stem, parts_of, stems_shown
from search.analyzed import analyze
from search.document import Document
from search.engines import Engine
from search.engines.memory.evaluator import IndexedDocument, matches
from search.query.scoring import title_bonus
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term
from search.ranking import Collection, bm25, idf, round_length
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """A part of a score: its value, what it stands for, and the parts that it is made of."""

    value: float
    description: str
    details: tuple["ScoreExplanation", ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as text, a line for each part, indented by its depth."""
        yield f"{'  ' * depth}{self.value:.5g}  {self.description}"
        for detail in self.details:
            yield from detail.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class AnswerExplanation:
    """The request that found an answer, its query expanded, and each hit's score with its explanation."""

    request: SearchRequest
    engine: str
    scores: tuple[tuple[float, ScoreExplanation], ...]


def explain(document: Document, query: Query, engine: Engine) -> ScoreExplanation:
    """The score of a document that matches an expanded query. Raises EngineError alone."""
    with engine.reading():
        return _Explainer(IndexedDocument(analyze(document, engine.schema)), engine).explain(query)


@dataclass(frozen=True)
class _Explainer:
    """Explains the score of one document in one commit of an index."""

    document: IndexedDocument
    engine: Engine

    def explain(self, query: Query) -> ScoreExplanation:
        parts = [*self._parts(query), *self._title(query)]
        return _sum(f"score of {self.document.analyzed.id} for {query}", parts)

    def _parts(self, query: Query) -> Iterator[ScoreExplanation]:
        """What each leaf that the document matches adds to its score."""
        match query:
            case And(children) | Or(children) | AtLeast(children):
                for child in children:
                    if matches(child, self.document):
                        yield from self._parts(child)
            case Boost(child, preferred, bonus):
                yield from self._parts(child)
                if matches(preferred, self.document):
                    yield ScoreExplanation(bonus, f"bonus for {preferred}")
            case Term(stem, count=count):
                yield self._stem(stem, str(query), count)
            case Exact(stem=stem):
                yield self._stem(stem, str(query))
            case Phrase(words, stems) if stems:
                parts = [self._stem(stem, word) for word, stem in zip(words, stems, strict=True)]
                yield _sum(f"phrase {query}, the sum of its stems", parts)
            case AnyOf(alternatives):
                found = dict.fromkeys(item.stem for item in alternatives if self.document.has(item.stem, ""))
                scores = [self._stem(stem, _together(stem)) for stem in sorted(found, key=parts_of)]
                best = max(scores, key=lambda score: score.value, default=ScoreExplanation(0.0, "no stem"))
                yield ScoreExplanation(best.value, f"{query}, the best of its stems", (best,))
            case Not() | Phrase():
                return
            case _:
                yield ScoreExplanation(0.0, f"{query}, which does not score")

    def _stem(self, stem: Stem, word: str, count: int = 1) -> ScoreExplanation:
        analyzed = self.document.analyzed
        statistics = self.engine.statistics([stem])
        collection, documents = statistics.collection, statistics.frequencies[stem]
        weight = idf(collection.documents, documents)
        frequency = max(analyzed.text.get(part, 0) for part in parts_of(stem))
        which = "the stem" if isinstance(stem, str) else "one of the stems"
        damping = collection.damping(analyzed.length)
        details = (
            ScoreExplanation(weight, f"idf: {documents} of {collection.documents} documents have {which}"),
            ScoreExplanation(frequency, f"frequency of {which}, weighted by field"),
            ScoreExplanation(damping, _damping(analyzed.length, collection)),
        )
        times = f", typed {count} times" if count > 1 else ""
        value = count * bm25(weight, frequency, damping)
        return ScoreExplanation(value, f"term {word}, {stems_shown(stem)}{times}", details)

    def _title(self, query: Query) -> Iterator[ScoreExplanation]:
        """The bonus of a title that holds words of the query."""
        bonus, title_stems = title_bonus(query, self.engine.statistics), self.document.analyzed.title_stems
        held = [stem for stem in bonus.idfs if self.document.has(stem, "title")]
        if not held or not title_stems:
            return
        weight = sum(bonus.idfs[stem] for stem in held)
        details = (
            ScoreExplanation(weight, f"idf of the stems in the title: {', '.join(map(_together, held))}"),
            ScoreExplanation(min(1.0, len(held) / title_stems), f"share of the title's {title_stems} stems"),
            ScoreExplanation(weight / bonus.upper_bound, "share of the query's idf"),
        )
        yield ScoreExplanation(bonus.score(weight, len(held), title_stems), "title bonus", details)


def _together(stem: Stem) -> str:
    return " or ".join(parts_of(stem))


def _sum(description: str, parts: list[ScoreExplanation]) -> ScoreExplanation:
    return ScoreExplanation(sum(part.value for part in parts), description, tuple(parts))


def _damping(length: int, collection: Collection) -> str:
    rounded = round_length(length)
    return f"damping by length: {rounded} tokens, {collection.average_length:.1f} on average"
