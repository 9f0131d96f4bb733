"""The names of the fields behind a document's field, alike in every engine; "" is all searchable text."""

from search.analyzed import AnalyzedDocument
from search.schema import TEXT, WORDS, Schema


def words_field(field: str) -> str:
    """The positional field of words behind a document's field; all words for "" and for "words"."""
    return WORDS if field in {"", WORDS} else f"{field}_words"


def stems_field(field: str) -> str:
    """The field of stems behind a document's field; the weighted text for ""."""
    return f"{field}_stems" if field else TEXT


def word_fields(schema: Schema) -> tuple[str, ...]:
    """The fields that have a vocabulary: "words" and those that a query can name."""
    return (WORDS, *schema.query_fields)


def words_of(document: AnalyzedDocument, field: str) -> set[str]:
    """The distinct words of a document in a field; of all searchable text in "words"."""
    values = document.all_words() if field == WORDS else document.words[field]
    return set(" ".join(values).split())
