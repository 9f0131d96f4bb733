"""Whoosh's own format of an index, written and read a term at a time; `whoosh.codec.whoosh3` reads it too.

The blocks of a term are made of whole sequences, where Whoosh's writer takes posting after posting.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, groupby, repeat
from operator import itemgetter, sub
from pickle import dumps, load, loads
from typing import Any, NamedTuple

from whoosh import fields
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.system import _INT_SIZE, pack_int, pack_ushort, unpack_int

from search.engines.whoosh.fields import Positions
from search.engines.whoosh.posting_pool import Payload, Term

BLOCK = 2048
"""Postings of a block: whole blocks are read, so that fewer and larger ones (Whoosh's are 128) cost less."""
_COMPRESSED = 256  # bytes of a block from which compressing it saves much
_LEVEL = 3
_PROTOCOL = 4  # of pickle


class Block(NamedTuple):
    """Postings as they are stored: so many, the first document and the steps to the next ones.

    `weights` is None if all are 1, and one number if all are equal; `values` is None without positions.
    """

    size: int
    steps: Sequence[int]
    weights: Sequence[float] | float | None
    values: Sequence[bytes] | None

    @property
    def docs(self) -> Iterator[int]:
        """The numbers of the documents."""
        return accumulate(self.steps)

    @property
    def all_weights(self) -> Iterable[float]:
        """The weight of each posting."""
        if self.weights is None or isinstance(self.weights, float):
            return repeat(self.weights or 1.0, self.size)
        return self.weights


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without a field length for each posting, which our scores do not use."""

    length_stats = False

    def __reduce__(self) -> tuple[type[W3Codec], tuple[()]]:
        """A segment keeps its codec: that of Whoosh reads it."""
        return W3Codec, ()

    def field_writer(self, storage: Any, segment: Any) -> "TermWriter":
        """What writes the terms and their postings."""
        return TermWriter(self, storage, segment)


class TermWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole terms into the files of a segment."""

    def add_postings(self, schema: fields.Schema, lengths: None, terms: Iterable[Term]) -> None:  # noqa: ARG002
        """Write terms with their postings, by field and term."""
        for name, found in groupby(terms, itemgetter(0)):
            self.start_field(name, schema[name])
            positional = isinstance(schema[name], Positions)
            for _, term, postings in found:
                self._add(term.encode(), postings[::2], postings[1::2], positional)
            self.finish_field()

    def _add(self, term: bytes, docs: Sequence[int], payloads: Sequence[Any], positional: bool) -> None:
        weights = (1.0,) if positional else payloads
        info = W3TermInfo(
            weight=len(docs) if positional else sum(payloads),
            df=len(docs),
            maxweight=max(weights),
            minid=docs[0],
            maxid=docs[-1],
        )
        written = WHOOSH3_HEADER_MAGIC + b"".join(_blocks(docs, payloads, positional))
        info.set_extent(self._postfile.tell(), len(written))
        self._postfile.write(written)
        self._tindex.add(pack_ushort(self._fieldid) + term, info.to_bytes())


def _blocks(docs: Sequence[int], payloads: Sequence[Payload], positional: bool) -> Iterator[bytes]:
    """The blocks of a term: the length of a block, negative for the last, what it holds, and its postings."""
    for start in range(0, len(docs), BLOCK):
        ids, own = docs[start : start + BLOCK], payloads[start : start + BLOCK]
        steps = _short((ids[0], *map(sub, ids[1:], ids)))
        weights, values = (None, tuple(own)) if positional else (_weights(own), None)
        data = dumps((steps, weights, values), _PROTOCOL)
        level = _LEVEL if len(data) >= _COMPRESSED else 0
        if level:
            data = zlib.compress(data, level)
        highest = 1.0 if positional else float(max(own))
        info = dumps((len(ids), ids[-1], highest, level, 0, 0), _PROTOCOL)
        length = len(info) + len(data)
        yield pack_int(-length if start + BLOCK >= len(docs) else length) + info + data


def _weights(weights: Sequence[Any]) -> Sequence[float] | float | None:
    """The weights of a block as Whoosh shortens them: None if all are 1, one of them if all are equal."""
    if len(set(weights)) > 1:
        return _short(tuple(weights))
    return None if weights[0] == 1 else float(weights[0])


def _short(numbers: tuple[Any, ...]) -> Sequence[Any]:
    """Numbers as bytes where they fit: Whoosh asks only that they be a sequence."""
    if max(numbers) < 256:
        return bytes(map(int, numbers))
    return numbers


def read_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a term, of all of its bytes, whoever wrote them. Raises ValueError for other bytes."""
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise ValueError("These are no postings of a Whoosh index.")
    start, length = len(WHOOSH3_HEADER_MAGIC), 1
    while length > 0:
        (length,) = unpack_int(data[start : start + _INT_SIZE])
        start += _INT_SIZE
        file = BytesIO(data[start : start + abs(length)])
        size, _, _, level, *_ = load(file)  # noqa: S301 - a private folder, see `disk`
        postings = file.read()
        steps, weights, values = loads(zlib.decompress(postings) if level else postings)  # noqa: S301
        yield Block(size, steps, weights, values)
        start += abs(length)
