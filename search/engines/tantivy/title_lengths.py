"""How many titles hold a stem, by their lengths? Looked up once for each stem and commit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from search.analysis.stem import Stem, parts_of
from search.engines.tantivy.compiler import TITLE_STEMS, Compiled, Compiler
from search.engines.tantivy.fields import TITLE_LENGTHS, round_title_length

_KNOWN = 5_000  # stems


@dataclass(frozen=True, slots=True)
class TitlesOfLength:
    """The titles that hold a stem and have `stems` of them, rounded; 0 for titles of any length."""

    stems: int
    documents: int
    query: Compiled


class TitleLengths:
    """The titles of one commit. An index of an earlier format does not tell their lengths apart."""

    def __init__(self, searcher: tantivy.Searcher, compiler: Compiler) -> None:
        self._searcher, self._compiler = searcher, compiler
        self._are_known = compiler.has(TITLE_LENGTHS)
        self.titles_with = lru_cache(_KNOWN)(self._titles_with)

    def rounded(self, stems: int) -> int | None:
        """The length under which a title of so many stems is listed; None if it is not, as makeshift ones."""
        if not self._are_known:
            return 0
        return round_title_length(stems) or None

    def _titles_with(self, stem: Stem) -> tuple[TitlesOfLength, ...]:
        """The titles that hold a stem, deleted documents included: no title is in two of these."""
        find = self._by_length if self._are_known else self._of_any_length
        return tuple(found for part in parts_of(stem) for found in find(part))

    def _by_length(self, part: str) -> Iterator[TitlesOfLength]:
        for term, documents in self._searcher.terms_with_prefix(TITLE_LENGTHS, f"{part}/"):
            stems = term.removeprefix(f"{part}/")
            if stems.isdigit():  # else it is another stem, with a stroke in it
                yield TitlesOfLength(int(stems), documents, self._compiler.term(TITLE_LENGTHS, term))

    def _of_any_length(self, part: str) -> Iterator[TitlesOfLength]:
        if documents := self._searcher.doc_freq(TITLE_STEMS, part):
            yield TitlesOfLength(0, documents, self._compiler.term(TITLE_STEMS, part))
