"""What is the file of an export called? After the search and the day: `armistice-2026-11-26.csv`."""

import unicodedata
from datetime import date

from search.request import Question

_LONGEST = 60  # characters for the search
_NAMELESS = "documents"


def file_name(question: Question, day: date, suffix: str) -> str:
    """The words of a search and of the values of its filters, the day and the suffix, joined by `-`."""
    values = [item.value for item in question.filters if item.op != "not"]
    text = unicodedata.normalize("NFC", " ".join([question.text, *values])).lower()
    words = "".join(char if _is_of_word(char) else " " for char in text).split()
    name = "-".join(words)[:_LONGEST].strip("-")
    return f"{name or _NAMELESS}-{day.isoformat()}.{suffix}"


def _is_of_word(char: str) -> bool:
    """Whether a character is of a word: also a mark, which Hindi and Thai write vowels with."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def ascii_name(name: str) -> str:
    """The name for a client that reads ASCII alone: without accents, and without words in other scripts."""
    stem, dot, suffix = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = "-".join(filter(None, plain.split("-")))
    return (words if words[:1].isalpha() else f"{_NAMELESS}-{words}") + dot + suffix
