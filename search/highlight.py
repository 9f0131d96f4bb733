"""What of a text matched? The words as written, however they were matched: stem, exact, any of, phrase.

A phrase is marked where it stands as a phrase, its words elsewhere are not; what stands under a NOT
is never marked; a leaf that names a field is marked in that field alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis import Analyzer, Token
from search.query import AnyOf, Exact, Phrase, Query, Term, leaves
from search.results import Highlight

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read with a query: what matched, as character ranges in order, never overlapping.

    `fields` maps title and summary to their ranges, `body` holds the body's.
    """

    body: tuple[Range, ...] = ()
    fields: dict[str, tuple[Range, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query marks in one field."""

    stems: frozenset[str]
    words: frozenset[str]
    phrases: tuple[Phrase, ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.words or self.phrases)


def wanted_in(query: Query, name: str) -> Wanted:
    """What the query marks in the field of this name."""
    stems: set[str] = set()
    words: set[str] = set()
    phrases: list[Phrase] = []
    for leaf in leaves(query):
        match leaf:
            case Term(stem, field=place) if place in {"", name}:
                stems.add(stem)
            case Exact(word, field=place) if place in {"", name}:
                words.add(word)
            case AnyOf(alternatives):
                words |= {item.word for item in alternatives if item.field in {"", name}}
            case Phrase(field=place) if place in {"", name}:
                phrases.append(leaf)
    return Wanted(frozenset(stems), frozenset(words), tuple(phrases))


def find(text: str, wanted: Wanted, analyzer: Analyzer) -> tuple[Range, ...]:
    """The ranges of a text that are wanted; those of a phrase's neighbouring words are one range."""
    if not wanted or not text:
        return ()
    tokens = list(analyzer.tokens(text))
    spans = [(t.start, t.end) for t in tokens if t.stem in wanted.stems or t.word in wanted.words]
    for phrase in wanted.phrases:
        spans += _near(tokens, phrase) if phrase.distance else _in_a_row(tokens, phrase.words)
    return tuple(_merged(spans))


def mark(name: str, text: str, wanted: Wanted, analyzer: Analyzer) -> Highlight:
    """A whole field with what is wanted in it."""
    return Highlight(name, text, find(text, wanted, analyzer))


def _in_a_row(tokens: Sequence[Token], words: Sequence[str]) -> Iterable[Range]:
    for i in range(len(tokens) - len(words) + 1):
        if tokens[i].word == words[0] and all(tokens[i + n].word == word for n, word in enumerate(words)):
            yield tokens[i].start, tokens[i + len(words) - 1].end


def _near(tokens: Sequence[Token], phrase: Phrase) -> Iterable[Range]:
    places: dict[str, list[int]] = {word: [] for word in phrase.words}
    for i, token in enumerate(tokens):
        if token.word in places:
            places[token.word].append(i)
    for one, other in pairwise(phrase.words):
        for p in places[one]:
            for q in places[other]:
                if 0 < abs(p - q) <= phrase.distance:
                    yield tokens[p].start, tokens[p].end
                    yield tokens[q].start, tokens[q].end


def _merged(spans: Iterable[Range]) -> Iterable[Range]:
    last: Range | None = None
    for start, end in sorted(spans):
        if last is None:
            last = (start, end)
        elif start < last[1]:
            last = (last[0], max(last[1], end))
        else:
            yield last
            last = (start, end)
    if last is not None:
        yield last
