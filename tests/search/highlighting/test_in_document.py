"""The hits of a query inside one document.

1. Hits are in order, numbered from 1, each with its offsets, page, paragraph and a fragment around it;
   consecutive pages of hits have neither gaps nor overlaps.
2. The count of a term is the number of its hits alone, whatever else the query has.
3. Leaves with a field, dates and leaves under NOT have no hits in the body.
4. Blocks cover the body without overlap, and paragraphs are numbered as they are shown.
"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.document import Block
from search.engines.memory import MemoryEngine
from search.highlighting.blocks import cover, numbered
from search.highlighting.in_document import MAX_TERMS, InDocumentAnswer, body_hits
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill

SCHEMA = Schema()
WORDS = st.sampled_from(["armistice", "talks", "talk", "peace", "of", "Stalin's", "U.S.", "停", "战", "\n\n"])
LEAVES = st.sampled_from(
    ["armistice", "talks", "peace", '"armistice talks"', '"talks of peace"', '"peace armistice"~3',
     "tal*", "=talk", "piece~1", "停战", "stalin"]
)  # fmt: skip


def within(body: str, query: str, **values: object) -> InDocumentAnswer:
    engine = fill(MemoryEngine(SCHEMA), [document("a", body, **values)])
    [found] = engine.get_many(["a"])
    assert found is not None
    return Searcher(engine).search_in(found, Question(query))


def counts(found: InDocumentAnswer) -> dict[str, int]:
    return {term.term: term.count for term in found.terms}


def test_1_hits_come_in_order_with_their_places() -> None:
    body = "The talks.\n\nHeading of talks\n\nThey talked on.\n\n* talk"
    blocks = (
        Block("heading", body.index("Heading"), body.index("\n\nThey"), 2, page="3"),
        Block("list_item", body.index("talk", -4), len(body)),
    )
    found = within(body, "talk", blocks=blocks)
    hits = list(body_hits(found.document, found.matches.body, 0, 10))
    assert [(hit.number, hit.text, hit.page, hit.paragraph) for hit in hits] == [
        (1, "talks", "", 1),
        (2, "talks", "3", 0),
        (3, "talked", "3", 2),
        (4, "talk", "3", 0),
    ]
    for hit in hits:
        assert body[hit.start : hit.end] == hit.text
        [(start, end)] = hit.context.ranges
        assert hit.context.text[start:end] == hit.text


def test_1_pages_of_hits_are_consecutive() -> None:
    found = within("peace, and peace again " * 40 + "\n\n" + "and yet peace " * 40, "peace")
    whole = list(body_hits(found.document, found.matches.body, 0, 1000))
    paged = [
        hit for start in range(0, 130, 13) for hit in body_hits(found.document, found.matches.body, start, 13)
    ]
    assert paged == whole
    assert [hit.number for hit in whole] == list(range(1, 121))


@given(st.lists(WORDS, max_size=30).map(" ".join), st.lists(LEAVES, min_size=1, max_size=4, unique=True))
@example("armistice talks of peace armistice talks", ['"armistice talks"', '"talks of peace"', "talks"])
def test_2_the_count_of_a_term_is_that_of_its_hits_alone(body: str, terms: list[str]) -> None:
    for term, count in counts(within(body, " ".join(terms))).items():
        alone = within(body, term)
        assert len(alone.matches.body) == count, term


def test_2_the_first_terms_are_counted() -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    assert list(counts(within(" ".join(words), " ".join(words)))) == words[:MAX_TERMS]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:armistice talks", {"talks": 2}),
        ("talks NOT armistice", {"talks": 2}),
        ("talks date:1951", {"talks": 2}),
        ("author:*", {}),
        ("the", {"the": 1}),
        ("zeppelin talks", {"zeppelin": 0, "talks": 2}),
    ],
)
def test_3_other_leaves_have_no_hits(query: str, expected: dict[str, int]) -> None:
    found = within("Armistice talks; the talks go on.", query, title="Armistice")
    assert counts(found) == expected
    assert len(found.matches.body) == sum(expected.values())


@given(
    st.text("ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from(["quote", "paragraph"]))),
)
def test_4_blocks_cover_the_text(body: str, spans: list[tuple[int, int, str]]) -> None:
    blocks = [Block(kind, start, start + length) for start, length, kind in sorted(spans)]  # type: ignore[arg-type]
    covered = cover(blocks, body)
    done = 0
    for block in covered:
        assert done <= block.start < block.end <= len(body)
        assert not body[done : block.start].strip()
        done = block.end
    assert not body[done:].strip()
    numbers = [number for _, number, _ in numbered(covered) if number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == sum(block.kind == "paragraph" for block in covered)


def test_2_terms_are_named_as_typed() -> None:
    found = within("Talking of negotiations", "talks negotiat*")
    assert list(counts(found)) == ["talks", "negotiat*"]
