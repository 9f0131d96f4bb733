"""What does a query mark in a field of a document?

A phrase is marked where it stands as a phrase, its words elsewhere are not; what stands under a NOT
is never marked; a leaf that names a field is marked in that field alone. Of the bits that say which words
of the query were matched, each word of a phrase has its own, and all alternatives have one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from search.highlighting.scanner import Needle, few, needle
from search.query.tree import AnyOf, Exact, Leaf, Phrase, Query, Term, leaves


@dataclass(frozen=True, slots=True)
class Clues:
    """What finds the words that are wanted, and each word of the phrases."""

    words: tuple[Needle, ...]
    phrases: tuple[tuple[Needle | None, ...], ...]


@dataclass(frozen=True)  # without slots, for what is worked out once
class Wanted:
    """What a query marks in one field: stems, folded words and phrases, each with its bits."""

    stems: Mapping[str, int]
    words: Mapping[str, int]
    phrases: tuple[tuple[Phrase, tuple[int, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.words or self.phrases)

    @cached_property
    def bits(self) -> int:
        """Those of all that is wanted."""
        phrased = (bit for _, bits in self.phrases for bit in bits)
        return reduce(or_, [*self.stems.values(), *self.words.values(), *phrased], 0)

    @cached_property
    def clues(self) -> Clues | None:
        """None if what is wanted can only be known of a text that is cut."""
        if any(phrase.distance for phrase, _ in self.phrases):
            return None
        stems = (needle(stem, is_stem=True) for stem in self.stems)
        phrases = tuple(tuple(map(needle, phrase.words)) for phrase, _ in self.phrases)
        return Clues(few([*stems, *map(needle, self.words)]), phrases)


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


def _words_of(leaf: Leaf) -> int:
    match leaf:
        case Phrase(words):
            return len(words)
        case Term() | Exact() | AnyOf():
            return 1
        case _:  # of what marks nothing
            return 0
