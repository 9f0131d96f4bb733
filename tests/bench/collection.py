"""What is measured on: the documents of a JSON Lines file, fewer of them, or several times as many."""

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count as count_up
from itertools import islice
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

Record = dict[str, Any]

_CHANGED = 12  # words changed in each copy, so that no two documents are equal
_PASSAGE = 200  # words of a short document
_NEW = 100  # one word in so many of a short document is a new one: more documents have more words


def find_collection() -> Path | None:
    """frus/docs.jsonl.gz in OPIS_DATA (default ../shared/data), if it is there."""
    path = Path(os.environ.get("OPIS_DATA") or "../shared/data", "frus", "docs.jsonl.gz")
    return path if path.is_file() else None


def records(path: Path) -> Iterator[Record]:
    """The records of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def count(path: Path) -> int:
    """How many records a file has."""
    with gzip.open(path, "rb") as lines:
        return sum(1 for _ in lines)


def text_of(record: Record) -> str:
    """What all contenders search."""
    return "\n".join(str(record.get(key) or "") for key in ("title", "summary", "body"))


def longest(path: Path) -> str:
    """The id of the document with the longest text."""
    return str(max(records(path), key=lambda record: len(text_of(record)))["id"])


@dataclass(frozen=True)
class Collection:
    """A file of documents and the folder in which files of other sizes are made of it."""

    source: Path
    folder: Path

    def of_size(self, documents: int, total: int) -> Path:
        """A file of so many documents: evenly spread over the source, or each of it several times."""
        if documents == total:
            return self.source
        chosen = self._spread(documents, total) if documents < total else self._copies(documents)
        return self._written(f"documents-{documents}-of-{total}.jsonl.gz", chosen)

    def of_passages(self, documents: int) -> Path:
        """A file of so many short documents: a passage of each of the source's, over and over."""
        return self._written(f"passages-{documents}.jsonl.gz", islice(self._passages(), documents))

    def _written(self, name: str, chosen: Iterable[Record]) -> Path:
        """The file of this name in the folder, with these records if it is not there yet."""
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=3) as file:
                for record in chosen:
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
            unfinished.rename(path)
        return path

    def _spread(self, documents: int, total: int) -> Iterator[Record]:
        for number, record in enumerate(records(self.source)):
            if (number + 1) * documents // total > number * documents // total:
                yield record

    def _copies(self, documents: int) -> Iterator[Record]:
        return islice(self._endless(), documents)

    def _endless(self) -> Iterator[Record]:
        copy = 0
        while True:
            for record in records(self.source):
                yield record if not copy else copied(record, copy)
            copy += 1

    def _passages(self) -> Iterator[Record]:
        whole = list(records(self.source))
        for turn in count_up():
            yield from (passage(record, turn) for record in whole)


def passage(record: Record, turn: int) -> Record:
    """A short document: some words of a document from a place on, a few of them with other endings."""
    doc_id = f"{record['id']}-{turn}"
    random = Random(doc_id)
    words = str(record["body"]).split(" ")
    start = random.randrange(max(1, len(words) - _PASSAGE))
    words = words[start : start + _PASSAGE]
    for _ in range(len(words) // _NEW):
        words[random.randrange(len(words))] += "".join(random.choices(ascii_lowercase, k=2))
    return {**record, "id": doc_id, "title": f"{record['title']} ({turn})", "body": " ".join(words)}


def copied(record: Record, copy: int) -> Record:
    """Another document much like this one: its own id, and a few words of the text in another order."""
    doc_id = f"{record['id']}-copy{copy}"
    random = Random(doc_id)
    words = str(record["body"]).split(" ")
    for _ in range(_CHANGED):
        here, there = random.randrange(len(words)), random.randrange(len(words))
        words[here], words[there] = words[there], words[here]
    return {**record, "id": doc_id, "title": f"{record['title']} ({copy})", "body": " ".join(words)}
