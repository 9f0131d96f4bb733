"""Is every file of a folder found by its words? python -m tests.bench.findability FOLDER…

The rarest word that an independent extractor takes from a file must find it in an index of the folder.
"""

import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from index.indexer import Indexer
from index.runs.report import IndexReport
from index.workers.machine import limits_of, worker_count
from search.document import Document
from search.engines import Engine, open_engine
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.bench.extractors import words_of

SECONDS = 20  # for one file


@dataclass
class Tally:
    """The files of one format; `wordless` are those in which the extractor finds no word."""

    found: int = 0
    wordless: int = 0
    missed: list[str] = field(default_factory=list)
    unread: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def row(self) -> tuple[int, ...]:
        """Files, found, missed, without a word to ask for, and not read."""
        unread = sum(map(len, self.unread.values()))
        files = self.found + len(self.missed) + self.wordless + unread
        return files, self.found, len(self.missed), self.wordless, unread


def indexed(folder: Path, engine: Engine) -> IndexReport:
    workers = worker_count()
    indexer = Indexer(engine, engine.schema, workers=workers, limits=limits_of(workers, SECONDS))
    return indexer.run([str(folder)])


def tallies(folder: Path, report: IndexReport, searcher: Searcher) -> dict[str, Tally]:
    """The tally of each suffix."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    words = {path.relative_to(folder).as_posix(): words_of(path) for path in files}
    frequencies = Counter(word for found in words.values() for word in found)
    reasons = {problem.source: problem.reason for problem in (*report.skipped, *report.failed)}
    tallied: dict[str, Tally] = defaultdict(Tally)
    for name, found in words.items():
        order = {word: (frequencies[word], crc32(f"{name} {word}".encode())) for word in found}
        tally, rarest = tallied[Path(name.lower()).suffix], min(order, key=order.__getitem__, default="")
        if reason := reasons.get(name):
            tally.unread[reason].append(name)
        elif not rarest:
            tally.wordless += 1
        elif finds(searcher, rarest, name):
            tally.found += 1
        else:
            tally.missed.append(f"{name}: {rarest}")
    return tallied


def finds(searcher: Searcher, word: str, name: str) -> bool:
    question = Question(f'"{word}"', match="all", expand=False, facets=(), per_page=1000, highlight=False)
    return any(belongs(hit.document, name) for hit in searcher.search(question).hits)


def belongs(document: Document, name: str) -> bool:
    """Whether a document is of this file: alone, of its records or parts, or with others of its folder."""
    source = document.source.partition("#")[0]
    return f"{source}/".startswith(f"{name}/") or name.startswith(f"{source}/")


def lines(tallied: dict[str, Tally]) -> Iterator[str]:
    yield "| format | files | found | missed | no word to ask for | not read |\n|---|---|---|---|---|---|"
    for suffix, tally in sorted(tallied.items()):
        yield f"| {suffix or 'none'} | {' | '.join(map(str, tally.row()))} |"
    yield from (f"missed: {line}" for tally in tallied.values() for line in tally.missed)
    for tally in tallied.values():
        for reason, names in tally.unread.items():
            yield f"not read: {len(names)} such as {names[0]}: {reason}"


def measure(folder: Path) -> None:
    with TemporaryDirectory() as place:
        started = time.perf_counter()
        engine = open_engine(f"tantivy:{place}/index", Schema(), create=True)
        report = indexed(folder, engine)
        searcher = Searcher(engine)
        searcher.search(Question("letter"))
        took = time.perf_counter() - started
        print(f"{folder}: {report.documents} documents, the first answer after {took:.1f} s")
        print("\n".join(lines(tallies(folder, report, searcher))))
        engine.close()


def folders() -> list[str]:
    """Those that are named, else OPIS_DATA/formats if it is there."""
    path = Path(os.environ.get("OPIS_DATA", ""), "formats")
    return sys.argv[1:] or [str(path)] * (bool(os.environ.get("OPIS_DATA")) and path.is_dir())


if __name__ == "__main__":
    for argument in folders():
        measure(Path(argument))
    if not folders():
        print("Nothing to measure: name folders, or set OPIS_DATA to a folder with formats/.")
