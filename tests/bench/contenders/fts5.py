"""SQLite's FTS5 with its Porter stemmer, asked directly."""

import csv
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.contenders.base import Contender, Variant
from tests.bench.contenders.sqlite import FILE, build, optimize
from tests.bench.workload import Query

_HITS = """
SELECT d.id, d.title, d.date, d.author, d.summary{snippet}
FROM documents_fts JOIN documents d ON d.number = documents_fts.rowid
WHERE documents_fts MATCH ? ORDER BY rank LIMIT 10
"""
_SNIPPETS = "".join(f", snippet(documents_fts, {column}, '<mark>', '</mark>', '…', 40)" for column in (0, 2))
_FACET = """
SELECT d.{column}, count(*) FROM documents_fts JOIN documents d ON d.number = documents_fts.rowid
WHERE documents_fts MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT {limit}
"""
_ROWS = "SELECT id, title, date, author, summary FROM documents ORDER BY date DESC, id LIMIT ?"
_TOTAL = "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH ?"


@dataclass(frozen=True)
class FTS5(Contender):
    """The measure of an embedded full-text index."""

    prepares = True
    exports = ("csv",)
    setup = (
        "`porter unicode61` over title, summary and text, `content=` table, one transaction; `rank` as "
        "`bm25` with weights 4, 2, 1; 64 MB cache, memory-mapped; facets by GROUP BY; `snippet()` of title "
        "and text. Indexing is timed before `optimize` and ANALYZE, queries after. Over HTTP, Python's "
        "`http.server` sends the rows, the facets and the snippets as JSON, a thread for each connection"
    )

    def missing(self) -> str:
        with closing(sqlite3.connect(":memory:")) as database:
            enabled = database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        return "" if enabled else "this Python's SQLite has no FTS5"

    def index(self, documents: Path, folder: Path) -> None:
        build(documents, folder)

    def prepare(self, folder: Path) -> None:
        optimize(folder)

    def open(self, folder: Path) -> "FTS5Session":
        return FTS5Session(_connected(folder))

    def servers(self, folder: Path, port: int) -> Mapping[int, list[str]]:
        return {1: [sys.executable, "-m", "tests.bench.contenders.fts5_server", str(folder), str(port)]}

    def paths(self, query: Query) -> Mapping[str, str]:
        return {"JSON": f"/search?{urlencode({'match': query.fts5})}"}

    def export(self, folder: Path, form: str, documents: int) -> Iterator[bytes]:  # noqa: ARG002
        written = StringIO(newline="")
        writer = csv.writer(written)
        with closing(_connected(folder)) as database:
            for number, row in enumerate(database.execute(_ROWS, (documents,)), 1):
                writer.writerow(row)
                if not number % 100:
                    yield written.getvalue().encode()
                    written.seek(0)
                    written.truncate()
        yield written.getvalue().encode()


def _connected(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size = -65536")
    database.execute("PRAGMA mmap_size = 1073741824")
    return database


@dataclass(frozen=True)
class FTS5Session:
    """One connection with a large cache."""

    database: sqlite3.Connection

    def ask(self, query: Query, variant: Variant, turn: int) -> None:
        self.answer(query.fts5, variant, 10 + turn)

    def answer(self, match: str, variant: Variant, values: int) -> dict[str, list[Any]]:
        """The rows of the hits, and so many values of each facet with their numbers."""
        snippet = _SNIPPETS if variant == "full" else ""
        found = {"hits": self.database.execute(_HITS.format(snippet=snippet), (match,)).fetchall()}
        for column in () if variant == "top10" else ("author", "year"):
            statement = _FACET.format(column=column, limit=values)
            found[column] = self.database.execute(statement, (match,)).fetchall()
        return found

    def total(self, query: Query) -> int:
        return int(self.database.execute(_TOTAL, (query.fts5,)).fetchone()[0])

    def close(self) -> None:
        self.database.close()
