"""Which words does a transaction change? Counted from its documents, as long as those are few."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from search.analyzed import AnalyzedDocument, analyze
from search.document import Document
from search.engines import Writer
from search.engines.fields import word_fields, words_of
from search.engines.terms.term_dictionary import TermDictionary
from search.schema import Schema

MOST = 4 << 20
"""Bytes of documents that a transaction may change for its words to be counted."""

_FOR_A_WORD = 16  # bytes of documents for each word of the index, from which on listing those costs less
_FOR_A_DOCUMENT = 4096  # bytes assumed of a document that is replaced or deleted
_READ = 100  # documents read at once


class WordCountingWriter:
    """A Writer that keeps the documents given to another, unless they are many for so many `words`."""

    def __init__(self, writer: Writer, words: int) -> None:
        self._writer = writer
        self._changed: dict[str, AnalyzedDocument | None] = {}
        self._bytes_left = min(MOST, words * _FOR_A_WORD)

    def put(self, document: AnalyzedDocument) -> None:
        self._writer.put(document)
        self._keep(document.id, document, len(document.stored))

    def delete(self, doc_id: str) -> None:
        self._writer.delete(doc_id)
        self._keep(doc_id, None, 0)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self._writer.put_commit_data(name, data)

    def _keep(self, doc_id: str, document: AnalyzedDocument | None, size: int) -> None:
        self._bytes_left -= size + _FOR_A_DOCUMENT
        if self._bytes_left >= 0:
            self._changed[doc_id] = document
        else:
            self._changed.clear()

    @property
    def are_few(self) -> bool:
        """Whether all documents put and deleted are known."""
        return self._bytes_left >= 0

    def counts(
        self,
        schema: Schema,
        before: Callable[[Sequence[str]], Sequence[Document | None]],
        vocabulary: Callable[[str], TermDictionary],
    ) -> dict[str, list[tuple[str, int]]]:
        """The words of each field that are in more or in fewer documents than before, each with its number.

        `before` gives the documents of the commit before, `vocabulary` its words.
        """
        changes: dict[str, Counter[str]] = {field: Counter() for field in word_fields(schema)}
        for some in _batched(self._changed, _READ):
            for old in filter(None, before(some)):
                _add(analyze(old, schema), -1, changes)
        for new in filter(None, self._changed.values()):
            _add(new, 1, changes)
        return {field: [*_new_counts(words, vocabulary(field))] for field, words in changes.items()}


def _add(document: AnalyzedDocument, number: int, changes: Mapping[str, Counter[str]]) -> None:
    for field, counter in changes.items():
        for word in words_of(document, field):
            counter[word] += number


def _new_counts(changes: Counter[str], before: TermDictionary) -> Iterator[tuple[str, int]]:
    for word, change in sorted(changes.items()):
        if change:  # below 0 where an older Unicode divided words otherwise
            yield word, max(0, before.count(word) + change)


def _batched(items: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """The items in tuples of this size (itertools.batched, of Python 3.12)."""
    rest = iter(items)
    while some := tuple(islice(rest, size)):
        yield some
