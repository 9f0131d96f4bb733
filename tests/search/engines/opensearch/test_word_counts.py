"""The words of a transaction, and what a commit says of itself.

1. Words are counted as the memory engine has them, also where they are more than are kept in memory.
2. What is taken away is subtracted; a word whose number does not change is not listed.
3. A commit is read as it was written; an index that states none is an error.
"""

from collections import Counter

import msgspec
import pytest

from search.analyzed import analyze
from search.engines.opensearch import word_counts
from search.engines.opensearch.commit import Blob, commit_of, first_commit
from search.engines.opensearch.word_counts import WordCounts
from search.errors import IndexDamaged
from search.schema import Schema
from tests.archive import document

SCHEMA = Schema()
DOCUMENTS = [
    analyze(document(f"d{n}", " ".join(f"word{n * m % 31}" for m in range(n)), title=f"Talks {n}"), SCHEMA)
    for n in range(40)
]


def stems() -> Counter[str]:
    return Counter(stem for doc in DOCUMENTS for stem in doc.text)


@pytest.mark.parametrize("most", [1_000_000, 50, 1])
def test_1_all_are_counted(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_counts, "MOST", most)
    counts = WordCounts(SCHEMA)
    for doc in DOCUMENTS:
        counts.add(doc)
    words = Counter(word for doc in DOCUMENTS for word in {w for v in doc.all_words() for w in v.split()})
    assert [*counts.of("words")] == sorted(words.items())
    assert dict(counts.of("text")) == stems()
    assert (counts.documents, counts.tokens) == (40, sum(doc.length for doc in DOCUMENTS))
    counts.close()


@pytest.mark.parametrize("most", [1_000_000, 50])
def test_2_taken_away(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_counts, "MOST", most)
    counts = WordCounts(SCHEMA)
    assert counts.are_none
    for doc in DOCUMENTS:
        counts.add(doc)
    assert not counts.are_none
    for doc in DOCUMENTS[:-1]:
        counts.take_away(doc)
    assert [*counts.of("title")] == [("39", 1), ("talks", 1)]
    counts.take_away(DOCUMENTS[-1])
    assert [*counts.of("title")] == []
    counts.take_away(DOCUMENTS[0])
    assert [*counts.of("title")] == [("0", -1), ("talks", -1)]
    assert counts.documents == -1
    counts.close()


def test_3_meta() -> None:
    commit = msgspec.structs.replace(
        first_commit(SCHEMA, 3), index="letters-0123456789ab", number=7, data={"aliases": Blob("ab", 9, 1)}
    )
    assert commit_of("letters-0123456789ab", msgspec.json.decode(msgspec.json.encode(commit.meta))) == commit
    assert commit.schema == SCHEMA
    assert not commit.is_stale(SCHEMA)
    assert commit.is_stale(Schema("german"))


@pytest.mark.parametrize("meta", [None, {}, {"opis": {"fingerprint": 1}}])
def test_3_another_index(meta: dict[str, object] | None) -> None:
    with pytest.raises(IndexDamaged, match="letters in OpenSearch was not written by this program"):
        commit_of("letters", meta)
