"""Which store keeps an index: the one its address names, or with `auto:` the one its size asks for.

`auto:` begins a small collection with Whoosh and a large one with Tantivy, if that is installed, and
moves the index to Tantivy when the collection outgrows LARGE (docs/adr/007-tantivy.md). The name of a
generation's directory tells which store wrote it.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

from search.analyzed import analyze
from search.engines import Writer
from search.engines.disk.commit_data import read_commit_data
from search.engines.disk.generations import Generations, engine_of
from search.engines.disk.store import Store, transaction
from search.errors import EngineUnavailable, IndexDamaged
from search.request import SearchRequest
from search.schema import Schema

LARGE = 25 << 20
"""Bytes of text beyond which a collection is large."""
DOCUMENT_BYTES = LARGE // 5_000
"""The assumed bytes of text in each document that is in the index already."""


def store_named(name: str) -> Store:
    """The store of a library. Raises EngineUnavailable if it is not installed."""
    match name:
        case "whoosh":
            from search.engines.whoosh import WHOOSH  # noqa: PLC0415

            return WHOOSH
        case "tantivy":
            if not has_tantivy():
                raise EngineUnavailable(
                    "The Tantivy engine is not installed; install it with: pip install 'opis[fast]'"
                )
            from search.engines.tantivy import TANTIVY  # noqa: PLC0415

            return TANTIVY
        case _:
            raise IndexDamaged(f"There is no engine {name!r}; rebuild the index with --rebuild.")


def store_to_write(engine: str, live: Path | None, text_bytes: int) -> Store:
    """The store for an index that will have `text_bytes` of text; a live Tantivy index stays with Tantivy."""
    if engine != "auto":
        return store_named(engine)
    large = text_bytes > LARGE or (live is not None and engine_of(live) == "tantivy")
    return store_named("tantivy" if large and has_tantivy() else "whoosh")


def has_tantivy() -> bool:
    """Whether Tantivy is installed."""
    return find_spec("tantivy") is not None


@contextmanager
def moving(store: Store, generations: Generations, schema: Schema, live: Path) -> Iterator[Writer]:
    """A transaction in another store, to which the live documents and commit data are copied first."""
    with (
        closing(store_named(engine_of(live)).reader(live)) as reader,
        transaction(store, generations, schema) as writer,
    ):
        for document in reader.scan(SearchRequest()):
            writer.put(analyze(document, schema))
        for name, data in read_commit_data(live).items():
            writer.put_commit_data(name, data)
        yield writer
