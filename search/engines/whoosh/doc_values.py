"""Doc values: a record for each document, in a Whoosh column, for filters, facets, sorting and ranking."""

from collections.abc import Iterable

import msgspec

from search.calendar import DayRange
from search.engines.collector import Columns


class DocValues(msgspec.Struct, frozen=True, array_like=True):
    """A document's values; `days` is None if it is undated.

    `length` is the weighted number of tokens, `title_stems` the number of distinct stems of a stated title,
    `indexed` that of the document.
    """

    id: str
    title: str
    length: int
    title_stems: int
    days: tuple[int, int] | None
    values: dict[str, tuple[str, ...]]
    indexed: int = 0


encode_doc_values = msgspec.msgpack.Encoder().encode
decode_doc_values = msgspec.msgpack.Decoder(DocValues).decode


def to_columns(records: Iterable[DocValues], facets: Iterable[str]) -> Columns:
    """The records as columns; a facet that a record does not have is empty."""
    records = list(records)
    return Columns(
        ids=[record.id for record in records],
        titles=[record.title for record in records],
        days=[DayRange(*record.days) if record.days else None for record in records],
        indexed=[record.indexed for record in records],
        values={name: [record.values.get(name, ()) for record in records] for name in facets},
    )
