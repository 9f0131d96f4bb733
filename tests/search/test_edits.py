"""Edit distance, against its definition, and the vocabulary that is looked up with it."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from search.edits import edit_distance
from search.engines.answer_scope import one_answer
from search.engines.terms.term_dictionary import TermDictionary
from search.results import TermCount

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
