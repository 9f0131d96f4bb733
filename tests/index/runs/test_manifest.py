"""The manifest is a value: each change gives another one.

1. Files and roots left out are given back, and the rest stays.
2. Files are added or replaced, in the order in which they came.
"""

from index.runs.manifest import DocumentEntry, FileEntry, Manifest, manifest_of

A, B, C = (FileEntry(key, (DocumentEntry(f"id {key}", b""),)) for key in "abc")
MANIFEST = Manifest({"/one": {"a": A, "b": B}, "/two": {"c": C}}, {"/one": "Mao; Mao Zedong", "/two": ""})


def test_1_what_is_left_out_is_given_back() -> None:
    before = MANIFEST.to_bytes()
    kept, removed = MANIFEST.without({("/one", "a"), ("/one", "unknown")}, {"/two"})
    assert kept == Manifest({"/one": {"b": B}}, {"/one": "Mao; Mao Zedong"})
    assert removed == {("/one", "a"): A, ("/two", "c"): C}
    assert MANIFEST.to_bytes() == before


def test_2_files_are_added_or_replaced() -> None:
    changed = MANIFEST.with_files({("/one", "a"): C, ("/three", "x"): A})
    assert [place for place, _ in changed.files()] == [
        ("/one", "a"), ("/one", "b"), ("/two", "c"), ("/three", "x"),
    ]  # fmt: skip
    assert [entry.id for entry in changed.documents()] == ["id c", "id b", "id c", "id a"]
    assert MANIFEST.roots["/one"]["a"] == A
    assert manifest_of(changed.to_bytes()) == changed
