"""`make evaluate`: how well are manual pages found in an archive of several languages?

Queries of inflected words (tests/bench/inflections.py) are asked of three kinds of archives: of one language
each, with that language set; of all languages together, with the language of each text detected; and of the
same, with all of them read as English.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.indexer import Indexer
from search.engines import open_engine
from search.schema import Schema
from search.searcher import Searcher
from tests.bench.inflections import inflected_items, words_of
from tests.bench.known_items import KnownItem, find
from tests.bench.manpages import COMPANY, COMPARED, NoManpagesError, Page, manpages

GOAL = 0.02
"""The mean reciprocal rank that a mixed archive may lose beside archives of one language."""


@contextmanager
def indexed(pages: Sequence[Page], schema: Schema) -> Iterator[Searcher]:
    """An index of pages; nothing in it says their language."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "pages.jsonl")
        records = ({"id": page.id, "title": page.name, "body": page.text} for page in pages)
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
        engine = open_engine(f"tantivy:{folder}/index", schema, create=True)
        Indexer(engine, schema).run([str(path)])
        try:
            yield Searcher(engine)
        finally:
            engine.close()


def rows(pages: Sequence[Page]) -> Iterator[str]:
    """A table: each language in the three archives."""
    by_language = {name: [page for page in pages if page.language == name] for name in (*COMPARED, *COMPANY)}
    english = words_of(by_language["english"])
    items = {
        name: inflected_items(found, frozenset() if name == "english" else english)
        for name, found in by_language.items()
    }
    alone = {name: _alone(by_language[name], items[name]) for name in items}
    mixed = _together(pages, items, Schema())
    as_english = _together(pages, items, Schema(languages=("english",)))
    yield "| language | pages | queries | alone: MRR | mixed: MRR | lost | all as English: MRR |"
    yield "|---|---|---|---|---|---|---|"
    for name, found in by_language.items():
        lost = alone[name] - mixed[name]
        figures = (f"{figure:.3f}" for figure in (alone[name], mixed[name], lost, as_english[name]))
        yield f"| {name.capitalize()} | {len(found)} | {len(items[name])} | {' | '.join(figures)} |"


def _alone(pages: Sequence[Page], items: Sequence[KnownItem]) -> float:
    language = pages[0].language
    with indexed(pages, Schema(language, languages=(language,))) as searcher:
        return find(searcher, items, "default").mrr


def _together(pages: Sequence[Page], items: dict[str, list[KnownItem]], schema: Schema) -> dict[str, float]:
    with indexed(pages, schema) as searcher:
        return {name: find(searcher, asked, "default").mrr for name, asked in items.items()}


def main() -> None:
    try:
        pages = manpages()
    except NoManpagesError as reason:
        print(f"No manual pages in several languages to look for: {reason}.")
        return
    print(f"Known items of {len(pages):,} manual pages, in inflected words; {GOAL} may be lost:")
    for row in rows(pages):
        print(row, flush=True)


if __name__ == "__main__":
    main()
