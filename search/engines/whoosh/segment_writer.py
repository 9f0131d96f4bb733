"""The segment that a transaction writes: Whoosh's writer of one, with our way of gathering its postings."""

from collections.abc import Iterable, Mapping
from typing import Any

from whoosh import writing
from whoosh.index import FileIndex

from search.engines.whoosh.codec import BLOCK, Codec
from search.engines.whoosh.fields import Frequencies, PackedPositions, Positions
from search.engines.whoosh.posting_pool import Payload, PostingPool
from search.engines.whoosh.postings import Postings


class SegmentWriter(writing.SegmentWriter):  # type: ignore[misc]
    """Documents are numbered in the order in which they are added, those of merged segments after them."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=Codec(blocklimit=BLOCK))
        self.pool = PostingPool(self._tempstorage)

    def add(self, values: Mapping[str, Any]) -> int:
        """Add a document, given by the values of its fields, and give its number."""
        number, schema = int(self.docnum), self.schema
        self.perdocwriter.start_doc(number)
        for name, value in values.items():
            field = schema[name]
            if isinstance(field, Positions):
                self.pool.add(name, number, {word: PackedPositions.pack(at) for word, at in value.items()})
            elif isinstance(field, Frequencies):
                self.pool.add(name, number, value)
            elif field.indexed:
                self.pool.add(name, number, {value: 1})
            elif field.column_type:
                self.perdocwriter.add_column_value(name, field.column_type, value)
            else:
                self.perdocwriter.add_field(name, field, value, 0)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1
        return number

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """Add the postings of a segment's live documents: numbered from `startdoc`, or by `docmap`."""
        postings = Postings(reader)
        for name, term in reader.all_terms():
            if name in self.schema:
                word, positional = term.decode(), isinstance(self.schema[name], Positions)
                for block in postings.blocks(name, word):
                    payloads: Iterable[Payload] = block.values or () if positional else block.all_weights
                    for doc, payload in zip(block.docs, payloads, strict=True):
                        if docmap is None or doc in docmap:
                            number = startdoc + doc if docmap is None else docmap[doc]
                            self.pool.add(name, number, {word: payload})
