"""The title bonus in Tantivy: an upper bound in the query, and the exact bonus of the hits that it finds.

Tantivy's scores are sums over the clauses of a query, which the bonus is not. So a query adds for each word
in a title what it gains alone in a title of that length; if several words are in it, what each of them gains
at most. No bonus exceeds this, and the hits are scored again by the definition.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import ceil
from typing import Any

import tantivy
from tantivy import Occur

from search.analysis.stem import Stem
from search.engines.tantivy.compiler import SCALE, Clause, Compiled, Compiler
from search.engines.tantivy.title_lengths import TitleLengths
from search.ranking import TitleBonus

Address = Any  # tantivy.DocAddress
ScoredAddress = tuple[float, Address]  # score and address, as Tantivy returns them
Held = dict[tuple[int, int], int]  # address -> the stems that are in the title, as bits

_FEW = 200  # titles that are looked up all at once; hits of more titles are looked up by their keys
_FOUND_AGAIN = 400  # hits that are looked up by their keys; for more of them, all titles are
_EXACT_BITS = 20  # stems whose bits add up to an exact score: Tantivy's have 24 bits
_UNIT = 1 / 4096  # gains are multiples of it, so that their sums are exact, whatever their order


def address_key(address: Address) -> tuple[int, int]:
    """A document's address as a hashable key: segment ordinal, number in the segment."""
    return address.segment_ord, address.doc


class TitleScores:
    """Adds the bonus to the scores of one query."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        compiler: Compiler,
        query: Compiled,
        bonus: TitleBonus,
        lengths: TitleLengths,
    ) -> None:
        self._searcher, self._compiler, self._query = searcher, compiler, query
        self._bonus, self._lengths = bonus, lengths
        titles = {stem: lengths.titles_with(stem) for stem in bonus.idfs}
        self._titles = {stem: found for stem, found in titles.items() if found}
        self._stems = list(self._titles)
        self._known_excesses: dict[tuple[int, int], float] = {}

    @cached_property
    def bound(self) -> Compiled:
        """The query with scores that are never below the exact ones."""
        if not self._titles:
            return self._query
        clauses = [(Occur.Must, self._query), (Occur.Should, self._gained(self._alone))]
        if len(self._stems) > 1:
            more = self._gained(lambda stem, length: self._beside(stem, length) - self._alone(stem, length))
            clauses.append((Occur.Should, tantivy.Query.boolean_query([self._several, (Occur.Must, more)])))
        return tantivy.Query.boolean_query(clauses)

    def only(self, addresses: Sequence[Address]) -> Compiled:
        """A query for these documents, which adds nothing to a score."""
        return self._compiler.with_keys(self._integers("key", addresses))

    def exact(self, hits: Sequence[ScoredAddress]) -> list[ScoredAddress]:
        """Hits of `bound` with their exact scores, in the same order."""
        if not self._titles or not hits:
            return list(hits)
        keys = [address_key(address) for _, address in hits]
        held = self._held([address for _, address in hits])
        titled = [(key, hit[1]) for key, hit in zip(keys, hits, strict=True) if key in held]
        lengths = self._integers("title_length", [address for _, address in titled])
        excesses = {
            key: self._excess(held[key], length) for (key, _), length in zip(titled, lengths, strict=True)
        }
        return [
            (hit[0] + excesses[key], hit[1]) if key in excesses else hit
            for key, hit in zip(keys, hits, strict=True)
        ]

    def _gained(self, gain: Callable[[Stem, int], float]) -> Compiled:
        """What titles gain by their stems, as a query: a sum of clauses for each stem and length."""
        return tantivy.Query.boolean_query(
            [
                (Occur.Should, tantivy.Query.const_score_query(titles.query, gain(stem, titles.stems)))
                for stem, found in self._titles.items()
                for titles in found
            ]
        )

    @property
    def _several(self) -> Clause:
        """The documents with several of the stems in their title."""
        titles = [(Occur.Should, self._compiler.title(stem)) for stem in self._stems]
        several = tantivy.Query.boolean_query(titles, minimum_number_should_match=2)
        return Occur.Must, tantivy.Query.const_score_query(several, 0.0)

    def _alone(self, stem: Stem, title_stems: int) -> float:
        """What a stem gains as the only one of the query in a title of at least so many stems."""
        return _rounded_up(self._bonus.score(self._bonus.idfs[stem], 1, title_stems or 1))

    def _beside(self, stem: Stem, title_stems: int) -> float:
        """What a stem beside others gains at most: the query's stems are no larger share of a title."""
        share = min(1.0, len(self._bonus.idfs) / (title_stems or 1))
        return _rounded_up(self._bonus.idfs[stem] * share)

    def _excess(self, bits: int, title_stems: int) -> float:
        """What the bound of a title with these stems has too much, below 0."""
        known = self._known_excesses.get((bits, title_stems))
        if known is not None:
            return known
        stems = [stem for at, stem in enumerate(self._stems) if bits >> at & 1]
        bonus = self._bonus.score(sum(self._bonus.idfs[stem] for stem in stems), len(stems), title_stems)
        length = self._lengths.rounded(title_stems)
        gain = self._beside if len(stems) > 1 else self._alone
        gained = 0.0 if length is None else sum(gain(stem, length) for stem in stems)
        excess = bonus / SCALE - gained
        self._known_excesses[bits, title_stems] = excess
        return excess

    def _held(self, addresses: Sequence[Address]) -> Held:
        """The query's stems that are in the titles of these hits; no entry for a title without any."""
        if self._are_few or len(addresses) > _FOUND_AGAIN:
            return self._all_held
        return self._held_among(self.only(addresses))

    @property
    def _are_few(self) -> bool:
        return sum(titles.documents for found in self._titles.values() for titles in found) <= _FEW

    @cached_property
    def _all_held(self) -> Held:
        """As `_held`, of all hits of the query; of few titles, whether they are hits or not."""
        return self._held_among(tantivy.Query.all_query() if self._are_few else self._query)

    def _held_among(self, some: Compiled) -> Held:
        held: Held = {}
        for start in range(0, len(self._stems), _EXACT_BITS):
            for score, address in self._marked(some, self._stems[start : start + _EXACT_BITS]):
                key = address_key(address)
                held[key] = held.get(key, 0) | int(score) << start
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

    def _integers(self, field: str, addresses: Sequence[Address]) -> list[int]:
        found = self._searcher.fast_field_values(field, list(addresses))
        return [int(value or 0) for value in found]


def _rounded_up(gain: float) -> float:
    """A gain in Tantivy's scores."""
    return ceil(gain / SCALE / _UNIT) * _UNIT
