"""Typing: what may come next.

1. Names, titles and words go on from what is typed, and each leads where it says.
2. What stands before the last word is met by what is suggested: words, signs, fields and quotes.
3. Accents, case, apostrophes and slips are forgiven; the slips only where nothing begins so.
4. Every suggestion finds something, and as much as it says; none comes twice, and there are no more than
   asked for.
5. No text makes it fail or hang.
6. Words are as documents write them; names and subjects come before words, and words before titles.
"""

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from search.engines import Engine
from search.engines.memory import MemoryEngine
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.suggestions.completion import Suggestion
from tests.archive import document, fill
from tests.in_time import in_processor_time

DOCUMENTS = (
    document(
        "talks",
        "The armistice talks and the tactics of Chargé Vas'kov. North Korea was heard.",
        title="Telegram from Kuznetsov on the armistice",
        authors=["Kuznetsov"],
        recipients=["Mao Zedong"],
    ),
    document("visit", "Mao received the delegation.", title="A visit", authors=["Vas'kov", "Zhou Enlai"]),
    document("report", "Tanks, taxes and armour.", title="Report on reports", authors=["V. Kuznetsov"]),
    document("copy", "The same once more.", title="Report on reports", authors=["mao"]),
)


@pytest.fixture(scope="module")
def filled(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(DOCUMENTS)


@pytest.fixture(scope="module")
def written(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    return engine_of(WRITTEN)


def said(found: Sequence[Suggestion]) -> list[str]:
    """Each suggestion in a line: kind, text, and where it leads unless that is a search for the text."""
    lines = []
    for item in found:
        filters = [f"{f.field}={f.value}" for f in item.question.filters]
        beside = [item.question.text] if filters and item.question.text else []
        lines.append(" ".join([item.kind, item.text, *filter(None, [item.doc_id, *beside, *filters])]))
        assert item.doc_id or filters or item.question.text == item.text
    return lines


CASES = [
    (
        "kuz",
        [
            "author Kuznetsov author=Kuznetsov",
            "author V. Kuznetsov author=V. Kuznetsov",
            "word Kuznetsov",
            "title Telegram from Kuznetsov on the armistice talks",
        ],
    ),
    (
        "KUZNETSOV",
        [
            "author Kuznetsov author=Kuznetsov",
            "author V. Kuznetsov author=V. Kuznetsov",
            "title Telegram from Kuznetsov on the armistice talks",
        ],
    ),
    ("mao z", ["author Mao Zedong recipient=Mao Zedong", "word mao Zedong", "word mao Zhou"]),
    ("vask", ["author Vas'kov author=Vas'kov", "word Vas'kov"]),
    ("vas’k", ["author Vas'kov author=Vas'kov", "word Vas'kov"]),
    ("charg", ["word Chargé"]),
    ("rep", ["word Report", "title Report on reports copy"]),
    ("armistice ta", ["word armistice tactics", "word armistice talks"]),
    ("tanks +ta", ["word tanks +taxes"]),
    ("tanks -ta", ["word tanks -tactics", "word tanks -talks"]),
    ('"north kor', ['word "north Korea"']),
    ('"north tal', []),
    (
        "author:kuz",
        [
            "author Kuznetsov author=Kuznetsov",
            "author V. Kuznetsov author=V. Kuznetsov",
            "word author:Kuznetsov",
        ],
    ),
    (
        "armistice author:kuz",
        ["author Kuznetsov armistice author=Kuznetsov", "word armistice author:Kuznetsov"],
    ),
    ('recipient:"mao z', ["author Mao Zedong recipient=Mao Zedong", 'word recipient:"mao Zedong"']),
    ("title:tele", ["word title:Telegram", "title Telegram from Kuznetsov on the armistice talks"]),
    (
        "kuznetz",
        [
            "author Kuznetsov author=Kuznetsov",
            "author V. Kuznetsov author=V. Kuznetsov",
            "word Kuznetsov",
            "title Telegram from Kuznetsov on the armistice talks",
        ],
    ),
    ("armistise tal", ["word armistice talks"]),
    ("author:zhuo", ["author Zhou Enlai author=Zhou Enlai", "word author:Zhou"]),
    ("the", ["title Telegram from Kuznetsov on the armistice talks"]),
    ("zzz", []),
    ("arm*", []),
    ("arm OR", []),
    ("", []),
    ("word " * 40, []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_1_to_3_what_comes_next(filled: Engine, text: str, expected: list[str]) -> None:
    assert said(Searcher(filled).suggest(text)) == expected


WRITTEN = (
    document("n1", "The NATO members; nothing was achieved.", authors=["Acheson"], subjects=["Naval bases"]),
    document("n2", "They achieve little in l’Égypte, says NATO.", recipients=["Dean Acheson"]),
    document("n3", "NATIONS achieve more. Nations do, these nations.", title="Achievements of nations"),
    document("n4", "Either OR both; orchards."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nat", ["word NATO 2", "word nations 1"]),
        ("nav", ["subject Naval bases 1", "word Naval 1"]),
        ("egy", ["word Égypte 1"]),
        ("in egy", ["word in Égypte 1"]),
        ("ach", ["author Acheson 1", "author Dean Acheson 1", "word Acheson 2", "word achieve 3"]),
        ("achs", ["author Acheson 1", "author Dean Acheson 1", "word Acheson 2"]),
        ("acheive", ["word achieve 3"]),
        ("either or", ["word either orchards 1"]),
        ("egipte nat", ["word Égypte NATO 1"]),
    ],
)
def test_6_as_documents_write_them(written: Engine, text: str, expected: list[str]) -> None:
    found = [item for item in Searcher(written).suggest(text) if item.kind != "title"]
    assert [f"{item.kind} {item.text} {item.count}" for item in found] == expected


@pytest.fixture(scope="module")
def archive() -> Engine:
    return fill(MemoryEngine(Schema()), DOCUMENTS)


@given(st.text(max_size=40) | st.lists(st.sampled_from(
    ["mao", "ta", "kuznetz", '"', "author:", "-", "(", ")", "title:", "rep", " ", "AND", "~", "'", "毛"]),
    max_size=10).map("".join), st.integers(1, 20))  # fmt: skip
def test_4_5_any_text(archive: Engine, text: str, limit: int) -> None:
    found = Searcher(archive).suggest(text, limit)
    assert len(found) <= limit
    assert len({(item.kind, item.text.casefold()) for item in found}) == len(found)
    for item in found:
        if item.doc_id:
            assert archive.get_many([item.doc_id]) != [None]
        else:
            asked = Question(item.question.text, filters=item.question.filters)
            assert Searcher(archive).search(asked).total == item.count > 0


@pytest.mark.slow
def test_5_many_words_in_time(engine: Engine) -> None:
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}word{n}" for n in range(20_000)]
    fill(engine, [document(f"d{n}", " ".join(words[n * 100 : n * 100 + 100])) for n in range(200)])
    texts = ("a", "abwrod", " ".join(words[:15]), "a b c d e f g h", "x" * 1000, '"' * 999)
    with in_processor_time(10):
        found = [Searcher(engine).suggest(text) for text in texts]
    assert [len(suggested) for suggested in found] == [8, 3, 1, 0, 0, 0]
    assert [item.text for item in found[1]] == ["abword10166", "abword10842", "abword11518"]
