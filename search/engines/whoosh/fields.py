"""The Whoosh schema: our tokens are indexed as they are, through custom field types and posting formats."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh import columns, fields, formats

from search.analyzed import AnalyzedDocument, positions
from search.engines.fields import stems_field, words_field
from search.engines.whoosh.doc_values import DocValues, encode_doc_values
from search.schema import TEXT, WORDS, Schema


class PackedPositions(formats.Format):  # type: ignore[misc]
    """A posting's positions as 32-bit integers."""

    @staticmethod
    def pack(places: Iterable[int]) -> bytes:
        """The value of a posting with these positions."""
        return array("I", places).tobytes()

    @staticmethod
    def unpack(value: bytes) -> Sequence[int]:
        """The positions in a posting's value."""
        return array("I", value)


class Frequencies(fields.FieldType):  # type: ignore[misc]
    """A field given as term -> frequency, which becomes the posting's weight."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)


class Positions(fields.FieldType):  # type: ignore[misc]
    """A field given as word -> positions, which become the posting's value; its weight is 1."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), None)


Places = Positions
"""The name under which indexes of the first version pickled `Positions`: they still open."""


def whoosh_schema(schema: Schema) -> fields.Schema:
    """The Whoosh fields of a schema."""
    layout: dict[str, fields.FieldType] = {
        "id": fields.ID(unique=True),
        "row": fields.COLUMN(columns.VarBytesColumn()),
        "document": fields.STORED(),
        TEXT: Frequencies(),
        WORDS: Positions(),
    }
    for name in schema.indexed_fields:
        layout |= {words_field(name): Positions(), stems_field(name): Frequencies()}
    return fields.Schema(**layout)


def whoosh_document(analyzed: AnalyzedDocument, schema: Schema) -> dict[str, Any]:
    """The values of one document by field."""
    values: dict[str, Any] = {
        "id": analyzed.id,
        "row": encode_doc_values(_doc_values(analyzed)),
        "document": analyzed.stored,
        TEXT: analyzed.text,
        WORDS: positions(analyzed.all_words()),
    }
    for name in schema.indexed_fields:
        values[words_field(name)] = positions(analyzed.words[name])
        values[stems_field(name)] = dict.fromkeys(analyzed.stems[name].split(), 1)
    return values


def _doc_values(analyzed: AnalyzedDocument) -> DocValues:
    return DocValues(
        id=analyzed.id,
        title=analyzed.title,
        length=analyzed.length,
        title_stems=analyzed.title_stems,
        days=analyzed.day_bounds,
        values=analyzed.facets,
        indexed=analyzed.indexed,
    )
