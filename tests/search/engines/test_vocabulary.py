"""The vocabulary of an index on disk.

1. After any commits, it has the words of the live documents and their numbers, as the memory engine has them.
2. A commit writes what it changed: few files, of which only the small ones are written anew.
3. Damage is found by --verify, and is a clear error or no error at all, whatever byte it concerns.
4. An index without these files answers all the same.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import Engine, open_engine
from search.engines.faults import Unreadable
from search.engines.terms.term_dictionary import TermDictionary
from search.engines.terms.vocabulary import Vocabulary, files_in, write_all, write_changes
from search.errors import IndexDamaged
from search.schema import Schema
from tests.archive import document, fill
from tests.on_disk import live

SCHEMA = Schema()
MANY = " ".join(f"word{number}" for number in range(2000))
WORDS = st.dictionaries(st.text("abcé", min_size=1, max_size=4), st.integers(0, 9), max_size=12)


@pytest.fixture(params=["whoosh", "tantivy"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{request.param}:{tmp_path / 'index'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url, SCHEMA, create=True)
    fill(opened, [document(f"many{number}", MANY) for number in range(9)])
    yield opened
    opened.close()


def files(url: str) -> dict[str, int]:
    """The files of words of the live commit, each with its i-node."""
    found = live(Path(url.partition(":")[2])).glob("terms-*")
    return {path.name: path.stat().st_ino for path in found}


def looked_up(vocabulary: TermDictionary) -> list[object]:
    """Answers that together depend on every word."""
    every = vocabulary.with_prefix("", 9999)
    some = [vocabulary.similar(word, 2, 50, least) for word in ("ab", "word12", "talks") for least in (1, 3)]
    return [every, [vocabulary.count(item.term) for item in every], vocabulary.with_prefix("word1", 20), some]


@pytest.mark.slow
def test_1_commits(url: str, engine: Engine) -> None:
    memory = open_engine("memory:", SCHEMA)
    fill(memory, [document(f"many{number}", MANY) for number in range(9)])
    random, texts = Random(7), ["talks", "the talks of May", "word1 word12 word13", "zebra"]
    for _ in range(8):
        put = [document(f"d{random.randrange(6)}", random.choice(texts)) for _ in range(3)]
        gone = [f"d{random.randrange(8)}", "nothing"]
        for one in (engine, memory):
            fill(one, put)
            with one.writer() as writer:
                for doc_id in gone:
                    writer.delete(doc_id)
        for field in ("words", "title", "author"):
            assert looked_up(engine.vocabulary(field)) == looked_up(memory.vocabulary(field))
    assert len(files(url)) > 1, "changes were written, not all words"


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_1_files(tmp_path_factory: pytest.TempPathFactory, commits: list[dict[str, int]]) -> None:
    directory = tmp_path_factory.mktemp("terms")
    first, *later = commits
    write_all(directory, ["words"], lambda _: sorted(first.items()))
    for changed in later:
        write_changes(directory, {"words": sorted(changed.items())})
    counts = {word: number for commit in commits for word, number in commit.items()}
    expected = TermDictionary.of(sorted((word, number) for word, number in counts.items() if number))
    assert looked_up(Vocabulary(files_in(directory), lambda _: []).of("words")) == looked_up(expected)


@pytest.mark.slow
def test_2_a_small_commit_keeps_the_large_file(url: str, engine: Engine) -> None:
    before = files(url)
    for number in range(20):
        fill(engine, [document(f"new{number}", f"some news {number}")])
    assert before.items() <= files(url).items()
    assert len(files(url)) <= 6
    with engine.writer() as writer:
        for number in range(9):
            writer.delete(f"many{number}")
    assert len(files(url)) == 1, "all words were written anew"


def test_3_damage(tmp_path: Path) -> None:
    write_all(tmp_path, ["words"], lambda _: [(f"word{number:03}", number) for number in range(1, 200)])
    [path] = tmp_path.glob("terms-*")
    whole, random = path.read_bytes(), Random(3)
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[random.randrange(len(whole))] ^= 1 << random.randrange(8)
        path.write_bytes(damaged)
        with suppress(IndexDamaged, Unreadable):
            looked_up(Vocabulary(files_in(tmp_path), lambda _: []).of("words"))
    path.write_bytes(b"")
    with pytest.raises(Unreadable):
        Vocabulary(files_in(tmp_path), lambda _: [])


def test_3_damage_is_found(url: str, engine: Engine) -> None:
    [name] = files(url)
    path = live(Path(url.partition(":")[2])) / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert engine.verify().problems == (f"{name} is not as it was written.",)


def test_4_an_index_without_them(url: str, engine: Engine) -> None:
    expected = looked_up(engine.vocabulary("words"))
    directory = live(Path(url.partition(":")[2]))
    for path in directory.glob("terms-*"):
        path.unlink()
    (directory / "checksums.json").unlink()
    again = open_engine(url, SCHEMA)
    assert looked_up(again.vocabulary("words")) == expected
    again.close()
