"""How long does it take to highlight a hit? Measured on documents made of those in seeds/, at three lengths.

`tokenizing` finds the matches by tokenizing the whole body, `matching` as the product does, `ratio` is the
quotient of both, and `passages` is all that a result shows of a hit. Milliseconds for one document, the best
of several runs. With OPIS_DATA/frus, ten hits of that collection as well.
"""

import gzip
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from index.metadata.labels import Labels
from index.runs.read_results import ReadDocument
from index.runs.reading import read
from index.sources.files import walk
from index.sources.read_task import ReadTask
from search.document import Document
from search.highlighting.highlighter import Highlighter
from search.highlighting.matcher import by_tokenizing, matches
from search.highlighting.query_terms import query_terms
from search.query.parser import parse
from search.query.tree import AnyOf, Exact, Query
from search.schema import Schema

ROOT = Path(__file__).parent.parent.parent
SCHEMA = Schema()
LENGTHS = {"5 KB": 5_000, "100 KB": 100_000, "1 MB": 1_000_000}
COLUMNS = f"{'tokenizing':>11}{'matching':>10}{'ratio':>8}{'passages':>10}"
QUERIES = {
    "few, term": "vyshinsky podtserob",
    "many, terms": "armistice talks",
    "most, term": "the",
    "few, phrase": '"mao zedong"',
    "many, phrase": '"of the"',
    "near phrase": '"of the"~5',
    "prefix": "arm*",
}


def long_document(length: int) -> Document:
    """The founding documents one after the other, again and again."""
    found = [item for file in walk(str(ROOT / "seeds")) for item in read(ReadTask(file), Labels())]
    bodies = [item.document.body for item in found if isinstance(item, ReadDocument)]
    text = "\n\n".join(islice(cycle(bodies), length // min(map(len, bodies)) + 1))
    return Document("long", "The armistice", body=text[:length])


def asked(text: str, body: str) -> Query:
    """The query, a prefix standing for the words of the body."""
    if not text.endswith("*"):
        return parse(text, SCHEMA).query
    pairs = sorted({pair for pair in SCHEMA.analyzer.pairs(body) if pair[0].startswith(text[:-1])})
    return AnyOf(tuple(Exact(word, stem) for word, stem in pairs[:100]), text)


def best(work: Callable[[], object], runs: int) -> float:
    """Milliseconds of processor time of the fastest run."""
    times: list[float] = []
    for _ in range(runs):
        started = time.thread_time()
        work()
        times.append((time.thread_time() - started) * 1000)
    return min(times)


def times(hits: Sequence[Document], query: Query, runs: int, share: float = 1) -> str:
    """A row of figures, of a share of what these hits take."""
    terms, analyzer = query_terms(query, "body"), SCHEMA.analyzer
    tokenizing = best(lambda: [by_tokenizing(hit.body, terms, analyzer) for hit in hits], runs) / share
    matching = best(lambda: [matches(hit.body, terms, analyzer) for hit in hits], runs) / share
    showing = best(lambda: [Highlighter(query, SCHEMA).highlights(hit) for hit in hits], runs) / share
    return f"{tokenizing:11.2f}{matching:10.2f}{tokenizing / matching:8.1f}{showing:10.2f}"


def founding() -> None:
    print(f"{'body':8}{'query':14}{'matches':>9}{COLUMNS}")
    for said, length in LENGTHS.items():
        document = long_document(length)
        runs = max(3, 200_000 // length)
        for name, text in QUERIES.items():
            query = asked(text, document.body)
            terms = query_terms(query, "body")
            found = len(matches(document.body, terms, SCHEMA.analyzer))
            print(f"{said:8}{name:14}{found:9,}{times([document], query, runs)}")


def real(path: Path) -> None:
    documents = list(islice(_documents(path), 4000))
    print(f"\n{'ten hits of frus':40}{'characters':>11}{COLUMNS}")
    for text in ("treaty commerce", "war peace", '"secretary of state"', '"president minister"~10', "the"):
        query = parse(text, SCHEMA).query
        terms = query_terms(query, "body")
        hits = [d for d in documents if matches(d.body, terms, SCHEMA.analyzer)][:300]
        tenth = len(hits) / 10
        characters = sum(len(hit.body) for hit in hits) / tenth
        print(f"{text:40}{characters:11,.0f}{times(hits, query, 7, tenth)}")


def _documents(path: Path) -> Iterator[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            body, title = row["body"], row["title"] or "Untitled"
            yield Document(row["id"], title, body=body, summary=row["summary"], authors=tuple(row["authors"]))


if __name__ == "__main__":
    founding()
    if (data := Path(os.environ.get("OPIS_DATA", ""), "frus", "docs.jsonl.gz")).is_file():
        real(data)
