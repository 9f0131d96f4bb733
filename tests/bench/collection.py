"""What is measured on: the documents of a JSON Lines file, fewer of them, or several times as many."""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

Record = dict[str, Any]

_CHANGED = 12  # words changed in each copy, so that no two documents are equal


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
        path = self.folder / f"documents-{documents}-of-{total}.jsonl.gz"
        if documents == total:
            return self.source
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            chosen = self._spread(documents, total) if documents < total else self._copies(documents)
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


def copied(record: Record, copy: int) -> Record:
    """Another document much like this one: its own id, and a few words of the text in another order."""
    doc_id = f"{record['id']}-copy{copy}"
    random = Random(doc_id)
    words = str(record["body"]).split(" ")
    for _ in range(_CHANGED):
        here, there = random.randrange(len(words)), random.randrange(len(words))
        words[here], words[there] = words[there], words[here]
    return {**record, "id": doc_id, "title": f"{record['title']} ({copy})", "body": " ".join(words)}
