"""Which terms may a word have been typed for?

1. Of 91 misspellings of names, places and words, nearly all are understood, and hardly one wrongly.
2. Of 29 rare words and names that are spelled right, few are taken for others.
3. Likely slips cost less than others, those at the head of a word more; the cost is symmetrical.
4. A word that documents have gives way only to one that is much more frequent, and to one alone.

misspellings.tsv has the words as typed, with what was meant, or with nothing where they are right.
vocabulary.tsv has the words near to them in 42,868 diplomatic documents, and how many documents have each.
"""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.edits import edit_distance
from search.engines.terms.term_dictionary import TermDictionary
from search.suggestions.likeness import LIKELY, UNLIKELY, slips_cost
from search.suggestions.near_terms import more_frequent, near_terms

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(line.partition("\t")[0], line.partition("\t")[2]) for line in lines]


@pytest.fixture(scope="module")
def vocabulary() -> TermDictionary:
    return TermDictionary.of(sorted((word, int(count)) for word, count in rows("vocabulary.tsv")))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer("english")


def meant(typed: str, vocabulary: TermDictionary, analyzer: Analyzer) -> str:
    count = vocabulary.count(typed)
    if count:
        better = more_frequent(typed, count, vocabulary, analyzer)
        return better.term if better else ""
    return next((near.term for near in near_terms(typed, vocabulary)), "")


def test_1_misspellings(vocabulary: TermDictionary, analyzer: Analyzer) -> None:
    verdicts: Counter[str] = Counter()
    for typed, right in rows("misspellings.tsv"):
        if right:
            found = meant(typed, vocabulary, analyzer)
            is_right = analyzer.stem(found) == analyzer.stem(right)
            verdicts["right" if is_right else "wrong" if found else "none"] += 1
    assert verdicts == {"right": 83, "none": 7, "wrong": 1}


def test_2_right_spellings(vocabulary: TermDictionary, analyzer: Analyzer) -> None:
    unknown = [typed for typed, right in rows("misspellings.tsv") if not right]
    taken = {typed: found for typed in unknown if (found := meant(typed, vocabulary, analyzer))}
    assert taken == {
        "marital": "martial", "statue": "state",
        "marchais": "marches", "thorez": "throes", "wilkie": "walkie",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("likelier", "than", "meant"),
    [
        ("hariman", "hartiman", "harriman"),
        ("kruschev", "rushchev", "khrushchev"),
        ("adenaur", "adenaler", "adenauer"),
        ("kissenger", "kisstnger", "kissinger"),
        ("molotow", "molotok", "molotov"),
        ("recieve", "reckeve", "receive"),
        ("молатов", "молктов", "молотов"),
        ("zorni", "borin", "zorin"),
    ],
)
def test_3_likely_slips(likelier: str, than: str, meant: str) -> None:
    assert 0 < slips_cost(likelier, meant) < slips_cost(than, meant)


@given(st.text("abeh", max_size=7), st.text("abeh", max_size=7))
def test_3_costs_are_those_of_edits(one: str, other: str) -> None:
    cost, edits = slips_cost(one, other), edit_distance(one, other, 20)
    assert cost == slips_cost(other, one)
    assert edits * LIKELY <= cost <= edits * 2 * UNLIKELY


def test_4_a_word_gives_way_to_one_alone(analyzer: Analyzer) -> None:
    counts = {
        "krushchev": 2,
        "khrushchev": 40,
        "korina": 1,
        "karina": 30,
        "korena": 30,
        "harbors": 1,
        "harbor": 50,
    }
    dictionary = TermDictionary.of(sorted(counts.items()))
    found = {word: more_frequent(word, count, dictionary, analyzer) for word, count in counts.items()}
    assert {word: near.term for word, near in found.items() if near} == {"krushchev": "khrushchev"}
    assert more_frequent("krushchev", 3, dictionary, analyzer) is None
    assert more_frequent("khrushcheva", 1, dictionary, analyzer) is None
