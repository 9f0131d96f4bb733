"""Tantivy itself, through tantivy-py: the floor under what an engine that stands on it can do."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.collection import records
from tests.bench.contenders.base import Contender, Variant
from tests.bench.workload import Query

_WEIGHTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
_SHOWN = ("id", "title", "date", "author", "summary")
_HEAP = 128_000_000  # bytes; Tantivy's own default


@dataclass(frozen=True)
class BareTantivy(Contender):
    """Indexing and the ten best hits: tantivy-py has no facets beside hits and no passages as ours."""

    variants = ("top10",)
    setup = (
        "the tokenizer `en_stem` over title, summary and text, all fields stored, a thread for each core, "
        "128 MB heap; its query parser over the three fields boosted 4, 2, 1, and five stored fields of each "
        "hit. No facets and no passages: the floor for indexing and for the ten best hits"
    )

    def missing(self) -> str:
        try:
            import tantivy  # noqa: F401, PLC0415
        except ImportError:
            return "tantivy is not installed"
        return ""

    def index(self, documents: Path, folder: Path) -> None:
        import tantivy  # noqa: PLC0415

        schema = tantivy.SchemaBuilder()
        for name in ("id", "date", "author"):
            schema.add_text_field(name, stored=True, tokenizer_name="raw")
        for name in _WEIGHTS:
            schema.add_text_field(name, stored=True, tokenizer_name="en_stem")
        writer = tantivy.Index(schema.build(), str(folder)).writer(_HEAP, os.cpu_count() or 1)
        for record in records(documents):
            values = {name: record.get(name) or "" for name in ("id", "date", *_WEIGHTS)}
            author = next(iter(record.get("authors") or ()), "")
            writer.add_document(tantivy.Document(author=author, **values))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> "TantivySession":
        import tantivy  # noqa: PLC0415

        index = tantivy.Index.open(str(folder))
        return TantivySession(index, index.searcher())


@dataclass(frozen=True)
class TantivySession:
    """One searcher, kept."""

    index: Any
    searcher: Any

    def ask(self, query: Query, variant: Variant, turn: int) -> None:  # noqa: ARG002 - keeps none
        for _, address in self.searcher.search(self._parsed(query), 10).hits:
            document = self.searcher.doc(address)
            for name in _SHOWN:
                document.get_first(name)

    def total(self, query: Query) -> int:
        return int(self.searcher.search(self._parsed(query), 1).count)

    def close(self) -> None:
        """Nothing to close."""

    def _parsed(self, query: Query) -> Any:
        together = query.kind != "any"
        return self.index.parse_query(
            query.text, list(_WEIGHTS), field_boosts=_WEIGHTS, conjunction_by_default=together
        )
