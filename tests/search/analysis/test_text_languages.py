"""Documents in other languages than the default one are analysed by their own stemmers, and marked.

1. A language has its stemmer by its English name, none is "as written" in Latin letters, else as by default.
2. Words are folded as in all documents; only words in the letters of the language have marked stems.
3. Without their marks, these are the stems of an archive in that language.
4. Cached chunks give the terms that tokens have.
5. An archive that allows some languages alone analyses all others as its default one.
6. However many languages a process has analysed, it keeps no more chunks than two analyzers do.
"""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.chunk_cache import ChunkCache, Room
from search.analysis.stem import have_common_part, joint_stem, parts_of, unmarked
from search.analysis.text_languages import AS_WRITTEN, LETTERS, STEMMERS, script_of, stemmer_of
from search.schema import Schema

SCHEMA = Schema()
WORDS = """
    Häuser Communications maisons l'armée Clark's U.S.S.R. U. S. Army 38th 1951 50,000 B-52 kućama
    дома Молотова столов σπίτια الكتاب घरों שלום 毛泽东 平壤 Straße naïve dell'esercito
    """.split()  # noqa: SIM905 - easier to read as one text
analyzer = cache(Analyzer)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("text_language", "stemmer"),
    [
        ("", ""),
        ("German", "german"),
        ("Old French", "french"),
        ("Norwegian", "norwegian"),
        ("Croatian", AS_WRITTEN),
        ("Scottish Gaelic", AS_WRITTEN),
        ("Chinese", ""),
        ("Ukrainian", ""),
        ("Church Slavonic", ""),
        ("Hebrew", ""),
    ],
)
def test_1_a_language_has_its_stemmer(text_language: str, stemmer: str) -> None:
    assert stemmer_of(text_language) == stemmer


@pytest.mark.parametrize("stemmer", STEMMERS)
@given(text=TEXTS)
def test_2_and_3_marks(stemmer: str, text: str) -> None:
    own, default, alone = SCHEMA.analyzer_of(stemmer.capitalize()), SCHEMA.analyzer, analyzer(stemmer)
    letters = LETTERS[script_of(stemmer)]
    for (word, stem), (same, plain) in zip(own.pairs(text), default.pairs(text), strict=True):
        assert word == same
        if stem != plain:
            assert letters.match(word)
            assert unmarked(stem) == alone.stem(word)


@pytest.mark.parametrize("language", ["German", "Russian", "Greek", "Croatian", "Serbian"])
@given(text=TEXTS)
def test_4_cached_chunks_give_the_same_terms(language: str, text: str) -> None:
    own = SCHEMA.analyzer_of(language)
    pairs = own.pairs(text)
    assert own.index_terms(text) == (" ".join(w for w, _ in pairs), " ".join(s for _, s in pairs))


def test_5_some_languages_may_be_allowed() -> None:
    schema = Schema(languages=("croatian", "english", "french"))
    assert schema.analyzer_of("German") is schema.analyzer
    assert schema.analyzer_of("Slovak") is schema.analyzer
    assert schema.analyzer_of("French").stem("maisons") == "fr:maison"
    assert schema.analyzer_of("Croatian").stem("kucama") == "und:kucama"
    assert schema.analyzer_of("Croatian") is schema.analyzer_of("Croatian")


def test_6_chunks_share_their_room() -> None:
    room = Room(3)
    for chunks in (ChunkCache(SCHEMA.analyzer.pairs, room), ChunkCache(SCHEMA.analyzer.pairs, room)):
        assert chunks.terms("one two") == ("one two", "one two")
        assert chunks.terms("one two") == ("one two", "one two")
    assert room.chunks == 0


def test_stems_with_parts() -> None:
    assert joint_stem(["haus", "haus"]) == "haus"
    assert joint_stem(["haus", "de:haus"]) == ("haus", "de:haus")
    assert parts_of("haus") == ("haus",)
    assert unmarked("de:haus") == unmarked("haus") == "haus"
    assert have_common_part("de:haus", ("hauser", "de:haus"))
    assert not have_common_part("haus", "de:haus")
