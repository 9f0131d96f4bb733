"""What a worker says: runs of documents, ready to be put, and how far it is."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

import msgspec

from index.metadata.labels import Labels
from index.runs.manifest import Entry, Failure
from index.runs.reading import LAST, Found, Read, Ready, Step, steps
from index.sources.files import RUN, SourceFile
from search.analyzed import analyze, pack, unpack
from search.schema import Schema

_ENOUGH = 1 << 20  # bytes of documents in a message, or a little more


class Item(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A document (entry, source and `search.analyzed.pack`), or a failure."""

    failure: Failure | None
    entry: Entry | None = None
    source: str = ""
    packed: bytes = b""

    def found(self, at: int) -> Found | None:
        """What it says was found."""
        if self.entry is None:
            return self.failure
        return Ready(self.entry, self.source, partial(unpack, self.packed), at)


class Message(msgspec.Struct, array_like=True, frozen=True):
    """Some of what a file, or a part of it, gives: the runth run of its records. `last` ends it."""

    run: int
    items: list[Item]
    at: int = 0
    last: bool = False

    def found(self) -> Iterator[Found]:
        """What it says was found."""
        return filter(None, (item.found(self.at) for item in self.items))


def messages(file: SourceFile, labels: Labels, schema: Schema) -> Iterator[Message]:
    """What is to be said of a file; nothing of what it gives is lost if it ends early."""
    for run, found in groupby(steps(file, labels), key=lambda step: step.number // RUN):
        items: list[Item] = []
        size = at = 0
        for step in found:
            item = _item(step, schema)
            items.append(item)
            size, at = size + len(item.packed), max(at, step.at)
            if size > _ENOUGH:
                yield Message(run, items, at)
                items, size = [], 0
        yield Message(run, items, at)
    yield Message(LAST, [], last=True)


def _item(step: Step, schema: Schema) -> Item:
    found = step.found
    if not isinstance(found, Read):
        return Item(found)
    packed = pack(analyze(found.document, schema))
    return Item(None, found.entry, found.document.source, packed)


def failure(file: SourceFile, reason: str) -> Message:
    """What is said in place of a worker that cannot."""
    return Message(LAST, [Item(Failure(file.name, reason))], last=True)
