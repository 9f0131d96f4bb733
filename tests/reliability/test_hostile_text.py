"""No text makes a search or a page hang. The bounds tell a hang from work; they are no benchmark."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from archive import document, fill

from search.engines import Engine
from search.fragments import fragments
from search.highlight import find, wanted_in
from search.parser import parse
from search.passages import passages, read
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher

SCHEMA = Schema()


@contextmanager
def no_hang(seconds: float = 5) -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < seconds


@pytest.mark.parametrize(
    ("query", "piece"),
    [
        ("的", "毛泽东的"),
        ("aa", "aa "),
        ('"aa bb"~5', "aa bb "),
        ('"aa aa aa"', "aa "),
        ("aa", "aa. "),
        ("aa", "aa\n\n"),
        ("a", "a'"),
        ("aa", "aa …"),
        ("aa bb", "aa" + " " * 50),
    ],
)
def test_passages_of_long_texts(query: str, piece: str) -> None:
    long = document("a", piece * (300_000 // len(piece)), title="t")
    parsed = parse(query, SCHEMA).query
    with no_hang():
        assert passages(long, parsed, SCHEMA)
        read(long, parsed, SCHEMA)


def test_as_many_matches_as_words() -> None:
    text = "aa " * 100_000
    ranges = find(text, wanted_in(parse("aa", SCHEMA).query, "body"), SCHEMA.analyzer)
    with no_hang():
        assert len(fragments("body", text, ranges, 3)) == 3


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"unknownword{n:02}" for n in range(60)),
        " ".join(f"wordnumber{n:02}~2" for n in range(50)),
        " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}*" for n in range(60)),
        "(" * 500 + "war" + ")" * 400,
        " OR ".join(f"w{n}" for n in range(180)),
        '"' + "word " * 190 + '"',
        "NOT " * 200 + "war",
    ],
)
def test_queries_that_ask_for_much(engine: Engine, query: str) -> None:
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}word{n}" for n in range(20_000)]
    fill(engine, [document(f"d{n}", " ".join(words[n * 100 : n * 100 + 100])) for n in range(200)])
    with no_hang():
        Searcher(engine).search(Question(query[:1000]))
