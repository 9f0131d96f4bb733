"""What Whoosh stores: our tokens as they are, through its FieldType and Format extension points."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from whoosh import columns, fields, formats

from search.analyzed import AnalyzedDocument, positions
from search.engines.whoosh.doc_values import DocValues, encode_doc_values
from search.schema import TEXT, WORDS, Schema

Posting = tuple[bytes, int, float, bytes]


class PackedPositions(formats.Format):  # type: ignore[misc]
    """A posting's positions as 32-bit integers."""

    @staticmethod
    def pack(places: Iterable[int]) -> bytes:
        """What a posting of these positions holds."""
        return array("I", places).tobytes()

    @staticmethod
    def unpack(value: bytes) -> Sequence[int]:
        """The positions that a posting holds."""
        return array("I", value)


class Frequencies(fields.FieldType):  # type: ignore[misc]
    """A field given as term -> frequency, which Whoosh keeps as the posting's weight."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[Posting]:
        """The postings of one document."""
        for term, frequency in value.items():
            yield term.encode(), frequency, float(frequency), b""


class Places(fields.FieldType):  # type: ignore[misc]
    """A field given as word -> positions."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), None)

    def index(self, value: Mapping[str, Iterable[int]], **_: Any) -> Iterator[Posting]:
        """The postings of one document."""
        for word, places in value.items():
            yield word.encode(), 1, 1.0, PackedPositions.pack(places)


def words_of(field: str) -> str:
    """The name of the positional field of words behind a document's field, or behind all."""
    return f"{field}_words" if field else WORDS


def stems_of(field: str) -> str:
    """The name of the field of stems behind a document's field, or behind all."""
    return f"{field}_stems" if field else TEXT


def whoosh_schema(schema: Schema) -> fields.Schema:
    """The Whoosh fields of a schema."""
    layout: dict[str, fields.FieldType] = {
        "id": fields.ID(unique=True),
        "row": fields.COLUMN(columns.VarBytesColumn()),
        "document": fields.STORED(),
        TEXT: Frequencies(),
        WORDS: Places(),
    }
    for name in schema.query_fields:
        layout |= {words_of(name): Places(), stems_of(name): Frequencies()}
    return fields.Schema(**layout)


def whoosh_document(analyzed: AnalyzedDocument, schema: Schema) -> dict[str, Any]:
    """One document as the keyword arguments of Whoosh's `add_document`."""
    values: dict[str, Any] = {
        "id": analyzed.id,
        "row": encode_doc_values(_row(analyzed)),
        "document": analyzed.stored,
        TEXT: analyzed.text,
        WORDS: positions(analyzed.all_words()),
    }
    for name in schema.query_fields:
        values[words_of(name)] = positions(analyzed.words[name])
        values[stems_of(name)] = dict.fromkeys(analyzed.stems[name].split(), 1)
    return values


def _row(analyzed: AnalyzedDocument) -> DocValues:
    return DocValues(
        id=analyzed.id,
        title=analyzed.title,
        length=analyzed.length,
        words=analyzed.word_count,
        days=analyzed.between,
        values=analyzed.facets,
    )
