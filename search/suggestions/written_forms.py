"""How do documents write a word? Asked of a few that have it, so that no suggestion is shown folded."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.characters import APOSTROPHES
from search.analysis.elision import without_elided
from search.cache import GenerationCache
from search.engines import Engine
from search.highlighting.matcher import match_ranges
from search.highlighting.query_terms import query_terms
from search.query.tree import Exact
from search.request import SearchRequest

CACHED_FORMS = 10_000
"""Written forms cached for one generation of the index."""

_DOCUMENTS = 3  # documents that are asked: those with the highest scores, which have the word most often
_MAX_SCANNED = 20_000  # characters of a value in which the word is looked for
_SMALL_SHARE = 0.1  # of its places, at which a word is written small that is no name
_POSSESSIVE = re.compile(f"[{APOSTROPHES}]s$", re.IGNORECASE)
_OPERATORS = frozenset(("AND", "OR", "NOT"))


@dataclass(frozen=True, slots=True)
class WrittenForms:
    """The written forms of folded words; `cache` keeps those of one generation."""

    engine: Engine
    cache: GenerationCache

    def of(self, word: str, field: str = "") -> str:
        """The form that documents write most often, *Égypte* or *NATO*; the folded word if none has it.

        A word that is written small now and then is no name, however often it heads a sentence or title.

        It is a word of a query that stands for the same term. Raises EngineError alone.
        """
        generation = self.engine.info().generation
        return self.cache.get(generation, (word, field), lambda: self._most_frequent(word, field))

    def _most_frequent(self, word: str, field: str) -> str:
        analyzer = self.engine.analyzer
        counts = Counter(self._forms(Exact(word, analyzer.stem(word), field)))
        small = counts.total() * _SMALL_SHARE

        def rank(form: str) -> tuple[bool, int, str]:
            return not (form.islower() and counts[form] >= small), -counts[form], form

        ranked = sorted(counts, key=rank)
        as_typed = [form for form in ranked if form not in _OPERATORS]
        return next((form for form in as_typed if [w for w, _ in analyzer.pairs(form)] == [word]), word)

    def _forms(self, leaf: Exact) -> Iterator[str]:
        """The word as each place of a few documents writes it."""
        schema, terms = self.engine.schema, query_terms(leaf, leaf.field)
        hits = self.engine.search(SearchRequest(leaf, limit=_DOCUMENTS)).hits
        fields = [
            item for item in schema.fields if item.name == leaf.field or (not leaf.field and item.weight)
        ]
        for document in self.engine.get_many([hit.id for hit in hits]):
            for value in (value for item in fields if document for value in item.values(document)):
                text = value[:_MAX_SCANNED]
                for start, end in match_ranges(text, terms, schema.analyzer):
                    yield _POSSESSIVE.sub("", without_elided(text[start:end]))
