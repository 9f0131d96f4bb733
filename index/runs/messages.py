"""What a worker says: runs of documents, ready to be put, and how far it is."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

import msgspec

from index.metadata.labels import Labels
from index.runs.manifest import DocumentEntry, SourceFailure
from index.runs.reading import LAST, IndexableDocument, ReadDocument, ReadResult, RecordResult, record_results
from index.sources.files import RUN, SourceFile
from search.analyzed import analyze, pack, unpack
from search.schema import Schema

_ENOUGH = 1 << 20  # bytes of documents in a message, or a little more


class PackedResult(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A document (entry, source and `search.analyzed.pack`), or a failure."""

    failure: SourceFailure | None
    entry: DocumentEntry | None = None
    source: str = ""
    packed: bytes = b""

    def found(self, at: int) -> ReadResult | None:
        """What it says was found."""
        if self.entry is None:
            return self.failure
        return IndexableDocument(self.entry, self.source, partial(unpack, self.packed), at)


class ResultMessage(msgspec.Struct, array_like=True, frozen=True):
    """Some of what a file, or a part of it, gives: the runth run of its records. `last` ends it."""

    run: int
    items: list[PackedResult]
    at: int = 0
    last: bool = False

    def found(self) -> Iterator[ReadResult]:
        """What it says was found."""
        return filter(None, (item.found(self.at) for item in self.items))


def messages(file: SourceFile, labels: Labels, schema: Schema) -> Iterator[ResultMessage]:
    """What is to be said of a file; nothing of what it gives is lost if it ends early."""
    for run, found in groupby(record_results(file, labels), key=lambda result: result.number // RUN):
        items: list[PackedResult] = []
        size = at = 0
        for result in found:
            item = _item(result, schema)
            items.append(item)
            size, at = size + len(item.packed), max(at, result.at)
            if size > _ENOUGH:
                yield ResultMessage(run, items, at)
                items, size = [], 0
        yield ResultMessage(run, items, at)
    yield ResultMessage(LAST, [], last=True)


def _item(result: RecordResult, schema: Schema) -> PackedResult:
    found = result.found
    if not isinstance(found, ReadDocument):
        return PackedResult(found)
    packed = pack(analyze(found.document, schema))
    return PackedResult(None, found.entry, found.document.source, packed)


def failure(file: SourceFile, reason: str) -> ResultMessage:
    """What is said in place of a worker that cannot."""
    return ResultMessage(LAST, [PackedResult(SourceFailure(file.name, reason))], last=True)
