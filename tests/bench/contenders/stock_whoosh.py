"""Whoosh as it comes, in the set-up of its documentation: three fields, stems, facets from columns."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import MultifieldParser
from whoosh.sorting import Count, FieldFacet

from tests.bench.collection import records
from tests.bench.contenders.base import Contender, Variant
from tests.bench.workload import Query

_WEIGHTS = {"title": 4.0, "summary": 2.0, "body": 1.0}


@dataclass(frozen=True)
class StockWhoosh(Contender):
    """Its tips for batch indexing are followed: a large pool, an unbounded stem cache, a process a core."""

    setup = (
        "`StemmingAnalyzer` with an unbounded cache, `procs` = cores, `limitmb` 256; `MultifieldParser` over "
        "title, summary and text boosted 4, 2, 1; `FieldFacet` over sortable columns; its default "
        "highlighter (the faster one would need a larger index, made more slowly)"
    )

    def index(self, documents: Path, folder: Path) -> None:
        stems = StemmingAnalyzer(cachesize=-1)
        texts = {name: TEXT(analyzer=stems, stored=True) for name in _WEIGHTS}
        schema = Schema(
            id=ID(stored=True, unique=True), author=ID(sortable=True), year=ID(sortable=True), **texts
        )
        archive = whoosh_index.create_in(folder, schema)
        with archive.writer(procs=os.cpu_count() or 1, limitmb=256) as writer:
            for record in records(documents):
                author = next(iter(record.get("authors") or ()), "")
                columns = {"author": author, "year": (record.get("date") or "")[:4]}
                writer.add_document(
                    id=record["id"], **columns, **{name: record.get(name) or "" for name in texts}
                )

    def open(self, folder: Path) -> "WhooshSession":
        archive = whoosh_index.open_dir(folder)
        parser = MultifieldParser(list(_WEIGHTS), archive.schema, fieldboosts=_WEIGHTS)
        return WhooshSession(archive.searcher(), parser)


@dataclass(frozen=True)
class WhooshSession:
    """One searcher and one parser, kept."""

    searcher: Any
    parser: MultifieldParser

    def ask(self, query: Query, variant: Variant, turn: int) -> None:  # noqa: ARG002 - keeps none
        facets = {name: FieldFacet(name, maptype=Count) for name in ("author", "year")}
        grouped = None if variant == "top10" else facets
        results = self.searcher.search(self.parser.parse(query.text), limit=10, groupedby=grouped)
        for name in grouped or ():
            results.groups(name)
        for hit in results:
            hit.fields()
            if variant == "full":
                hit.highlights("title")
                hit.highlights("body")

    def total(self, query: Query) -> int:
        return len(self.searcher.search(self.parser.parse(query.text), limit=None))

    def close(self) -> None:
        self.searcher.close()
