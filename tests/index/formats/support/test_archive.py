"""ZIP files cannot do harm.

1. Members are read by name, and what is missing may be missing.
2. Bombs, locked members, unsafe names, broken and endless files are refused with the reason.
"""

import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from index.extracted import ReadError
from index.formats.support import archive
from index.formats.support.archive import inside, opened
from tests.files import packed, source_file


def test_1_members(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a/b.xml": "<x/>"}))
    with opened(source_file(tmp_path / "a.zip")) as found:
        assert found.read("a/b.xml") == b"<x/>"
        assert "a/b.xml" in found
        assert found.read_if_there("c") == b""
        with pytest.raises(ReadError, match="no part 'c'"):
            found.read("c")


def refused(path: Path, data: bytes, member: str = "a") -> str:
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught, opened(source_file(path)) as found:
        found.read(member)
    return str(caught.value)


def test_2_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"a": bytes(20 << 20)})
    assert "bomb" in refused(tmp_path / "a.zip", bomb)
    assert "too big" in refused(tmp_path / "a.zip", packed({"a": bytes(65 << 20)}))
    lying = bomb.replace(struct.pack("<L", 20 << 20), struct.pack("<L", 10))
    assert "cannot be unpacked" in refused(tmp_path / "a.zip", lying)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    (tmp_path / "b.zip").write_bytes(packed({"a": "x" * 600, "b": "y" * 600}))
    with opened(source_file(tmp_path / "b.zip")) as found:
        found.read("a")
        with pytest.raises(ReadError, match="too big"):
            found.read("b")


def test_2_members_without_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed({str(n): "" for n in range(50)})
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MAX_MEMBERS", 49)
        assert "more than 49" in refused(tmp_path / "a.zip", many)
    monkeypatch.setattr(archive, "_MAX_DIRECTORY_BYTES", 1000)
    assert "table of contents is too big" in refused(tmp_path / "a.zip", many)


@pytest.mark.parametrize("name", ["/a", "../a", "x/../../a", "..\\a", "C:a"])
def test_2_unsafe_names(tmp_path: Path, name: str) -> None:
    assert "unsafe name" in refused(tmp_path / "a.zip", packed({name: "x", "a": "y"}))


def test_2_locked_members(tmp_path: Path) -> None:
    data = bytearray(packed({"a": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(tmp_path / "a.zip", bytes(data)) == "It is password-protected."


def test_2_broken_files(tmp_path: Path) -> None:
    whole = packed({"a": "some text " * 50})
    for cut in range(0, len(whole), 7):
        assert refused(tmp_path / "a.zip", whole[:cut])
    damaged = bytearray(whole)
    damaged[35:40] = b"\xff" * 5
    assert "cannot be unpacked" in refused(tmp_path / "a.zip", bytes(damaged))
    early = whole.replace(whole[-6:-2], struct.pack("<L", 5000))  # its contents would begin before the file
    assert "cut short" in refused(tmp_path / "a.zip", early)
    assert "Microsoft Office" in refused(tmp_path / "a.zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + whole)


def test_2_of_two_members_of_a_name_one_is_read(tmp_path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.zip", "w") as twice:
        warnings.simplefilter("ignore")
        twice.writestr("a", "x")
        twice.writestr("a", "y")
    with opened(source_file(tmp_path / "a.zip")) as found:
        assert found.read("a") == b"y"


@pytest.mark.parametrize(
    ("folder", "href", "name"),
    [
        ("", "a", "a"),
        ("b", "a", "b/a"),
        ("b", "../a", "a"),
        ("b", "../../a", ""),
        ("", "/a", ""),
        ("", "", ""),
    ],
)
def test_2_references_stay_inside(folder: str, href: str, name: str) -> None:
    assert inside(folder, href) == name


def test_a_member_without_a_name_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a": "Text.", "zz": "nameless"}).replace(b"zz", b"\0z"))
    with opened(source_file(path)) as found:
        assert found.read("a") == b"Text."
