"""The places of words in a text, found in C.

1. Scanning finds the same matches as tokenizing, whatever the text and the query, as it does in Python.
2. Texts of any length are scanned in time that grows with their length, with few separators as well.
3. Wrong arguments are errors, and too many places none at all.
4. It is used where it was compiled from the source that is there, unless OPIS_PURE_PYTHON is set.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.highlighting import scanner, word_places
from search.highlighting.matcher import by_tokenizing
from search.highlighting.query_terms import query_terms
from search.highlighting.scanner import TooManyCandidates
from search.highlighting.word_places import Place, Places, compiled_places
from search.query.tree import And, Term
from tests.compiled import compiled_module
from tests.in_time import in_processor_time
from tests.search.highlighting.test_scanner import ANALYZER, TEXTS, found, leaves

SIGNS = st.text("aAsSx19.,'’‘` \t\n\x01\xa0\u2003é—“\"א\u0301北𝒜\ud800")
KINDS = bytes(0x2100)


@pytest.fixture(scope="module", autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The function as the source has it now, in use."""
    module = compiled_module("search.highlighting._word_places", tmp_path_factory.mktemp("compiled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_places, "_word_places", module)
        patch.delenv("OPIS_PURE_PYTHON", raising=False)
        compiled = compiled_places()
        assert compiled
        patch.setattr(scanner, "_compiled", compiled)
        yield compiled


@pytest.mark.slow
@pytest.mark.parametrize("in_python", [False, True])
@given(text=TEXTS | SIGNS, other=TEXTS, data=st.data())
@settings(max_examples=400)
def test_1_scanning_is_tokenizing(in_python: bool, text: str, other: str, data: st.DataObject) -> None:
    pairs = ANALYZER.pairs(text) + ANALYZER.pairs(other) or [("war", "war")]
    terms = query_terms(And(tuple(data.draw(st.lists(leaves(pairs), min_size=1, max_size=12)))), "body")
    with pytest.MonkeyPatch.context() as patch, suppress(TooManyCandidates):
        if in_python:
            patch.setattr(scanner, "_compiled", None)
        assert found(text, terms) == by_tokenizing(text, terms, ANALYZER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The war, the wars; the warring. War", [(4, 7, 1), (13, 17, 1), (32, 35, 1)]),
        ("“war” – café war", [(1, 4, 1), (8, ~11, None), (13, 16, 1)]),
        ("the war's end", [(4, ~4, None)]),  # which may be more than the letters are
        ("a warless U.S. warlord", [(2, 9, "less"), (10, ~11, None)]),
        ("warless war", [(0, 7, "less"), (8, 11, 1)]),
    ],
)
def test_1_words_and_places(places: Places, text: str, expected: list[Place]) -> None:
    meanings = {"war": 1, "War": 1, "wars": 1, "warless": "less", "warring": 0, "warlord": ""}
    is_plain = all(isinstance(meaning, int) for _, _, meaning in expected)
    assert places(text, (b" war",), False, 100, meanings) == (expected, is_plain)


@pytest.mark.parametrize(
    "text", ["Peace’s’s", "u.s; and u.s, or u.s.", "50,000 or 000", "𝒜 war", "𝒜. war", "𝒜war 𝒜"]
)
@pytest.mark.parametrize("pattern", ["peace", "u.s.", "000", "50000", "war", "𝒜"])
def test_1_words_at_the_signs_of_others(places: Places, text: str, pattern: str) -> None:
    terms = query_terms(Term(*ANALYZER.pairs(pattern)[0]), "body")
    assert found(text, terms) == by_tokenizing(text, terms, ANALYZER)


@pytest.mark.parametrize("unit", ["’", "a’a", "é", "北", "a.a.", "x", "war", ".. ", "a. "])
def test_2_time_is_linear(places: Places, unit: str) -> None:
    with in_processor_time(1):
        places(unit * 200_000, (b" war", b" x "), True, 1 << 40, defaultdict(int))


def test_3_too_many_places(places: Places) -> None:
    meanings = {"war": 1}
    assert places("war war", (b" war ",), False, 2, meanings) == ([(0, 3, 1), (4, 7, 1)], True)
    assert places("war war war", (b" war ",), False, 2, meanings) is None
    assert places("war war war", (b" war ",), False, 2, {"war": 0}) is None
    assert places("war \ud800", (b" war ",), False, 2, meanings) is None
    with pytest.raises(TooManyCandidates):
        found("\ud800", query_terms(Term("war", "war"), "body"))


@pytest.mark.parametrize(
    "arguments",
    [
        (b"war", (b" war",), KINDS, False, 9),
        ("war", [b" war"], KINDS, False, 9),
        ("war", (" war",), KINDS, False, 9),
        ("war", (b"war",), KINDS, False, 9),
        ("war", (b" War",), KINDS, False, 9),
        ("war", (b" ",), KINDS, False, 9),
        ("war", (b"  ",), KINDS, False, 9),
        ("war", (b" \0",), KINDS, False, 9),
        ("war", (b" war",), KINDS[1:], False, 9),
        ("war", (b" war",), KINDS, False, -1),
    ],
)
def test_3_wrong_arguments(arguments: tuple[object, ...]) -> None:
    module: ModuleType = vars(word_places)["_word_places"]
    with pytest.raises((TypeError, ValueError)):
        module.places(*arguments, {"war": 1})


def test_3_what_a_word_means_is_not_known(places: Places) -> None:
    with pytest.raises(KeyError):
        places("The war, and é war", (b" war ",), False, 9, {})


def test_4_whether_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled_places()
    with monkeypatch.context() as patch:
        patch.setenv("OPIS_PURE_PYTHON", "1")
        assert compiled_places() is None
    with monkeypatch.context() as patch:
        patch.setattr(word_places, "_VERSION", 0)
        assert compiled_places() is None
    monkeypatch.setattr(word_places, "_word_places", None)
    assert compiled_places() is None
