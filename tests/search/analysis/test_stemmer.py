"""Stems are those of Snowball, but for the names that it damages.

1. Words for which the English stemmer is not called are their own stems; every language has a stemmer.
2. The cases of a Russian name meet, and a name is no noun.
"""

import gzip
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.folding import fold
from search.analysis.stemmer import SnowballStemmer
from search.analysis.text_languages import STEMMERS

REAL = Path(os.environ.get("OPIS_DATA", ""), "frus", "docs.jsonl.gz")
ENGLISH = Analyzer("english")
SNOWBALL = SnowballStemmer("english")
SUFFIXES = """
    s es ies ied us sses ed eed edly eedly ing ingly y ly li al ally ability abilities ible ibility
    able ably e l ation ator ational ization ize izer alize alism ality ous ously ousness ive
    iveness ivity ful fully fulness less lessly ent ently ence ency ance ancy ment ement ic ical
    icate icity ative ness ism ist ogy ogist ogists logy logi ion ate er
"""


def own_stem(word: str) -> str:
    """The stem of an English word by the stemmer alone."""
    return re.sub("^([0-9]+)(st|nd|rd|th)$", r"\1", SNOWBALL.stem(word))


@given(st.text("abcdeghilmnoprstuvy0123456789", min_size=1, max_size=12))
def test_1_words_without_an_ending_are_their_own_stem(word: str) -> None:
    assert ENGLISH.stem(word) == own_stem(word)


@given(
    st.text("abcdeghilmnoprstuvy", min_size=1, max_size=5),
    st.lists(st.sampled_from(SUFFIXES.split()), min_size=1, max_size=3),
)
@settings(max_examples=500)
def test_1_words_with_suffixes(root: str, suffixes: list[str]) -> None:
    word = root + "".join(suffixes)
    assert ENGLISH.stem(word) == own_stem(word)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_file(), reason="OPIS_DATA names no folder with frus/")
def test_1_the_words_of_many_documents() -> None:
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        bodies = [json.loads(line)["body"].lower() for line in islice(lines, 0, None, 20)]
    words = {word for body in bodies for word in re.findall("[a-z0-9]+", body)}
    assert len(words) > 30_000
    assert [word for word in words if ENGLISH.stem(word) != own_stem(word)] == []


def test_1_words_that_are_not_one() -> None:
    apart = [("evening", "even"), ("added", "ad"), ("organization", "organic"), ("news", "new")]
    assert [pair for pair in apart if ENGLISH.stem(pair[0]) == ENGLISH.stem(pair[1])] == []


@pytest.mark.parametrize("language", STEMMERS)
def test_1_every_language_stems(language: str) -> None:
    pairs = Analyzer(language).pairs("Négociations au 38e parallèle, 停戦 and перемирие")
    assert [word for word, _ in pairs][:2] == ["negociations", "au"]
    assert all(stem for _, stem in pairs)


def test_1_threads_stem_alike() -> None:
    words = [f"{root}{suffix}" for root in ("negoti", "armist", "plan") for suffix in SUFFIXES.split()] * 50
    expected = [SNOWBALL.stem(word) for word in words]
    with ThreadPoolExecutor(8) as threads:
        assert all(
            found == expected for found in threads.map(lambda _: list(map(SNOWBALL.stem, words)), range(16))
        )


@pytest.mark.parametrize(
    "forms",
    [
        "Молотов Молотова Молотову Молотовым Молотове МОЛОТОВ Молото́в",
        "Кузнецов Кузнецова Кузнецову Кузнецовым Кузнецове",
        "Хрущёв Хрущева Хрущёву Хрущевым Хрущёве",
        "Матвеев Матвеева Матвееву Матвеевым Матвееве",
        "Киев Киева Киеву Киевом Киеве",
        "Димитров Димитрова Димитрову",
        "Микоян Микояна Микояну Микояном Микояне МИКОЯН",
        "Иран Ирана Ирану Ираном Иране",
        "Светлана Светланы Светлане Светлану Светланой",
        "Булганин Булганина Булганину Булганине",
        "Вышинский Вышинского Вышинскому Вышинским",
        "файл файла файлов файлами",
        "стол столы столов столам",
        "Штаты Штатов Штатам штатов",
        "министр Министры Министров министров",
    ],
)
def test_2_cases_of_russian_nouns_and_names_meet(forms: str) -> None:
    assert len({stem for _, stem in ENGLISH.pairs(forms)}) == 1
    assert len(set(ENGLISH.index_terms(forms)[1].split())) == 1


@pytest.mark.parametrize(
    "pair", ["Молотов молот", "Кузнецов кузнец", "Молотова молота", "Волков волки", "Романов роман"]
)
def test_2_a_name_is_no_noun(pair: str) -> None:
    (_, name), (_, noun) = ENGLISH.pairs(pair)
    assert name != noun


@given(st.text("абвгдежзиклмнопрстуфхч", min_size=2, max_size=8), st.sampled_from(["ов", "ев", "ёв"]))
def test_2_names_keep_their_ending_in_every_case(root: str, ending: str) -> None:
    name = (root + ending).capitalize()
    word = fold(name)
    stems = {stem for _, stem in ENGLISH.pairs(f"{name} {name}а {name}у {name}ым {name}е")}
    assert stems == {word} or is_noun(word)


def is_noun(word: str) -> bool:
    return ENGLISH.pairs(word.capitalize())[0][1] != word
