"""Which store keeps an index? The one its address names, or the one its size asks for.

`auto` begins a small collection with Whoosh and a large one with Tantivy, if that is installed, and
moves from the one to the other as the collection grows past the line (docs/adr/007-tantivy.md). What
is live says itself which store keeps it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

from search.analyzed import analyze
from search.engines import Writer
from search.engines.disk.commit_data import read_commit_data
from search.engines.disk.engine import Store, StoreReader
from search.engines.disk.generations import Generations, engine_of
from search.errors import EngineUnavailable, IndexDamaged
from search.request import SearchRequest
from search.schema import Schema

LARGE = 25 << 20
"""Bytes of text from which on a collection is large."""
USUAL = LARGE // 5_000
"""Bytes of text that a document has as far as nothing else is known."""


def store_named(name: str) -> Store:
    """The store of this name. Raises EngineUnavailable if its library is not installed."""
    match name:
        case "whoosh":
            from search.engines.whoosh import WhooshStore  # noqa: PLC0415

            return WhooshStore()
        case "tantivy":
            if not has_tantivy():
                raise EngineUnavailable(
                    "The Tantivy engine is not installed; install it with: pip install 'opis[fast]'"
                )
            from search.engines.tantivy import TantivyStore  # noqa: PLC0415

            return TantivyStore()
        case "auto":
            return AutoStore()
        case _:
            raise IndexDamaged(f"There is no engine {name!r}; rebuild the index with --rebuild.")


def has_tantivy() -> bool:
    """Whether Tantivy is installed."""
    return find_spec("tantivy") is not None


class AutoStore:
    """See the module, and `search.engines.disk.engine.Store`."""

    name = "auto"

    def open(self, live: Path) -> StoreReader:
        return store_named(engine_of(live)).open(live)

    def fresh(
        self, generations: Generations, schema: Schema, expected: int
    ) -> AbstractContextManager[Writer]:
        live = generations.live()
        is_large = live is not None and engine_of(live) == "tantivy"  # `expected` may not be all of it
        return _store_for(LARGE + 1 if is_large else expected).fresh(generations, schema, expected)

    @contextmanager
    def continued(
        self, generations: Generations, live: Path, schema: Schema, expected: int
    ) -> Iterator[Writer]:
        store = store_named(engine_of(live))
        before = store.open(live)
        try:
            wanted = _store_for(expected + before.documents * USUAL)
            if store.name in {wanted.name, "tantivy"}:
                with store.continued(generations, live, schema, expected) as writer:
                    yield writer
                return
            with wanted.fresh(generations, schema, expected) as writer:
                for document in before.scan(SearchRequest()):
                    writer.put(analyze(document, schema))
                for name, data in read_commit_data(live).items():
                    writer.put_commit_data(name, data)
                yield writer
        finally:
            before.close()


def _store_for(text: int) -> Store:
    """The store for so many bytes of text."""
    return store_named("tantivy" if text > LARGE and has_tantivy() else "whoosh")
