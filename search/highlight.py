"""What of a text matched? The words as written, however they were matched: stem, exact, any of, phrase.

A phrase is marked where it stands as a phrase, its words elsewhere are not; what stands under a NOT
is never marked; a leaf that names a field is marked in that field alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis import Analyzer, Token
from search.proximity import in_a_row, is_near
from search.query import AnyOf, Exact, Phrase, Query, Term, leaves
from search.results import Highlight

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read with a query: what matched, as character ranges in order, never overlapping.

    `fields` maps title, summary and citation to their ranges, `body` holds the body's.
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
    places: dict[str, list[int]] = {word: [] for phrase in wanted.phrases for word in phrase.words}
    for place, token in enumerate(tokens) if places else ():
        if token.word in places:
            places[token.word].append(place)
    for phrase in wanted.phrases:
        spans += (_near if phrase.distance else _in_a_row)(tokens, places, phrase)
    return tuple(_merged(spans))


def mark(name: str, text: str, wanted: Wanted, analyzer: Analyzer) -> Highlight:
    """A whole field with what is wanted in it."""
    return Highlight(name, text, find(text, wanted, analyzer))


def _in_a_row(
    tokens: Sequence[Token], places: Mapping[str, Sequence[int]], phrase: Phrase
) -> Iterable[Range]:
    for place in in_a_row([places[word] for word in phrase.words]):
        yield tokens[place].start, tokens[place + len(phrase.words) - 1].end


def _near(tokens: Sequence[Token], places: Mapping[str, Sequence[int]], phrase: Phrase) -> Iterable[Range]:
    for pair in pairwise(phrase.words):
        for word, other in (pair, pair[::-1]):
            for place in places[word]:
                if is_near(place, places[other], phrase.distance):
                    yield tokens[place].start, tokens[place].end


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
