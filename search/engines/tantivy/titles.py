"""The title bonus in Tantivy: an upper bound in the query, and the exact bonus of the hits that it finds.

Tantivy's scores are sums over the clauses of a query, which the bonus is not. So a query adds the idf of each
word in the title, which no bonus exceeds, and the hits are scored again by the definition.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Occur

from search.analysis.stem import Stem
from search.engines.tantivy.compiler import SCALE, Clause, Compiled, Compiler
from search.ranking import TitleBonus

Address = Any  # tantivy.DocAddress
ScoredAddress = tuple[float, Address]  # score and address, as Tantivy returns them
Held = dict[tuple[int, int], list[float]]  # address -> the idfs of stems that are in the title

_FOUND_AGAIN = 200  # hits that are looked up by their keys; for more of them, all titles are
_EXACT_BITS = 20  # stems whose bits add up to an exact score: Tantivy's have 24 bits


def address_key(address: Address) -> tuple[int, int]:
    """A document's address as a hashable key: segment ordinal, number in the segment."""
    return address.segment_ord, address.doc


def read_keys(searcher: tantivy.Searcher, addresses: Sequence[Address]) -> list[int]:
    """The keys of hits, by which `Compiler.with_keys` finds them again."""
    return _integers(searcher, "key", addresses)


def _integers(searcher: tantivy.Searcher, field: str, addresses: Sequence[Address]) -> list[int]:
    return [int(value or 0) for value in searcher.fast_field_values(field, list(addresses))]


class TitleScores:
    """Adds the bonus to the scores of one query."""

    def __init__(
        self, searcher: tantivy.Searcher, compiler: Compiler, query: Compiled, bonus: TitleBonus
    ) -> None:
        self._searcher, self._compiler, self._query, self._bonus = searcher, compiler, query, bonus

    @property
    def bound(self) -> Compiled:
        """The query with scores that are never below the exact ones."""
        gains = [
            (Occur.Should, tantivy.Query.const_score_query(self._compiler.title(stem), idf / SCALE))
            for stem, idf in self._bonus.idfs.items()
        ]
        return tantivy.Query.boolean_query([(Occur.Must, self._query), *gains]) if gains else self._query

    def exact(self, hits: Sequence[ScoredAddress]) -> list[ScoredAddress]:
        """Hits of `bound` with their exact scores, in the same order."""
        if not self._bonus.idfs or not hits:
            return list(hits)
        addresses = [address for _, address in hits]
        held, none = self._held(addresses), list[float]()
        lengths = _integers(self._searcher, "title_length", addresses)
        return [
            (score + self._excess(held.get(address_key(address), none), length), address)
            for (score, address), length in zip(hits, lengths, strict=True)
        ]

    def _excess(self, held: Sequence[float], title_stems: int) -> float:
        """What the bound of a title with stems of these idfs has too much, below 0."""
        if not held:
            return 0.0
        weight = sum(held)
        return (self._bonus.score(weight, len(held), title_stems) - weight) / SCALE

    def _held(self, addresses: Sequence[Address]) -> Held:
        """The idfs of the query's stems that are in the titles of these hits."""
        if len(addresses) > _FOUND_AGAIN:
            return self._all_held
        return self._held_among(self._compiler.with_keys(read_keys(self._searcher, addresses)))

    @cached_property
    def _all_held(self) -> Held:
        """As `_held`, of all hits of the query."""
        return self._held_among(self._query)

    def _held_among(self, some: Compiled) -> Held:
        held: Held = {}
        every = list(self._bonus.idfs)
        for start in range(0, len(every), _EXACT_BITS):
            stems = every[start : start + _EXACT_BITS]
            for score, address in self._marked(some, stems):
                bits = int(score)
                found = [self._bonus.idfs[stem] for at, stem in enumerate(stems) if bits >> at & 1]
                held.setdefault(address_key(address), []).extend(found)
        return held

    def _marked(self, some: Compiled, stems: Sequence[Stem]) -> list[ScoredAddress]:
        """Those of some documents with one of the stems in the title; the bits of a score say which."""
        bits: list[Clause] = [
            (Occur.Should, tantivy.Query.const_score_query(self._compiler.title(stem), float(1 << at)))
            for at, stem in enumerate(stems)
        ]
        alone = tantivy.Query.const_score_query(some, 0.0)
        either = tantivy.Query.boolean_query(bits)
        marked = tantivy.Query.boolean_query([(Occur.Must, alone), (Occur.Must, either)])
        found = self._searcher.search(marked, limit=_FOUND_AGAIN, count=True)
        count = int(found.count)  # type: ignore[attr-defined] # missing in the library's stubs
        return list(found.hits if count <= _FOUND_AGAIN else self._searcher.search(marked, limit=count).hits)
