"""What filters, facets and sorting read: one row a document, kept in a Whoosh column."""

from collections.abc import Iterable

import msgspec

from search.calendar import DayRange
from search.engines.collector import Columns


class DocValues(msgspec.Struct, frozen=True, array_like=True):
    """A document's values; `days` None if it is undated.

    `length` is its weighted number of tokens, `words` that of the words as they stand.
    """

    id: str
    title: str
    length: int
    words: int
    days: tuple[int, int] | None
    values: dict[str, tuple[str, ...]]


encode_doc_values = msgspec.msgpack.Encoder().encode
decode_doc_values = msgspec.msgpack.Decoder(DocValues).decode


def to_columns(rows: Iterable[DocValues], facets: Iterable[str]) -> Columns:
    """The rows turned into columns; a facet that they do not know is empty throughout."""
    rows = list(rows)
    return Columns(
        ids=[row.id for row in rows],
        titles=[row.title for row in rows],
        days=[DayRange(*row.days) if row.days else None for row in rows],
        values={name: [row.values.get(name, ()) for row in rows] for name in facets},
    )
