"""The manifest beside an index, as each commit finds it.

1. A run sees what the one before knew, without what it left out, and what it has added.
2. Nothing of it is seen before the index names its state, nor if it never does.
3. The manifest that an earlier format kept in the commit data is taken over.
4. Comparing two manifests by queries gives what comparing them in memory does (hypothesis).
5. A file that is no database is a lost manifest; a damaged one is an error with the cure.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.runs.manifest.comparison import gone_documents, moved_ids
from index.runs.manifest.database import NAME
from index.runs.manifest.entries import DocumentEntry, Place, SourceFailure
from index.runs.manifest.next_manifest import NextManifest
from index.runs.manifest.states import manifest_of, next_manifest
from search.errors import IndexDamaged

Files = dict[Place, list[str]]
ONE, TWO = ("/one", "a"), ("/one", "b")


def add(manifest: NextManifest, files: Files) -> None:
    for place, ids in files.items():
        manifest.begin_file(place)
        for number, doc_id in enumerate(ids):
            manifest.put(DocumentEntry(doc_id, b"key", number, indexed=7))
        manifest.end_file(f"key of {ids}", [SourceFailure(place[1], "Why.")])
    manifest.end_files()


def written(folder: Path, state: bytes, files: Files, left_out: Iterable[Place] = ()) -> bytes:
    """The state after a run that read these files."""
    with next_manifest(folder, state) as manifest:
        manifest.leave_out([*files, *left_out])
        add(manifest, files)
        return manifest.end({"/one": "Mao; Mao Zedong"})


def interrupted(manifest: NextManifest, files: Files) -> None:
    manifest.leave_out([ONE])
    add(manifest, files)
    raise KeyboardInterrupt


def known(folder: Path, state: bytes) -> list[str]:
    with manifest_of(folder, state) as manifest:
        return [entry.id for entry in manifest.documents()]


def test_1_what_a_run_sees(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: ["x", "y"], TWO: ["z"]})
    with manifest_of(tmp_path, first) as manifest:
        found = manifest.file(ONE)
        assert found is not None
        assert (found.documents, found.failures) == (2, (SourceFailure("a", "Why."),))
        assert manifest.place_of("z") == TWO
        assert ("x" in manifest, "q" in manifest) == (True, False)
        assert (manifest.newest, manifest.aliases) == (7, {"/one": "Mao; Mao Zedong"})
    with next_manifest(tmp_path, first) as later:
        later.leave_out([ONE])
        assert later.known("x").before == DocumentEntry("x", b"key", 0, indexed=7)
        assert (later.known("x").place, later.known("x").owner, later.known("z").owner) == (ONE, None, TWO)
        add(later, {ONE: ["x", "new"]})
        assert (later.known("x").owner, later.known("new").owner) == (ONE, ONE)
        assert list(gone_documents(later)) == [(ONE, "y")]
        assert {entry.id for entry in later.documents()} == {"x", "new", "z"}


def test_1_what_a_file_had_may_stay(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: ["x", "y"], TWO: ["z"]})
    with next_manifest(tmp_path, first) as later:
        later.leave_out([ONE])
        later.begin_file(ONE)
        later.put(DocumentEntry("y", b"", 9))
        assert [entry.id for entry in later.keep_former()] == ["x"]
        later.end_file("", [])
        later.end_files()
        assert list(gone_documents(later)) == []


def test_2_nothing_is_seen_before_the_index_names_it(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: ["x"]})
    second = written(tmp_path, first, {ONE: ["y"], TWO: ["z"]})
    assert (known(tmp_path, first), known(tmp_path, second)) == (["x"], ["y", "z"])
    third = written(tmp_path, first, {TWO: ["w"]})  # the index never named the second
    assert (known(tmp_path, first), known(tmp_path, second)) == (["x"], [])
    assert known(tmp_path, third) == ["x", "w"]
    with next_manifest(tmp_path, third):
        assert (known(tmp_path, first), known(tmp_path, third)) == ([], ["x", "w"])


def test_2_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    written(tmp_path, b"", {ONE: ["x"]})
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600]


def test_2_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: ["x"]})
    many = [f"d{number}" for number in range(50_000)]
    with pytest.raises(KeyboardInterrupt), next_manifest(tmp_path, first) as later:
        interrupted(later, {TWO: many})
    assert known(tmp_path, first) == ["x"]
    with sqlite3.connect(tmp_path / NAME) as connection:
        assert connection.execute("select count(*) from documents").fetchone() == (1,)
    connection.close()


def test_3_an_earlier_format(tmp_path: Path) -> None:
    entry = ["x", b"key", 1, b"text", ["A. Smith"]]
    earlier = {
        "roots": {"/one": {"a": ["file key", [entry], []]}},
        "aliases": {"/one": "Mao; Mao Zedong"},
        "format": 1,
    }
    state = msgspec.msgpack.encode(earlier)
    assert known(tmp_path, state) == ["x"]
    assert not (tmp_path / NAME).exists(), "to look is not to write"
    after = written(tmp_path, state, {TWO: ["z"]})
    assert (known(tmp_path, state), known(tmp_path, after)) == (["x"], ["x", "z"])
    with manifest_of(tmp_path, after) as manifest:
        assert manifest.authors() == {"A. Smith"}


PLACES = st.sampled_from([("/one", "a"), ("/one", "b"), ("/two", "a")])
FILES = st.dictionaries(PLACES, st.lists(st.sampled_from("uvwxyz"), max_size=4, unique=True), max_size=3)


def without_repeats(files: Files, taken: set[str]) -> Files:
    """The files without documents whose ids are taken, or come twice."""
    kept: Files = {}
    for place, ids in files.items():
        kept[place] = [doc_id for doc_id in ids if doc_id not in taken]
        taken |= set(ids)
    return kept


@pytest.mark.parametrize("documents", [1, 499, 500, 501, 1200])
def test_1_documents_are_known_before_they_are_inserted(tmp_path: Path, documents: int) -> None:
    files = {("/one", f"{n}"): [f"d{n}-{m}" for m in range(documents)] for n in range(3)}
    with next_manifest(tmp_path, b"") as manifest:
        for place, ids in files.items():
            manifest.begin_file(place)
            for doc_id in ids:
                assert manifest.known(doc_id).owner is None
                manifest.put(DocumentEntry(doc_id, b"key"))
                assert manifest.known(doc_id).owner == place
            assert manifest.end_file("key", []) == documents
        assert all(manifest.known(doc_id).owner == place for place, ids in files.items() for doc_id in ids)
        manifest.end_files()
        state = manifest.end({"/one": ""})
    with manifest_of(tmp_path, state) as after:
        assert [(name, count) for _, name, count in after.names("/one")] == [
            (f"{n}", documents) for n in range(3)
        ]
        assert all(after.place_of(doc_id) == place for place, ids in files.items() for doc_id in ids)


@settings(max_examples=40, deadline=None)
@given(FILES, FILES, st.sets(PLACES))
def test_4_as_compared_in_memory(
    tmp_path_factory: pytest.TempPathFactory, before: Files, read: Files, vanished: set[Place]
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    before = without_repeats(before, set())
    vanished -= read.keys()
    stay = {place: ids for place, ids in before.items() if place not in read and place not in vanished}
    read = without_repeats(read, {doc_id for ids in stay.values() for doc_id in ids})
    first = written(folder, b"", before)
    with next_manifest(folder, first) as later:
        later.leave_out([*read, *vanished])
        later.note_vanished(vanished)
        add(later, read)
        after = stay | read
        live = {doc_id for ids in after.values() for doc_id in ids}
        gone = {(place, doc_id) for place, ids in before.items() for doc_id in ids if doc_id not in live}
        assert set(gone_documents(later)) == gone
        assert {entry.id for entry in later.documents()} == live
        assert all(later.known(doc_id).owner == place for place, ids in after.items() for doc_id in ids)
        assert moved_ids(later) == {}, "the content of a file tells its key here, and its ids"


def test_4_files_with_other_names(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: ["x", "y"]})
    with next_manifest(tmp_path, first) as later:
        later.leave_out([ONE])
        later.note_vanished([ONE])
        later.begin_file(TWO)
        later.put(DocumentEntry("x", b"", 0))
        later.put(DocumentEntry("other", b"", 1))
        later.end_file("key of ['x', 'y']", [])
        later.end_files()
        assert moved_ids(later) == {"y": "other"}


@pytest.mark.parametrize("content", [b"", b"rubbish" * 999])
def test_5_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert known(tmp_path, b"state") == []
    assert known(tmp_path, written(tmp_path, b"state", {ONE: ["x"]})) == ["x"]


def test_5_a_damaged_database(tmp_path: Path) -> None:
    first = written(tmp_path, b"", {ONE: [f"d{number}" for number in range(2000)]})
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    with pytest.raises(IndexDamaged, match="remove this file"):
        known(tmp_path, first)
