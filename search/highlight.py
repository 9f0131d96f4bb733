"""What of a text matched? The words as written, however they were matched: stem, exact, any of, phrase.

A phrase is marked where it stands as a phrase, its words elsewhere are not; what stands under a NOT
is never marked; a leaf that names a field is marked in that field alone. Each match says which words
of the query it is, as bits: of a phrase each word has its own, of alternatives all have one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import or_

from search.analysis import Analyzer, Forms
from search.proximity import in_a_row, near
from search.query import AnyOf, Exact, Leaf, Phrase, Query, Term, leaves
from search.results import Highlight

Range = tuple[int, int]
Match = tuple[int, int, int]
"""The characters from `start` to `end`, and the bits of the words of the query that they are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read with a query: what matched, as character ranges in order, never overlapping.

    `fields` maps title, summary and citation to their ranges, `body` holds the body's.
    """

    body: tuple[Range, ...] = ()
    fields: dict[str, tuple[Range, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query marks in one field: stems, folded words and phrases, each with its bits."""

    stems: Mapping[str, int]
    words: Mapping[str, int]
    phrases: tuple[tuple[Phrase, tuple[int, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.words or self.phrases)

    @property
    def bits(self) -> int:
        """Those of all that is wanted."""
        phrased = (bit for _, bits in self.phrases for bit in bits)
        return reduce(or_, [*self.stems.values(), *self.words.values(), *phrased], 0)


def wanted_in(query: Query, name: str, *, named_only: bool = False) -> Wanted:
    """What the query marks in the field of this name; `named_only`: by leaves that name it.

    A word of the query has the same bit in every field.
    """
    places = {name} if named_only else {"", name}
    stems: dict[str, int] = {}
    words: dict[str, int] = {}
    phrases: list[tuple[Phrase, tuple[int, ...]]] = []
    bit = 1
    for leaf in leaves(query):
        bits = [bit << number for number in range(_words_of(leaf))]
        match leaf:
            case Term(stem, field=place) if place in places:
                stems[stem] = stems.get(stem, 0) | bit
            case Exact(word, field=place) if place in places:
                words[word] = words.get(word, 0) | bit
            case AnyOf(alternatives):
                for item in alternatives:
                    if item.field in places:
                        words[item.word] = words.get(item.word, 0) | bit
            case Phrase(field=place) if place in places:
                phrases.append((leaf, tuple(bits)))
        bit <<= len(bits)
    return Wanted(stems, words, tuple(phrases))


def find(text: str, wanted: Wanted, analyzer: Analyzer) -> tuple[Range, ...]:
    """The ranges of a text that are wanted; those of a phrase's neighbouring words are one range."""
    return tuple((start, end) for start, end, _ in matches(text, wanted, analyzer))


def matches(text: str, wanted: Wanted, analyzer: Analyzer) -> list[Match]:
    """What of a text is wanted, in order and never overlapping.

    The text is cut into words once; which of them are wanted is known by how those of the query can
    be written, without a look at each.
    """
    if not wanted or not text:
        return []
    pieces = analyzer.split(text)
    written = pieces[1::2]
    forms = analyzer.forms(written)
    marks: dict[str, int] = {}
    for stem, bits in wanted.stems.items():
        for word in forms.of_stem.get(stem, ()):
            for form in forms.of_word[word]:
                marks[form] = marks.get(form, 0) | bits
    for word, bits in wanted.words.items():
        for form in forms.of_word.get(word, ()):
            marks[form] = marks.get(form, 0) | bits
    found = [(place, place, marks[form]) for place, form in enumerate(written) if form in marks]
    if wanted.phrases:
        places = _places(written, wanted, forms)
        found = list(_merged(sorted([*found, *_phrases(wanted, places)])))
    return list(_located(pieces, found))


def mark(name: str, text: str, wanted: Wanted, analyzer: Analyzer) -> Highlight:
    """A whole field with what is wanted in it."""
    return Highlight(name, text, find(text, wanted, analyzer))


def _words_of(leaf: Leaf) -> int:
    match leaf:
        case Phrase(words):
            return len(words)
        case Term() | Exact() | AnyOf():
            return 1
        case _:  # of what marks nothing
            return 0


def _places(written: Sequence[str], wanted: Wanted, forms: Forms) -> dict[str, list[int]]:
    """Where each word of the phrases stands."""
    places: dict[str, list[int]] = {word: [] for phrase, _ in wanted.phrases for word in phrase.words}
    as_written = {form: places[word] for word in places for form in forms.of_word.get(word, ())}
    for place, form in enumerate(written):
        if form in as_written:
            as_written[form].append(place)
    return places


def _phrases(wanted: Wanted, places: Mapping[str, Sequence[int]]) -> Iterator[Match]:
    """Where phrases stand, as the places of their first and last words."""
    for phrase, bits in wanted.phrases:
        where = [places[word] for word in phrase.words]
        if phrase.distance:
            for (ones, one), (others, other) in pairwise(zip(where, bits, strict=True)):
                yield from ((place, place, one) for place in near(ones, others, phrase.distance))
                yield from ((place, place, other) for place in near(others, ones, phrase.distance))
        else:
            whole = sum(bits)
            yield from ((place, place + len(bits) - 1, whole) for place in in_a_row(where))


def _merged(found: Iterable[Match]) -> Iterator[Match]:
    last: Match | None = None
    for start, end, bits in found:
        if last is None:
            last = (start, end, bits)
        elif start <= last[1]:
            last = (last[0], max(last[1], end), last[2] | bits)
        else:
            yield last
            last = (start, end, bits)
    if last is not None:
        yield last


def _located(pieces: Sequence[str], found: Sequence[Match]) -> Iterator[Match]:
    """The characters that places stand at. `pieces` are gaps and words by turns."""
    at = done = 0
    for first, last, bits in found:
        word = 2 * first + 1
        start = at + len("".join(pieces[done:word]))
        done = 2 * last + 2
        at = start + len(pieces[word] if first == last else "".join(pieces[word:done]))
        yield start, at, bits
