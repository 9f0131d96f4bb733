"""Messages from a worker to the pool: batches of analysed documents and failures, as msgpack."""

import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby

import msgspec

from index.metadata.labels import Labels
from index.metadata.text_language import text_languages
from index.runs.manifest.entries import DocumentEntry, SourceFailure
from index.runs.read_results import LAST, IndexableDocument, ReadDocument, ReadResult, RecordResult
from index.runs.reading import record_results
from index.sources.files import SourceFile
from index.sources.read_task import RUN, ReadTask
from search.analyzed import analyze, pack, unpack
from search.schema import Schema

_BATCH_SIZE = 1 << 20  # bytes of packed documents, above which a message is sent

_LONGEST_WAIT = 1.0  # seconds between two messages, while there are results


class PackedResult(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A failure, or a document: its entry, its `source` and its bytes from `search.analyzed.pack`."""

    failure: SourceFailure | None
    entry: DocumentEntry | None = None
    source: str = ""
    packed: bytes = b""

    def unpacked(self, offset: int) -> ReadResult | None:
        """The result it stands for; the document itself is decoded only when it is asked for."""
        if self.entry is None:
            return self.failure
        return IndexableDocument(self.entry, self.source, partial(unpack, self.packed), offset)


class ResultMessage(msgspec.Struct, array_like=True, frozen=True):
    """A batch of results from one run of RUN records of a file; `last` marks the end of the file.

    `run` orders the messages of workers that share a file. `offset` is the number of bytes of the file
    that were read for it, 0 if unknown. The last message has the `seconds` of processor time of the file.
    """

    run: int
    packed: list[PackedResult]
    offset: int = 0
    last: bool = False
    seconds: float = 0.0

    def results(self) -> Iterator[ReadResult]:
        """The results in the order of the records."""
        return filter(None, (result.unpacked(self.offset) for result in self.packed))


def messages(task: ReadTask, labels: Labels, schema: Schema) -> Iterator[ResultMessage]:
    """Read and analyse a file. Results are sent run by run, so that a crash loses one run at most.

    A file with one result, as most files are, is one message.
    """
    started = time.process_time()
    found = record_results(task, labels, text_languages(schema))
    first, second = next(found, None), next(found, None)
    if first and not second:
        batch = [_packed(first, schema)]
        seconds = time.process_time() - started
        yield ResultMessage(first.number // RUN, batch, first.offset, last=True, seconds=seconds)
        return
    found = chain(filter(None, [first, second]), found)
    for run, results in groupby(found, key=lambda result: result.number // RUN):
        yield from _messages_of(run, results, schema)
    yield ResultMessage(LAST, [], last=True, seconds=time.process_time() - started)


def _messages_of(run: int, results: Iterable[RecordResult], schema: Schema) -> Iterator[ResultMessage]:
    batch: list[PackedResult] = []
    size = offset = 0
    sent = time.monotonic()
    for result in results:
        packed = _packed(result, schema)
        batch.append(packed)
        size, offset = size + len(packed.packed), max(offset, result.offset)
        if size > _BATCH_SIZE or time.monotonic() - sent > _LONGEST_WAIT:
            yield ResultMessage(run, batch, offset)
            batch, size, sent = [], 0, time.monotonic()
    yield ResultMessage(run, batch, offset)


def _packed(record: RecordResult, schema: Schema) -> PackedResult:
    if not isinstance(record.result, ReadDocument):
        return PackedResult(record.result)
    document = record.result.document
    return PackedResult(None, record.result.entry, document.source, pack(analyze(document, schema)))


def failure_message(file: SourceFile, reason: str, seconds: float = 0.0) -> ResultMessage:
    """The last message of a file that was given up, after so many seconds if they were not enough."""
    failure = SourceFailure(file.name, reason, seconds=seconds)
    return ResultMessage(LAST, [PackedResult(failure)], last=True, seconds=seconds)
