"""The token cache in C.

1. It gives what `ChunkCache` gives: on any text, in several languages, with and without room to cache.
2. Texts of any length, and chunks of any length, are analysed.
3. An error in what it asks of Python is raised, and the next text is analysed; wrong arguments are errors.
4. Threads may share one, and one may be asked for again while it asks.
5. It keeps nothing alive: not itself, not what it asks.
6. It is used where it was compiled from the source that is there, unless OPIS_PURE_PYTHON is set; where there
   is no compiler, nothing is compiled.
"""

import gc
import sys
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatch_build import compile_module
from search.analysis import chunk_table
from search.analysis.analyzer import Analyzer
from search.analysis.chunk_cache import ChunkCache, Pairs, Room
from search.analysis.chunk_table import cached_terms, is_compiled
from search.schema import Schema
from tests.compiled import ROOT, compiled_module
from tests.search.analysis.test_analyzer import TEXTS

SCHEMA = Schema()
LANGUAGES = ("English", "German", "French", "Russian", "Croatian")
PAIRS = {language: SCHEMA.analyzer_of(language).pairs for language in LANGUAGES}
SIGNS = st.text("aZ.,'’ \x01\x02\0\x1c\u2003\u00a0é״\"א")
HOSTILE = TEXTS | SIGNS | st.text(st.characters(exclude_categories=()))
SOURCE = ROOT / "search/analysis/_chunk_table.c"
Terms = Callable[[str], tuple[str, str]]


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The module, compiled from the source as it is now, and in use."""
    module = compiled_module("search.analysis._chunk_table", tmp_path_factory.mktemp("compiled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunk_table, "_chunk_table", module)
        patch.delenv("OPIS_PURE_PYTHON", raising=False)
        yield module


@pytest.fixture(scope="module")
def both() -> dict[str, tuple[Terms, Terms]]:
    """For each language, and for little room, the cache in C and that in Python, kept for all texts."""
    rooms = dict.fromkeys(LANGUAGES, 300_000) | {"no room": 0, "little room": 5}
    return {name: _both(PAIRS.get(name, PAIRS["English"]), room) for name, room in rooms.items()}


def _both(pairs: Pairs, room: int) -> tuple[Terms, Terms]:
    return cached_terms(pairs, Room(room)), ChunkCache(pairs, Room(room)).terms


@pytest.mark.parametrize("name", [*LANGUAGES, "no room", "little room"])
@given(texts=st.lists(HOSTILE, min_size=1, max_size=3))
def test_1_it_gives_what_python_gives(
    both: dict[str, tuple[Terms, Terms]], name: str, texts: list[str]
) -> None:
    in_c, in_python = both[name]
    for text in texts:
        assert in_c(text) == in_python(text)
        assert in_c(text) == in_python(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "a" * 64 + " " + "b" * 65 + " " + "é" * 32 + " " + "é" * 33,
        "U. S. S. R., the U.\u2003S., U.\u00a0S.A. and В.\u2009М. Молотов; A. \ud800. B",
        "Ж. Д. И. " * 3,
        ".. ., ,. ,, . , a.. a,, a., a,. a.,. 1,000. 1,000,",
        "don’t ‘so’ “so” a—b a–b a…b \u2000\u203f\u2010 \u2018\u2019",
        "צה״ל צה\"ל “לא” \"הארץ\"",
        "\x01a\x01b.\x01c. \x02 a.\x01b.",
        "𝒜. 𝒜. a.𝒜. . 𝒜.",
        "a.",
        "a. b",
        "a. b.",
        "a. é",
        "a.\u2003",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["English", "no room"])
def test_1_special_texts(both: dict[str, tuple[Terms, Terms]], name: str, text: str) -> None:
    in_c, in_python = both[name]
    for start in range(min(len(text), 50) + 1):
        for end in range(start, min(len(text), 50) + 1):
            assert in_c(text[start:end]) == in_python(text[start:end])
    assert in_c(text) == in_python(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["ab " * 500_000, "a" * 2_000_000, "é. " * 200_000, "a. " * 200_000, "毛" * 100_000, "\0" * 1_000_000],
    ids=["words", "one word", "initials", "ASCII initials", "unspaced", "NUL"],
)
def test_2_long_texts(text: str) -> None:
    pairs = SCHEMA.analyzer.pairs
    assert cached_terms(pairs, Room())(text) == ChunkCache(pairs, Room()).terms(text)


def test_2_many_chunks() -> None:
    text = " ".join(f"n{number} " for number in range(50_000))
    terms = cached_terms(lambda one: [(one, f"{one}s")], Room(40_000))
    expected = text.split()
    for _ in range(2):
        assert terms(text) == (" ".join(expected), " ".join(f"{one}s" for one in expected))


def test_2_long_forms_of_a_chunk() -> None:
    terms = cached_terms(lambda _: [("x" * 70_000, "y" * 3)], Room())
    assert terms("a") == terms("a") == ("x" * 70_000, "yyy")


def test_3_an_error_is_raised_and_the_next_text_analysed() -> None:
    def pairs(text: str) -> list[tuple[str, str]]:
        if text == "bad":
            raise MemoryError("not now")
        return [(text, text)]

    terms = cached_terms(pairs, Room())
    for _ in range(2):
        with pytest.raises(MemoryError, match="not now"):
            terms("a good bad text")
        assert terms("a good text") == ("a good text", "a good text")


@pytest.mark.parametrize("text", [None, b"a", 1, ["a"]])
def test_3_only_texts_have_terms(text: Any) -> None:
    with pytest.raises(TypeError):
        cached_terms(SCHEMA.analyzer.pairs, Room())(text)


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        (lambda _: None, TypeError),
        (lambda _: ("a", "b"), TypeError),
        (lambda _: ("a", 1, True), TypeError),
        (lambda _: ["a", "b", True], TypeError),
        (lambda _: ("\ud800", "b", True), UnicodeEncodeError),
    ],
)
def test_3_wrong_entries(compiled: ModuleType, entry: Any, error: type[Exception]) -> None:
    table = compiled.ChunkTable(str.split, str.isalpha, entry, chunk_table._ASCII, chunk_table._PUNCTUATION)
    with pytest.raises(error):
        table.terms("a")


def test_3_wrong_chunks(compiled: ModuleType) -> None:
    for chunks in (str, str.split, lambda _: None):
        table = compiled.ChunkTable(
            chunks, str.isalpha, lambda _: ("a", "a", True), chunk_table._ASCII, chunk_table._PUNCTUATION
        )
        with pytest.raises(TypeError):
            table.terms("א")


def test_3_wrong_tables(compiled: ModuleType) -> None:
    for sizes in ((127, 64), (128, 63), (256, 64), (0, 0)):
        with pytest.raises(ValueError, match="128 and 64"):
            compiled.ChunkTable(str.split, str.isalpha, str, *(b" " * size for size in sizes))
    with pytest.raises(TypeError):
        compiled.ChunkTable()


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads take turns every 10 µs."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried_threads")
def test_4_threads_share_one() -> None:
    """The table grows, and is emptied, while others look into it."""
    analyzer = Analyzer("english")
    terms = cached_terms(analyzer.pairs, Room(5_000))
    texts = [
        " ".join(f"w{step % 3}x{number % (230 * step)} talks," for number in range(3_000))
        for step in range(1, 40)
    ]
    expected = [ChunkCache(analyzer.pairs, Room()).terms(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(terms, texts)) == expected


def test_4_it_may_be_asked_while_it_asks() -> None:
    """Also for so many words that the table grows meanwhile."""

    def pairs(text: str) -> list[tuple[str, str]]:
        if text.isdigit():
            terms(" ".join(f"{text}n{number}" for number in range(2_000)))
        return [(text, text)]

    terms: Callable[[str], tuple[str, str]] = cached_terms(_once(pairs), Room())
    assert terms("1 a 1 2 b")[0] == "1 a 1 2 b"


def _once(pairs: Callable[[str], list[tuple[str, str]]]) -> Pairs:
    """Recursion of one level: what is asked within an answer is answered plainly."""
    asked: list[str] = []

    def within(text: str) -> list[tuple[str, str]]:
        if asked:
            return [(text, text)]
        asked.append(text)
        try:
            return pairs(text)
        finally:
            asked.clear()

    return within


def test_5_it_keeps_nothing_alive() -> None:
    class Asked:
        def __call__(self, text: str) -> list[tuple[str, str]]:
            return [(text, text)]

    asked = Asked()
    terms: Any = cached_terms(asked, Room())
    terms("a b c")
    asked.terms = terms  # type: ignore[attr-defined] # a cycle
    gone = weakref.ref(asked)
    del asked, terms
    gc.collect()
    assert gone() is None


def test_6_it_is_used_unless_it_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use() -> str:
        return type(getattr(cached_terms(SCHEMA.analyzer.pairs, Room()), "__self__", None)).__name__

    assert is_compiled()
    assert in_use() == "ChunkTable"
    monkeypatch.setenv("OPIS_PURE_PYTHON", "1")
    assert not is_compiled()
    assert in_use() == "ChunkCache"
    monkeypatch.delenv("OPIS_PURE_PYTHON")
    monkeypatch.setattr(chunk_table, "_VERSION", 0)
    assert in_use() == "ChunkCache"
    monkeypatch.setattr(chunk_table, "_chunk_table", None)
    assert in_use() == "ChunkCache"


def test_6_without_a_compiler_nothing_is_compiled(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for compiler in (str(tmp_path / "none"), "false", "true", 'cc "'):
        monkeypatch.setenv("CC", compiler)
        assert not compile_module(SOURCE, tmp_path / "module.so")
    assert list(tmp_path.iterdir()) == []
