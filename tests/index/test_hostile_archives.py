"""Archives and mail that are broken or hostile.

1. What is not read is reported by its path; a bad member loses no good one.
2. No name leads out of an archive, and none hides another.
3. There are limits: depth, number, size.
"""

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Member
from index.metadata.labels import Labels
from index.runs import unpacking
from index.runs.manifest.entries import SourceFailure
from index.runs.read_results import ReadDocument
from index.runs.reading import read
from index.runs.report import IndexReport
from index.runs.unpacking import Allowance, unpacked
from index.sources.files import SourceFile
from index.sources.read_task import ReadTask
from search.engines.memory import MemoryEngine
from tests.files import packed, source_file
from tests.index.archived import documents, mail, tarred


def broken_zip() -> bytes:
    data = packed({"good.txt": "Of weather.", "bad.txt": "Of water. " * 50, "last.txt": "Of ice."})
    at = data.index(b"bad.txt") + len(b"bad.txt") + 2
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def test_1_a_bad_member_loses_no_good_one(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    (folder / "a.zip").write_bytes(broken_zip())
    members: dict[str, str | bytes] = {
        "good.txt": "Of ice.",
        "bad.docx": b"PK\3\4broken",
        "bad.zip": b"PK\3\4broken",
        "a.jpg": b"\xff\xd8\xff",
    }
    (folder / "b.zip").write_bytes(packed(members))
    report = index()
    assert [problem.source for problem in report.failed] == [
        "a.zip/bad.txt", "b.zip/bad.docx", "b.zip/bad.zip",
    ]  # fmt: skip
    assert [problem.source for problem in report.skipped] == ["b.zip/a.jpg"]
    assert list(documents(engine)) == ["a.zip/good.txt", "a.zip/last.txt", "b.zip/good.txt"]


def test_1_what_is_cut_short_is_read_as_far_as_it_goes(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    data = tarred({f"{number}.txt": f"Text {number}. " * 300 for number in range(9)})
    (folder / "a.tar").write_bytes(data[: len(data) // 2])
    report = index()
    assert [problem.source for problem in report.failed][-1] == "a.tar"
    assert len(documents(engine)) >= 3


def test_1_locked_members_are_skipped(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    data = bytearray(packed({"open.txt": "Of ice.", "lock.txt": "Of secrets."}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.rindex(mark) + offset] |= 1
    (folder / "a.zip").write_bytes(bytes(data))
    report = index()
    assert [(p.source, p.reason) for p in report.skipped] == [("a.zip/lock.txt", "It is password-protected.")]
    assert list(documents(engine)) == ["a.zip/open.txt"]


def test_1_links_and_devices_are_skipped(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    with tarfile.open(folder / "a.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "b.zip", "w") as packed_links:
        packed_links.writestr(link, "/etc/passwd")
    assert len(index().skipped) == 5
    assert documents(engine) == {}


def whole_archive(kind: str) -> bytes:
    members = {f"{number}.txt": f"Text {number}. " * 20 for number in range(6)}
    if kind == "mail":
        return mail("Ice", "Text.", *((name, text.encode()) for name, text in members.items())).as_bytes()
    return packed(members) if kind == "zip" else tarred(members, "w:gz" if kind == "tgz" else "w")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["zip", "tar", "tgz", "mail"])
@given(data=st.data())
def test_1_damage_raises_nothing(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    content = bytearray(whole_archive(kind))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    path = tmp_path_factory.getbasetemp() / f"damaged.{'eml' if kind == 'mail' else kind}"
    path.write_bytes(bytes(content))
    for result in read(ReadTask(source_file(path)), Labels()):
        assert isinstance(result, ReadDocument | SourceFailure)


NAMES = ["../../up.txt", "/etc/cron.txt", "C:\\temp\\x.txt", "a/../../b.txt", "..\\..\\w.txt", "....//d.txt"]


@pytest.mark.parametrize("pack", [packed, tarred])
def test_2_no_name_leads_out(
    index: Callable[[], IndexReport],
    engine: MemoryEngine,
    folder: Path,
    pack: Callable[[Mapping[str, str | bytes]], bytes],
) -> None:
    (folder / "a.zip").write_bytes(pack({name: f"Text of {name}" for name in NAMES}))
    before = sorted(folder.parent.rglob("*"))
    assert index().failed == ()
    assert sorted(folder.parent.rglob("*")) == before
    assert len(documents(engine)) == len(NAMES)
    assert all(source.startswith("a.zip/") and ".." not in source.split("/") for source in documents(engine))


def test_2_no_name_hides_another(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    with tarfile.open(folder / "a.tar", "w") as archive:
        for number, name in enumerate(["a.txt", "a.txt", "b", "b/c.txt", "b/c.txt", "x" * 300 + ".txt"]):
            info = tarfile.TarInfo(name)
            info.size = 7
            archive.addfile(info, io.BytesIO(f"Text {number}.".encode()))
    assert index().failed == ()
    bodies = {document.body for document in documents(engine).values()}
    assert bodies == {f"Text {number}." for number in range(6)}


@given(
    st.lists(st.text(max_size=30) | st.sampled_from([*NAMES, "a", "a/b", "a/b/c", "", "/", "."]), max_size=12)
)
def test_2_any_names(names: list[str]) -> None:
    members = [Member(name, lambda number=number: [b"%d" % number]) for number, name in enumerate(names)]  # type: ignore[misc]
    whole = ReadTask(SourceFile("/archive", "a.zip", Path("/archive/a.zip")))
    with unpacked(members, "a.zip", whole, Allowance()) as found:
        written = [path.read_bytes() for task in found.tasks for path in [task.file.path]]
        known = {*written, *(b"skipped" for _ in found.problems)}
        hidden = sum(
            any(part.strip().startswith(".") for part in name.replace("\\", "/").split("/")) for name in names
        )
        assert len(written) + len(found.problems) + hidden >= len(names)
        assert len(set(written)) == len(written), known


def nested(depth: int) -> bytes:
    data = packed({"deepest.txt": "Of the bottom."})
    for _ in range(depth - 1):
        data = packed({"note.txt": "Of a level.", "inner.zip": data})
    return data


def test_3_depth(index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path) -> None:
    (folder / "four.zip").write_bytes(nested(4))
    (folder / "nine.zip").write_bytes(nested(9))
    report = index()
    (failed,) = report.failed
    assert failed.source == "nine.zip/inner.zip/inner.zip/inner.zip/inner.zip"
    assert "four.zip/inner.zip/inner.zip/inner.zip/deepest.txt" in documents(engine)
    assert len(documents(engine)) == 8


def test_3_number_and_size(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MAX_MEMBER_BYTES", 1000)
    members = {"a.txt": "Of ice.", "large.txt": "Of snow. " * 200, "z.txt": "Of rain."}
    (folder / "a.zip").write_bytes(packed(members))
    (failed,) = index().failed
    assert failed.source == "a.zip/large.txt"
    assert list(documents(engine)) == ["a.zip/a.txt", "a.zip/z.txt"]


def test_3_a_bomb_is_a_failure_of_its_own(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    bomb = packed({"zeros.txt": bytes(30 << 20)})
    (folder / "a.zip").write_bytes(packed({"bomb.zip": bomb, "good.txt": "Of ice."}))
    (failed,) = index().failed
    assert failed.source == "a.zip/bomb.zip/zeros.txt"
    assert list(documents(engine)) == ["a.zip/good.txt"]


def test_3_more_than_is_allowed_in_all(tmp_path: Path) -> None:
    members = [Member(f"{number}.txt", lambda: [b"x" * 400]) for number in range(9)]
    whole = ReadTask(SourceFile("/archive", "a.zip", tmp_path))
    with unpacked(members, "a.zip", whole, Allowance(members=3)) as found:
        assert (len(found.tasks), len(found.problems)) == (3, 1)
    with unpacked(members, "a.zip", whole, Allowance(size=1000)) as found:
        assert len(found.tasks) == 2
        assert all("larger than" in p.reason or "more than" in p.reason for p in found.problems)
