"""The words of a field and their document frequencies, looked up by prefix and by edit distance."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter

from search.cache import GenerationCache
from search.edits import EditPattern
from search.engines.answer_scope import once
from search.engines.terms.term_list import DAMAGE, TermList, encode
from search.errors import IndexDamaged
from search.results import TermCount

KEPT = 1_000
"""Searches for similar words that are kept of one commit; each has found a hundred words at most."""


@dataclass(frozen=True, eq=False)
class TermDictionary:
    """The words of one field in one commit, those without documents left out.

    Each of the `lists` has the words that a commit changed, the oldest first: of a word in several lists, the
    newest has its number of documents, 0 if there is none any more. Methods raise IndexDamaged.
    """

    lists: Sequence[TermList]
    _near: GenerationCache = field(default_factory=lambda: GenerationCache(KEPT), init=False, repr=False)

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "TermDictionary":
        """The dictionary of these words, given by alphabet, each with its number of documents."""
        data, words, text = encode(counts)
        return cls([TermList(data, 0, words, text)])

    def count(self, word: str) -> int:
        """The number of documents that have a word."""
        try:
            for terms in reversed(self.lists):
                if (number := terms.count(word)) is not None:
                    return number
        except DAMAGE as error:
            raise _damaged() from error
        return 0

    def with_prefix(self, prefix: str, limit: int = 10) -> list[TermCount]:
        """The words with a prefix: most documents first, then by word."""

        def found() -> list[TermCount]:
            with _reading():
                return list(islice(self._merged([terms.with_prefix(prefix) for terms in self.lists]), limit))

        return once((self, "prefix", prefix, limit), found)

    def similar(self, word: str, distance: int, limit: int, at_least: int = 1) -> list[TermCount]:
        """The other words within `distance` edits: nearest first, then most documents, then by word.

        Only those in `at_least` documents, which are few where that is many. They are kept for later queries.
        """

        def found() -> list[TermCount]:
            near = once(
                (self, "similar", word, distance, at_least),
                lambda: _Begun(self._similar(word, distance, at_least)),
            )
            with _reading():
                return near.first(limit)

        return [*self._near.get("", (word, distance, limit, at_least), found)]

    def _similar(self, word: str, distance: int, at_least: int) -> Iterator[TermCount]:
        pattern = EditPattern(word)
        near = [terms.similar(pattern, distance, at_least) for terms in self.lists]
        for edits in range(distance):
            yield from self._merged([found[edits] for found in near])

    def _merged(self, found: Iterable[Iterable[TermCount]]) -> Iterator[TermCount]:
        """What is found in each list, in order; of each word, what its newest list has."""
        newest = (self._of(terms, self.lists[place:]) for place, terms in enumerate(found, 1))
        return merge(*newest, key=lambda term: (-term.count, term.term))

    @staticmethod
    def _of(found: Iterable[TermCount], newer: Sequence[TermList]) -> Iterator[TermCount]:
        """The words that have documents and are in no newer list."""
        for term in found:
            if term.count and all(terms.count(term.term) is None for terms in newer):
                yield term


class _Begun:
    """A search for terms that goes on from where it ended when more of them are asked for."""

    def __init__(self, terms: Iterator[TermCount]) -> None:
        self._found: list[TermCount] = []
        self._rest = terms

    def first(self, limit: int) -> list[TermCount]:
        """The first terms, at most `limit`."""
        self._found += islice(self._rest, max(0, limit - len(self._found)))
        return self._found[:limit]


def merged(lists: Sequence[TermList]) -> Iterator[tuple[str, int]]:
    """All words of some lists, the oldest first, by alphabet; of each word, what its newest list has."""
    newest_first = merge(*(_placed(-place, terms) for place, terms in enumerate(lists)))
    for word, same in groupby(newest_first, key=itemgetter(0)):
        _, _, count = next(same)
        yield word, count


def _placed(place: int, terms: TermList) -> Iterator[tuple[str, int, int]]:
    return ((word, place, count) for word, count in terms.items())


@contextmanager
def _reading() -> Iterator[None]:
    """A block that reads lists of words, which may be damaged."""
    try:
        yield
    except DAMAGE as error:
        raise _damaged() from error


def _damaged() -> IndexDamaged:
    return IndexDamaged(
        "The list of the words of the index is damaged; find out more with: opis-index --verify, "
        "and make the index anew with --rebuild."
    )
