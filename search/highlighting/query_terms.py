"""What does a query highlight in each field of a document?

A phrase is highlighted where it stands as a phrase, its words elsewhere are not. Nothing under a NOT is
highlighted. A leaf that names a field highlights in that field alone. Query words are numbered by bits:
each word of a phrase has its own bit, all alternatives of an AnyOf share one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from search.analysis.analyzer import Analyzer
from search.analysis.stem import Stem, parts_of
from search.highlighting.scanner import ScanPatterns, merged_prefixes, pattern, stem_patterns
from search.query.traversal import leaves
from search.query.tree import AnyOf, Exact, Leaf, Phrase, Query, Term
from search.schema import Field


@dataclass(frozen=True)  # without slots, which cached_property cannot do with
class FieldQueryTerms:
    """The query's terms for one field: stem -> bits, folded word -> bits, phrases with a bit a word."""

    stems: Mapping[str, int]
    words: Mapping[str, int]
    phrases: tuple[tuple[Phrase, tuple[int, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.words or self.phrases)

    @cached_property
    def bits(self) -> int:
        """The bits of all terms."""
        phrased = (bit for _, bits in self.phrases for bit in bits)
        return reduce(or_, [*self.stems.values(), *self.words.values(), *phrased], 0)

    def meanings(self, analyzer: Analyzer) -> "Meanings":
        """What each word of texts of an analyzer means."""
        if (known := self._meanings.get(analyzer)) is None:
            self._meanings[analyzer] = known = Meanings(self, analyzer)
        return known

    @cached_property
    def _meanings(self) -> "dict[Analyzer, Meanings]":
        return {}

    @cached_property
    def scan_patterns(self) -> ScanPatterns | None:
        """The patterns to scan a text for; None with a near phrase, which needs the text tokenized."""
        if any(phrase.distance for phrase, _ in self.phrases):
            return None
        stems = (one for stem in self.stems for one in stem_patterns(stem))
        terms = merged_prefixes([*stems, *map(pattern, self.words)])
        return ScanPatterns(terms, [[*map(pattern, phrase.words)] for phrase, _ in self.phrases])


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word for which phrases are looked for: its bits, and the words, anchor and bits of each phrase."""

    bits: int
    phrases: tuple[tuple[tuple[str, ...], int, int], ...]


class Meanings(dict[str, int | Anchor]):
    """Cache: a word as written -> the bits of the terms that it matches, or an Anchor."""

    def __init__(self, terms: FieldQueryTerms, analyzer: Analyzer) -> None:
        super().__init__()
        self._terms, self._analyzer = terms, analyzer

    def __missing__(self, written: str) -> int | Anchor:
        terms = self._terms
        word, stem = self._analyzer.forms(())[written]
        bits = terms.stems.get(stem, 0) | terms.words.get(word, 0)
        anchors = terms.scan_patterns.anchors if terms.scan_patterns else ()
        phrases = tuple(
            (phrase.words, anchor, sum(each))
            for (phrase, each), anchor in zip(terms.phrases, anchors, strict=True)
            if phrase.words[anchor] == word
        )
        self[written] = meaning = Anchor(bits, phrases) if phrases else bits
        return meaning


NOTHING = FieldQueryTerms({}, {}, ())
"""The terms of a query for a field in which it highlights nothing."""


def terms_by_field(query: Query, fields: Sequence[Field]) -> dict[str, FieldQueryTerms]:
    """The terms of a query for each field; for one that is not ranked, those of leaves that name it."""
    named = {name for leaf in leaves(query) for name in _fields_of(leaf)}
    unnamed = query_terms(query, "")

    def terms_of(field: Field) -> FieldQueryTerms:
        if field.name in named:
            return query_terms(query, field.name, named_only=not field.weight)
        return unnamed if field.weight else NOTHING

    return {field.name: terms_of(field) for field in fields}


def query_terms(query: Query, field: str, *, named_only: bool = False) -> FieldQueryTerms:
    """The terms of a query for a field; with `named_only`, of the leaves that name this field.

    A word of the query has the same bit in every field.
    """
    fields = {field} if named_only else {"", field}
    stems: dict[str, int] = {}
    words: dict[str, int] = {}
    phrases: list[tuple[Phrase, tuple[int, ...]]] = []
    bit = 1
    for leaf in leaves(query):
        bits = [bit << number for number in range(_bits_needed(leaf))]
        match leaf:
            case Term(stem, field=name) if name in fields:
                _mark(stem, stems, bit)
            case Exact(word, field=name) if name in fields:
                words[word] = words.get(word, 0) | bit
            case AnyOf(alternatives):
                for item in alternatives:
                    if item.field in fields and isinstance(item, Term):
                        _mark(item.stem, stems, bit)
                    elif item.field in fields:
                        words[item.word] = words.get(item.word, 0) | bit
            case Phrase(ordered=True, stems=()):
                pass  # it tells the order of the parts of a quotation, which are leaves themselves
            case Phrase(field=name) if name in fields:
                phrases.append((leaf, tuple(bits)))
        bit <<= len(bits)
    return FieldQueryTerms(stems, words, tuple(phrases))


def _mark(stem: Stem, stems: dict[str, int], bit: int) -> None:
    for part in parts_of(stem):
        stems[part] = stems.get(part, 0) | bit


def _fields_of(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case AnyOf(alternatives):
            return tuple(item.field for item in alternatives)
        case Term() | Exact() | Phrase():
            return (leaf.field,)
        case _:
            return ()


def _bits_needed(leaf: Leaf) -> int:
    match leaf:
        case Phrase(words):
            return len(words)
        case Term() | Exact() | AnyOf():
            return 1
        case _:  # highlights nothing
            return 0
