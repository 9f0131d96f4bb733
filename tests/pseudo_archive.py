"""An archive as large and as varied as a real one: records of FRUS where OPIS_DATA has them, else invented.

Invented words are syllables put together; they are as frequent as Zipf's law says, and the first of them are
the stop words of English, so that phrases of frequent words are as frequent as in running text.
"""

from collections.abc import Iterator
from itertools import accumulate, islice, product
from random import Random
from typing import Any

from search.analysis.analyzer import Analyzer
from search.calendar import parse_range
from search.document import Document
from tests.archive import document
from tests.bench.collection import Record, count, find_collection, records

_SYLLABLES = (
    *("ba", "co", "de", "fi", "gu", "han", "jor", "kel", "lin", "mar"),
    *("nes", "or", "pan", "qui", "res", "sta", "tre", "un", "vol", "wes"),
)
_WORDS = 40_000
_PER_DOCUMENT = 150


def documents(number: int) -> Iterator[Document]:
    """So many documents, spread over the whole collection."""
    if path := find_collection():
        step = max(1, count(path) // number)
        for record in islice(records(path), 0, step * number, step):
            yield _of_record(record)
    else:
        yield from invented(number)


def _of_record(record: Record) -> Document:
    known: dict[str, Any] = {
        key: record[key]
        for key in ("title", "summary", "authors", "recipients", "subjects")
        if record.get(key)
    }
    date = str(record.get("date") or "")
    return document(record["id"], str(record["body"]), date=date if parse_range(date) else "", **known)


def invented(number: int) -> Iterator[Document]:
    """Documents of invented words, with names and dates."""
    random = Random(1)
    words = _vocabulary()
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    for n in range(number):
        text = random.choices(words, cum_weights=weights, k=_PER_DOCUMENT)
        yield document(
            f"d{n}",
            " ".join(text) + ".",
            title=" ".join(text[:6]).title(),
            authors=[f"{words[300 + n % 300]} {words[700]}".title()],
            subjects=[f"Subject {n % 20}"],
            date=f"{1900 + n % 100}-{n % 12 + 1:02}" if n % 10 else "",
        )


def _vocabulary() -> list[str]:
    made = ("".join(parts) for size in (2, 3, 4) for parts in product(_SYLLABLES, repeat=size))
    some = list(islice(made, _WORDS))
    Random(2).shuffle(some)
    return [*sorted(Analyzer("english").stop_words), *some]
