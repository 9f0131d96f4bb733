"""The names of the fields behind a document's field, alike in every store; "" is all searchable text."""

from search.schema import TEXT, WORDS


def words_field(field: str) -> str:
    """The positional field of words behind a document's field; all words for "" and for "words"."""
    return WORDS if field in {"", WORDS} else f"{field}_words"


def stems_field(field: str) -> str:
    """The field of stems behind a document's field; the weighted text for ""."""
    return f"{field}_stems" if field else TEXT
