"""The order in which every engine ranks the paragraphs of the founding documents, in a file to be read.

tests/golden/rankings.txt holds a query and its best hits, each with its score; --update writes it anew
from the memory engine.
"""

from pathlib import Path

import pytest

from index.indexer import Indexer
from search.document import Document
from search.engines import Engine, open_engine
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import SEEDS, fill

GOLDEN = Path(__file__).parent.parent / "golden" / "rankings.txt"
SHOWN = 8

QUERIES = (
    "armistice",
    "armistice agreement",
    "prisoners of war",
    '"prisoners of war"',
    "Chinese People's Volunteers",
    "Kim Il Sung",
    "Syngman Rhee",
    "38th parallel",
    "negotiat*",
    "koreen~",
    "title:telegram Molotov",
    "Stalin OR Filippov",
    "political situation -armistice",
    "cease fire",
    "USSR government",
    '"demarcation line"~3',
    "what did the delegates decide about the talks",
    "Soviet Union aid arms divisions",
)


def paragraphs(schema: Schema) -> list[Document]:
    """Each paragraph of the founding documents as a document, under the title of its own."""
    whole = open_engine("memory:", schema, create=True)
    Indexer(whole, schema).run([str(SEEDS)])
    found = Searcher(whole).search(Question(per_page=10, sort="title")).hits
    return [
        Document(
            f"{doc.id[:3]}-{place:02}", doc.title, doc.body[block.start : block.end], doc.date, doc.authors
        )
        for doc in sorted((hit.document for hit in found), key=lambda doc: doc.id)
        for place, block in enumerate(doc.blocks)
    ]


def rankings(engine: Engine) -> dict[str, list[tuple[str, float]]]:
    searcher = Searcher(engine)
    answers = {text: searcher.search(Question(text=text, per_page=SHOWN, facets=())) for text in QUERIES}
    return {text: [(hit.document.id, hit.score) for hit in answer.hits] for text, answer in answers.items()}


def written(found: dict[str, list[tuple[str, float]]]) -> str:
    return "\n".join(
        f"{text}\n" + "".join(f"    {doc_id}  {score:6.3f}\n" for doc_id, score in hits)
        for text, hits in found.items()
    )


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return paragraphs(Schema())


def test_rankings(engine: Engine, documents: list[Document], pytestconfig: pytest.Config) -> None:
    found = rankings(fill(engine, documents))
    if pytestconfig.getoption("update") and engine.name == "memory":
        GOLDEN.write_text(written(found), encoding="utf-8")
    golden = read(GOLDEN.read_text(encoding="utf-8"))
    assert list(found) == list(golden)
    for text, hits in found.items():
        assert dict(hits) == pytest.approx(dict(golden[text]), abs=0.002), text
        order = [dict(golden[text])[doc_id] for doc_id, _ in hits]
        assert order == sorted(order, reverse=True), text


def read(text: str) -> dict[str, list[tuple[str, float]]]:
    golden: dict[str, list[tuple[str, float]]] = {}
    for line in filter(None, text.splitlines()):
        if line.startswith(" "):
            doc_id, score = line.split()
            golden[text].append((doc_id, float(score)))
        else:
            text = line
            golden[text] = []
    return golden
