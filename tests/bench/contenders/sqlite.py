"""The database that FTS5 is asked in and Datasette serves: a table and, beside it, its full-text index.

Built as sqlite-utils does it (`content=` keeps the text once), in one transaction; large columns last,
so that facets read none of them; columns that are counted have an index.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.collection import records

FILE = "archive.db"
_TABLE = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, id TEXT, title TEXT, date TEXT, year TEXT, author TEXT, summary TEXT, body TEXT
);
CREATE VIRTUAL TABLE documents_fts USING fts5(
  title, summary, body, content='documents', content_rowid='number', tokenize='porter unicode61'
);
INSERT INTO documents_fts(documents_fts, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)');
"""
_DONE = """
CREATE INDEX documents_author ON documents(author);
CREATE INDEX documents_year ON documents(year);
"""


def build(documents: Path, folder: Path) -> None:
    """Index a file of documents into a new database."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.executescript(_TABLE)
        with database:
            database.executemany("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", _rows(documents))
            database.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
        database.executescript(_DONE)


def optimize(folder: Path) -> None:
    """Merge the full-text index into one tree, and let the query planner know the table."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        with database:
            database.execute("INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
        database.execute("ANALYZE")


def _rows(documents: Path) -> Iterator[tuple[str, ...]]:
    for record in records(documents):
        author = next(iter(record.get("authors") or ()), "")
        date = record.get("date") or ""
        texts = (record.get("title") or "", date, date[:4], author, record.get("summary") or "")
        yield (record["id"], *texts, record.get("body") or "")
