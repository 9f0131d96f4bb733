"""In how many documents is each word, of those that a transaction puts, less those that it replaces?

Counted as they go by: a cluster has no quick way to list all words of an index. What outgrows MOST is sorted
and kept in temporary files, which are merged at the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from search.analyzed import AnalyzedDocument
from search.engines.fields import word_fields, words_of
from search.schema import TEXT, Schema

MOST = 1_000_000
"""Words counted in memory."""


def counted_fields(schema: Schema) -> tuple[str, ...]:
    """The fields that have a vocabulary: those of words, and TEXT for the frequencies of stems."""
    return (*word_fields(schema), TEXT)


class WordCounts:
    """The words of each field, each with its number of documents; in all, there are `documents` of `tokens`.

    Numbers are below 0 where more was taken away than added.
    """

    def __init__(self, schema: Schema) -> None:
        self._counters: dict[str, Counter[str]] = {field: Counter() for field in counted_fields(schema)}
        self._runs: list[_Run] = []
        self.documents = self.tokens = 0

    def add(self, document: AnalyzedDocument) -> None:
        """Count the words of a document."""
        self.documents += 1
        self.tokens += _tokens(document)
        for field, counter in self._counters.items():
            counter.update(_words(document, field))
        self._spill()

    def take_away(self, document: AnalyzedDocument) -> None:
        """Count the words of a document as gone."""
        self.documents -= 1
        self.tokens -= _tokens(document)
        for field, counter in self._counters.items():
            counter.subtract(_words(document, field))
        self._spill()

    @property
    def are_none(self) -> bool:
        """Whether no document was added or taken away."""
        return not any(self._counters.values()) and not self._runs

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are counted."""
        return tuple(self._counters)

    def of(self, field: str) -> Iterator[tuple[str, int]]:
        """The words of a field whose number is not 0, by alphabet; to be read before those of another."""
        every = merge(*(run.of(field) for run in self._runs), sorted(self._counters[field].items()))
        for word, same in groupby(every, key=itemgetter(0)):
            if number := sum(number for _, number in same):
                yield word, number

    def close(self) -> None:
        """Remove the temporary files."""
        for run in self._runs:
            run.file.close()

    def _spill(self) -> None:
        if sum(map(len, self._counters.values())) < MOST:
            return
        self._runs.append(_Run.of_counters(self._counters))
        for counter in self._counters.values():
            counter.clear()


class _Run(NamedTuple):
    """Sorted words in a temporary file, a line each with its number; `places` are those of the fields."""

    file: IO[str]
    places: Mapping[str, tuple[int, int]]

    @classmethod
    def of_counters(cls, counters: Mapping[str, Counter[str]]) -> "_Run":
        places = {}
        file = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - until `close`
        for field, counter in counters.items():
            places[field] = file.tell(), len(counter)
            file.writelines(f"{word} {number}\n" for word, number in sorted(counter.items()))
        return cls(file, places)

    def of(self, field: str) -> Iterator[tuple[str, int]]:
        start, lines = self.places[field]
        self.file.seek(start)
        for line in islice(self.file, lines):
            word, _, number = line.rpartition(" ")
            yield word, int(number)


def _words(document: AnalyzedDocument, field: str) -> Iterable[str]:
    if field == TEXT:
        return set(" ".join([stems for stems, _ in document.weighted_stems]).split())
    return words_of(document, field)


def _tokens(document: AnalyzedDocument) -> int:
    """The document's length, of which its `text` need not be counted."""
    return sum((stems.count(" ") + 1) * weight for stems, weight in document.weighted_stems if stems)
