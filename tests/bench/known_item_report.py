"""`make evaluate`: how well known items of OPIS_DATA/frus are found, in clean text and in misread text.

Misread text takes an index for each share of misread characters, so that it is measured on a part of the
documents.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.indexer import Indexer
from index.workers.machine import worker_count
from search.engines import open_engine
from search.schema import Schema
from search.searcher import Searcher
from tests.bench.collection import Collection, count, find_collection, records
from tests.bench.known_items import WORDS, find, known_items, rows, taking_the_offer
from tests.bench.ocr_noise import misread

PART = 8_000
"""Documents of which misread text is made."""
SHARES = (0.0, 0.02, 0.05)
"""The shares of misread characters."""


@contextmanager
def indexed(documents: Path) -> Iterator[Searcher]:
    """A Tantivy index of the documents; the other engines return the same."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"tantivy:{folder}/index", Schema(), create=True)
        Indexer(engine, engine.schema, workers=worker_count()).run([str(documents)])
        try:
            yield Searcher(engine)
        finally:
            engine.close()


def clean(documents: Path) -> Iterator[str]:
    """The table of known items in a collection."""
    with indexed(documents) as searcher:
        yield f"Known items of {searcher.info().documents:,} documents:"
        yield from rows(searcher, known_items(documents))


def noisy(documents: Path, folder: Path) -> Iterator[str]:
    """A table of how many known items are found in misread text."""
    items = [item for item in known_items(documents) if item.kind == WORDS]
    yield f"{len(items)} known items by {WORDS}, in {count(documents):,} documents of misread text:"
    yield "| characters misread | any: top ten | default: MRR | top ten | similar spellings: MRR | top ten |"
    yield "|---|---|---|---|---|---|"
    for share in SHARES:
        path = folder / f"misread-{share}.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as file:
            file.writelines(json.dumps(misread(record, share)) + "\n" for record in records(documents))
        with indexed(path) as searcher:
            some, usual = find(searcher, items, "any"), find(searcher, items, "default")
            offered = find(searcher, [taking_the_offer(searcher, item) for item in items], "default")
        found = (usual.mrr, usual.top_ten, offered.mrr, offered.top_ten)
        yield f"| {share:.0%} | {some.top_ten:.2f} | {' | '.join(f'{figure:.3f}' for figure in found)} |"


def main() -> None:
    source = find_collection()
    if not source:
        print("No known items to look for: set OPIS_DATA to a folder with frus/docs.jsonl.gz.")
        return
    for line in clean(source):
        print(line, flush=True)
    with TemporaryDirectory() as folder:
        part = Collection(source, Path(folder)).of_size(PART, count(source))
        for line in noisy(part, Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
