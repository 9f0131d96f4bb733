"""The vocabulary of a cluster's commits on this machine, beside blobs that are a dictionary here.

1. After any commits, another machine has the words that were counted.
2. What a commit does not change is uploaded once and downloaded once, and a damaged download is replaced.
3. Files are read in the order of their numbers, however many digits these have.
4. Files that were not used for a day are removed, and others stay.
"""

import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest

from search.analyzed import analyze
from search.engines.opensearch.address import Address
from search.engines.opensearch.blobs import Blobs
from search.engines.opensearch.client import Client
from search.engines.opensearch.commit import Blob, Commit, first_commit
from search.engines.opensearch.vocabulary import LocalFiles
from search.engines.opensearch.word_counts import WordCounts
from search.schema import Schema
from tests.archive import document

SCHEMA = Schema()
NONE = first_commit(SCHEMA, 1)


class StoredBlobs(Blobs):
    """Blobs in memory; `written` and `read_digests` say what was asked."""

    def __init__(self) -> None:
        super().__init__(Client(["127.0.0.1:9"]), Address(("127.0.0.1:9",), False, "letters"))
        self.stored: dict[str, bytes] = {}
        self.written: list[str] = []
        self.read_digests: list[str] = []

    def write(self, data: BinaryIO, number: int) -> Blob:  # noqa: ARG002
        content = data.read()
        digest = sha256(content).hexdigest()
        self.stored[digest] = content
        self.written.append(digest)
        return Blob(digest, len(content), 1)

    def chunks(self, blob: Blob) -> Iterator[bytes]:
        self.read_digests.append(blob.digest)
        yield self.stored[blob.digest]


def counts(*texts: str, gone: tuple[str, ...] = ()) -> WordCounts:
    counted = WordCounts(SCHEMA)
    for text in texts:
        counted.add(analyze(document("d", text, title="Letter"), SCHEMA))
    for text in gone:
        counted.take_away(analyze(document("d", text, title="Letter"), SCHEMA))
    return counted


def words(files: LocalFiles, commit: Commit) -> dict[str, int]:
    return {term.term: term.count for term in files.vocabulary(commit).of("words").with_prefix("", 999_999)}


def committed(files: LocalFiles, before: Commit | None, counted: WordCounts, number: int) -> Commit:
    found = files.write(before, counted, number)
    return msgspec.structs.replace(NONE, words=found, number=number)


@pytest.fixture
def blobs() -> StoredBlobs:
    return StoredBlobs()


@pytest.fixture
def here(blobs: StoredBlobs, tmp_path: Path) -> LocalFiles:
    return LocalFiles(blobs, tmp_path / "here")


@pytest.fixture
def there(blobs: StoredBlobs, tmp_path: Path) -> LocalFiles:
    return LocalFiles(blobs, tmp_path / "there")


def test_1_commits(here: LocalFiles, there: LocalFiles) -> None:
    commit = committed(here, None, counts("war and peace", "peace talks"), 1)
    assert words(there, commit) == {"and": 1, "letter": 2, "peace": 2, "talks": 1, "war": 1}
    commit = committed(here, commit, counts("peace of mind", gone=("peace talks",)), 2)
    assert words(there, commit) == {"and": 1, "letter": 2, "mind": 1, "of": 1, "peace": 2, "war": 1}
    commit = committed(there, commit, counts(gone=("war and peace",)), 3)
    assert words(here, commit) == {"letter": 1, "mind": 1, "of": 1, "peace": 1}
    assert here.vocabulary(commit).of("text").count("peac") == 1


def test_2_shared(blobs: StoredBlobs, here: LocalFiles, there: LocalFiles) -> None:
    many = " ".join(f"word{number}" for number in range(500))
    commit = committed(here, None, counts(many), 1)
    words(there, commit)
    commit = committed(here, commit, counts("peace"), 2)
    words(there, commit)
    assert committed(here, commit, counts(), 3).words == commit.words
    assert len(blobs.written) == len(set(blobs.written)) == 2
    assert blobs.read_digests == blobs.written


def test_2_damaged(here: LocalFiles, tmp_path: Path) -> None:
    commit = committed(here, None, counts("war and peace"), 1)
    [file] = (tmp_path / "here").iterdir()
    file.unlink()
    file.write_bytes(b"half")
    assert words(here, commit)["peace"] == 1


def test_3_order(here: LocalFiles) -> None:
    first = committed(here, None, counts("peace"), 1)
    second = committed(here, first, counts("peace", "war"), 2)
    [newest] = second.words.values()
    [oldest] = first.words.values()
    commit = msgspec.structs.replace(second, words={"terms-10000": newest, "terms-9999": oldest})
    assert words(here, commit)["peace"] == 2


def test_4_unused(here: LocalFiles, tmp_path: Path) -> None:
    old = committed(here, None, counts("peace"), 1)
    new = committed(here, None, counts("war"), 2)
    [digest], folder = [blob.digest for blob in old.words.values()], tmp_path / "here"
    long_ago = time.time() - 100_000
    os.utime(folder / digest, (long_ago, long_ago))
    (folder / "new-left").mkdir()
    os.utime(folder / "new-left", (long_ago, long_ago))
    words(here, new)
    assert {path.name for path in folder.iterdir()} == {blob.digest for blob in new.words.values()}
    assert words(here, old)["peace"] == 1
