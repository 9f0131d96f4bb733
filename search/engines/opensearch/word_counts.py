"""In how many documents is each word, of those that a transaction puts, less those that it replaces?

Counted as they go by: a cluster has no quick way to list all words of an index. What outgrows MOST is sorted
and kept in temporary files, which are merged at the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO

from search.analyzed import AnalyzedDocument
from search.engines.disk.fields import word_fields, words_of
from search.schema import TEXT, Schema

MOST = 1_000_000
"""Words counted in memory."""

Counts = Iterable[tuple[str, int]]


def counted_fields(schema: Schema) -> tuple[str, ...]:
    """The fields that have a vocabulary: those of words, and TEXT for the frequencies of stems."""
    return (*word_fields(schema), TEXT)


class WordCounts:
    """The words of each field, each with its number of documents; in all, there are `documents` of `tokens`.

    Numbers are below 0 where more was taken away than added.
    """

    def __init__(self, schema: Schema) -> None:
        self._counters: dict[str, Counter[str]] = {field: Counter() for field in counted_fields(schema)}
        self._runs: dict[str, list[IO[str]]] = {field: [] for field in self._counters}
        self.documents = self.tokens = 0

    def add(self, document: AnalyzedDocument) -> None:
        """Count the words of a document."""
        self.documents += 1
        self.tokens += document.length
        for field, counter in self._counters.items():
            counter.update(_words(document, field))
        self._spill()

    def take_away(self, document: AnalyzedDocument) -> None:
        """Count the words of a document as gone."""
        self.documents -= 1
        self.tokens -= document.length
        for field, counter in self._counters.items():
            counter.subtract(_words(document, field))
        self._spill()

    @property
    def are_none(self) -> bool:
        """Whether no document was added or taken away."""
        return not any(self._counters.values()) and not any(self._runs.values())

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are counted."""
        return tuple(self._counters)

    def of(self, field: str) -> Iterator[tuple[str, int]]:
        """The words of a field whose number is not 0, by alphabet."""
        counts = [map(_read, run) for run in self._rewound(field)]
        every = merge(*counts, iter(sorted(self._counters[field].items())))
        for word, same in groupby(every, key=itemgetter(0)):
            if number := sum(number for _, number in same):
                yield word, number

    def close(self) -> None:
        """Remove the temporary files."""
        for runs in self._runs.values():
            for run in runs:
                run.close()

    def _rewound(self, field: str) -> Iterator[IO[str]]:
        for run in self._runs[field]:
            run.seek(0)
            yield run

    def _spill(self) -> None:
        if sum(map(len, self._counters.values())) < MOST:
            return
        for field, counter in self._counters.items():
            if counter:
                run = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - until `close`
                run.writelines(f"{word} {number}\n" for word, number in sorted(counter.items()))
                self._runs[field].append(run)
                counter.clear()


def _words(document: AnalyzedDocument, field: str) -> Iterable[str]:
    return document.text.keys() if field == TEXT else words_of(document, field)


def _read(line: str) -> tuple[str, int]:
    word, _, number = line.rpartition(" ")
    return word, int(number)
