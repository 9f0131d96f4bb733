"""Edit distance, against its definition, in Python and in C, and the vocabulary that is looked up with it."""

from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.edits import EditPattern, edit_distance
from search.engines.answer_scope import one_answer
from search.engines.terms import distances as module
from search.engines.terms.distances import distances
from search.engines.terms.term_dictionary import TermDictionary
from search.results import TermCount
from tests.compiled import compiled_module

WORDS = st.text("abc", max_size=6)


@cache
def by_definition(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    found = min(
        by_definition(one[:-1], other) + 1,
        by_definition(one, other[:-1]) + 1,
        by_definition(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if one[-2:] == other[-2:][::-1] and len(one) > 1:
        found = min(found, by_definition(one[:-2], other[:-2]) + 1)
    return found


@given(WORDS, WORDS, st.integers(0, 3))
def test_agrees_with_its_definition(one: str, other: str, limit: int) -> None:
    assert edit_distance(one, other, limit) == min(by_definition(one, other), limit + 1)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The module in C as the source has it now, in use."""
    compiled = compiled_module("search.engines.terms._distances", tmp_path_factory.mktemp("compiled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_distances", compiled)
        patch.setattr(module, "is_compiled", lambda: True)
        yield compiled


LETTERS = "abcéж\U0001d11e"
LONG = st.text("ab\U0001d11e", min_size=30, max_size=66)  # words of up to 64 letters are compared in C


@st.composite
def words_alike(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A word, others that a few edits make of it, and some that are like none."""
    word = draw(st.text(LETTERS, max_size=8) | LONG | st.text(max_size=70))
    others = []
    for edits in draw(st.lists(st.integers(0, 4), max_size=12)):
        other = word
        for _ in range(edits):
            at = draw(st.integers(0, len(other)))
            letter, rest = draw(st.sampled_from(LETTERS)), other[at:]
            changed = (letter + rest, rest[1:], letter + rest[1:], rest[1:2] + rest[:1] + rest[2:])
            other = other[:at] + draw(st.sampled_from(changed))
        others.append(other)
    return word, others + draw(st.lists(st.text(LETTERS, max_size=8) | st.text(max_size=70), max_size=6))


@given(words_alike(), st.integers(0, 10) | st.just(254))
@example(("a" * 64, ["a" * 64, "a" * 65, "b" + "a" * 63, ""]), 2)
@example(("a" * 50 + "bc" + "a" * 8, ["a" * 50 + "cb" + "a" * 8]), 2)
@example(("", ["", "a", "é"]), 1)
def test_many_words_are_compared_as_one_is(
    compiled: ModuleType, words: tuple[str, list[str]], limit: int
) -> None:
    word, others = words
    pattern = EditPattern(word)
    encoded = [other.encode() for other in others]
    assert list(distances(pattern, encoded, limit)) == [pattern.distance(other, limit) for other in others]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "is_compiled", lambda: False)
        assert list(distances(pattern, encoded, limit)) == [
            pattern.distance(other, limit) for other in others
        ]


@pytest.mark.parametrize("is_compiled", [False, True])
def test_what_is_no_word_is_an_error(
    compiled: ModuleType, monkeypatch: pytest.MonkeyPatch, *, is_compiled: bool
) -> None:
    monkeypatch.setattr(module, "is_compiled", lambda: is_compiled)
    with pytest.raises(UnicodeDecodeError):
        distances(EditPattern("word"), [b"word", b"w\xff", b"wor"], 2)


@pytest.mark.parametrize(
    "arguments",
    [(b"a", [], 1), ("a", (), 1), ("a", ["a"], 1), ("a" * 65, [], 1), ("a", [], -1), ("a", [], 255)],
)
def test_wrong_arguments(compiled: ModuleType, arguments: tuple[object, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        compiled.distances(*arguments)


@given(st.dictionaries(WORDS, st.integers(1, 9), max_size=20), WORDS, st.integers(1, 2), st.integers(1, 5))
def test_the_vocabulary_finds_what_a_look_at_every_word_finds(
    counts: dict[str, int], word: str, distance: int, least: int
) -> None:
    vocabulary = TermDictionary.of(sorted(counts.items()))
    near = [
        (by_definition(word, w), -n, w) for w, n in counts.items() if 0 < by_definition(word, w) <= distance
    ]
    assert vocabulary.similar(word, distance, 99) == [TermCount(w, -n) for _, n, w in sorted(near)]
    often = [(edits, n, w) for edits, n, w in near if -n >= least]
    assert vocabulary.similar(word, distance, 99, least) == [TermCount(w, -n) for _, n, w in sorted(often)]
    starting = sorted((-n, w) for w, n in counts.items() if w.startswith(word))
    assert vocabulary.with_prefix(word, 99) == [TermCount(w, -n) for n, w in starting]


@given(st.dictionaries(WORDS, st.integers(1, 9), max_size=20), WORDS, st.lists(st.integers(0, 9), max_size=5))
def test_an_answer_asks_for_few_words_and_then_for_more(
    counts: dict[str, int], word: str, limits: list[int]
) -> None:
    vocabulary = TermDictionary.of(sorted(counts.items()))
    every = vocabulary.similar(word, 2, 99)
    with one_answer():
        for limit in limits:
            assert vocabulary.similar(word, 2, limit) == every[:limit]
