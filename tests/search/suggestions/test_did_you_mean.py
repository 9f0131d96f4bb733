"""Did you mean?

1. An unknown word is respelled as the nearest of its field, in phrases and behind fields too.
2. Words run together are parted, words apart are joined, where documents write them so.
3. Of words equally near, one with which the whole query finds something goes first.
4. The rest of the text stays as typed, what is suggested is as documents write it, and finds something within
   the filters.
5. It works within bounds, whatever the text.
6. A bare word that few documents have gives way to a near one that is twenty times as frequent, beside
   what was found; words in quotation marks, with signs of exactness or behind fields do not.
7. Nothing far-fetched is suggested where no document has all the words.
"""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from search.engines import Engine
from search.engines.memory import MemoryEngine
from search.request import Filter, Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.in_time import in_processor_time

DOCUMENTS = (
    document("a", "The armistice talks in North Korea went on.", authors=["Kuznetsov"], date="1953"),
    document("b", "A counteroffensive was begun by the northern corps.", authors=["Mao Zedong"], date="1951"),
    document("c", "Cats and maps; the tanks of the armour.", authors=["Molotov"], title="Kuznitsov"),
    document("d", "Talks without cuts; a cease-fire line."),
)

CASES = [
    ("armistise", "armistice"),
    ("armistise talks", "armistice talks"),
    ('"armistise talks"', '"armistice talks"'),
    ("“armistise talks”", "“armistice talks”"),
    ('"armistise corps"~5', None),
    ("author:kuznetzov", "author:Kuznetsov"),
    ("author: Kuznetzov", "author: Kuznetsov"),
    ("ARMISTISE Tolks", "ARMISTICE Talks"),
    ("title:kuznetzov", "title:Kuznitsov"),
    ("author:molotow Tanks", "author:Molotov Tanks"),
    ("(armistise OR cancan) AND Talks", "(armistice OR cancan) AND Talks"),
    ("Talks +armistise -cuts", "Talks +armistice -cuts"),
    ("=armistise", "=armistice"),
    ("northkorea", "North Korea"),
    ("+northkorea", '+"North Korea"'),
    ('"northkorea talks"', None),
    ("author:maozedong", 'author:"Mao Zedong"'),
    ("counter offensive", "counteroffensive"),
    ("counter-offensive corps", "counteroffensive corps"),
    ('"counter offensive"', '"counteroffensive"'),
    ("author:counter offensive", None),
    ("cets maps", "Cats maps"),
    ("cets cease", "cuts cease"),
    ("armistise unheardofword", "armistice unheardofword"),
    ("armistice -kuznetzov corps", None),
    ("armistice corps", None),
    ("armistise*", None),
    ("1954", None),
    ("armistice", None),
    ("NOT armistise", None),
    ("zz", None),
    ("", None),
]


@pytest.fixture(scope="module")
def filled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(DOCUMENTS)


@pytest.fixture(scope="module")
def spelled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(SPELLINGS)


def meant(engine: Engine, text: str, *filters: Filter) -> str | None:
    """What is suggested where words are searched only as typed: else some need no suggestion."""
    return Searcher(engine).search(Question(text, filters=filters, expand=False)).suggestion


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_1_to_4_what_was_meant(filled: Engine, text: str, expected: str | None) -> None:
    assert meant(filled, text) == expected


def test_4_within_the_filters(filled: Engine) -> None:
    assert meant(filled, "armistise", Filter("author", "is", "Kuznetsov")) == "armistice"
    assert meant(filled, "armistise", Filter("author", "is", "Molotov")) is None
    exactly = Question("armistise unheardofword", match="all")
    assert Searcher(filled).search(exactly).suggestion is None


SPELLINGS = (
    *(document(f"k{n:02}", "Khrushchev at the summit; he spoke of Korea.") for n in range(40)),
    document("m1", "Khruschev spoke."),
    document("m2", "Khruschev wrote to Zhdanov on 7 May.", authors=["Khruschev"]),
    *(document(f"g{n}", "Vladimir sent the glad tidings of the Korea Zorin knew.") for n in range(9)),
    document("h", "Korena was there with Khrushcheva."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khruschev", "Khrushchev"),
        ("khruschev spoke", "Khrushchev spoke"),
        ("KHRUSCHEV OR tidings", "KHRUSHCHEV OR tidings"),
        ("khruschev OR summit", None),
        ("khruschev zhdanov", None),
        ('"khruschev" spoke', None),
        ("=khruschev", None),
        ("author:khruschev", None),
        ("khruschev* spoke", None),
        ("zhdanov -khruschev", None),
        ("khrushcheva", None),
        ("khrushchev", None),
        ("zorin", None),
        ("vlada zorin", None),
        ("khruschev summit", "Khrushchev summit"),
    ],
)
def test_6_7_rare_spellings(spelled: Engine, text: str, expected: str | None) -> None:
    assert meant(spelled, text) == expected


@pytest.fixture(scope="module")
def archive() -> Engine:
    return fill(MemoryEngine(Schema()), (*DOCUMENTS, *SPELLINGS))


PIECES = ["armistise", "northkorea", "counter", "offensive", "cets", '"', "author:", "kuznetzov", "-", "(",
          ")", "NOT", "OR", "~2", " ", "  ", "毛", "=", "+",
          "khruschev", "spoke"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join) | st.text(max_size=30))
def test_4_5_a_suggestion_finds_something(archive: Engine, text: str) -> None:
    answer = Searcher(archive).search(Question(text))
    if answer.suggestion is not None:
        assert answer.suggestion != text
        better = Searcher(archive).search(Question(answer.suggestion))
        assert better.total > (0 if answer.query.relaxed else answer.total)


@pytest.mark.slow
def test_5_many_unknown_words_in_time(engine: Engine) -> None:
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}word{n}" for n in range(20_000)]
    fill(engine, [document(f"d{n}", " ".join(words[n * 100 : n * 100 + 100])) for n in range(200)])
    texts = (" ".join(f"unknownwrd{chr(97 + n)}" for n in range(20)), "x" * 900, "abword" * 5)
    with in_processor_time(20):
        assert [meant(engine, text) for text in texts] == [None, None, None]
