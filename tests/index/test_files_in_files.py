"""Files in files: archives, and what is attached to mail.

1. What is inside is read like the files of a folder; each document knows where it lies.
2. A part of a mail is linked to the mail.
3. What is not read is reported by its path; a bad member loses no good one.
4. No name leads out of an archive, and none hides another.
5. There are limits: depth, number, size.
6. An archive that did not change is not read again; a change is a change of its documents alone.
"""

import bz2
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Member
from index.indexer import Indexer
from index.metadata.labels import Labels
from index.runs import unpacking
from index.runs.manifest import SourceFailure
from index.runs.read_results import ReadDocument
from index.runs.reading import read
from index.runs.report import IndexReport
from index.runs.unpacking import Allowance, unpacked
from index.sources.files import SourceFile
from index.sources.read_task import ReadTask
from search.document import Document
from search.engines.memory import MemoryEngine
from search.request import SearchRequest
from tests.files import packed, source_file

PNG = b"\x89PNG\r\n\x1a\n"


def tarred(members: Mapping[str, str | bytes], mode: str = "w") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def mail(subject: str, text: str, *attached: tuple[str, bytes] | EmailMessage) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Ada Lind <ada@example.org>"
    message.set_content(text)
    for item in attached:
        if isinstance(item, EmailMessage):
            message.add_attachment(item)
        else:
            name, data = item
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


@pytest.fixture
def index(indexer: Indexer, folder: Path) -> Callable[[], IndexReport]:
    return lambda: indexer.run([str(folder)], allow_removal=True)


def documents(engine: MemoryEngine) -> dict[str, Document]:
    """The documents by their source."""
    return {document.source: document for document in engine.scan(SearchRequest())}


ARCHIVES = {
    "ZIP": ("box.zip", packed),
    "tar": ("box.tar", tarred),
    "gzip": ("box.tar.gz", lambda members: tarred(members, "w:gz")),
    "tgz": ("box.tgz", lambda members: tarred(members, "w:gz")),
    "bzip2": ("box.tar.bz2", lambda members: tarred(members, "w:bz2")),
    "xz": ("box.tar.xz", lambda members: tarred(members, "w:xz")),
    "ZIP that is called otherwise": ("box.dat", packed),
}


@pytest.mark.parametrize(("name", "pack"), ARCHIVES.values(), ids=ARCHIVES)
def test_1_members_are_documents(
    index: Callable[[], IndexReport],
    engine: MemoryEngine,
    folder: Path,
    name: str,
    pack: Callable[[Mapping[str, str | bytes]], bytes],
) -> None:
    (folder / "1951").mkdir()
    (folder / "1951" / name).write_bytes(pack({"inner/letter.txt": "The ice has gone.", "note.md": "# Thaw"}))
    assert index().failed == ()
    found = documents(engine)
    assert list(found) == [f"1951/{name}/inner/letter.txt", f"1951/{name}/note.md"]
    letter = found[f"1951/{name}/inner/letter.txt"]
    assert (letter.id, letter.body) == (f"1951~{name}~inner~letter", "The ice has gone.")
    assert (letter.folder, letter.files) == (f"1951/{name}/inner", (letter.source,))
    assert (letter.collection, letter.parent) == ("1951", "")


@pytest.mark.parametrize(("suffix", "pack"), [("bz2", bz2.compress), ("xz", lzma.compress)])
def test_1_a_compressed_file(
    index: Callable[[], IndexReport],
    engine: MemoryEngine,
    folder: Path,
    suffix: str,
    pack: Callable[[bytes], bytes],
) -> None:
    (folder / f"letter.txt.{suffix}").write_bytes(pack(b"The ice has gone."))
    assert index().failed == ()
    assert [document.body for document in documents(engine).values()] == ["The ice has gone."]


def test_1_what_holds_for_folders_holds_inside(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    members = {
        "metadata.csv": "file,title,withhold\na.txt,A title,\nb.txt,,yes\n",
        "a.txt": "Of weather.",
        "b.txt": "Of secrets.",
        ".hidden.txt": "Of nothing.",
        "__MACOSX/._a.txt": "\0\1",
        "c.txt.meta.toml": 'title = "Another"',
        "c.txt": "Of water.",
        "records.jsonl": '{"id": "r1", "title": "One"}\n{"id": "r2", "title": "Two"}',
    }
    (folder / "box.zip").write_bytes(packed(members))
    report = index()
    assert report.failed == ()
    assert [(p.source, p.reason) for p in report.skipped] == [
        ("box.zip/b.txt", "It is withheld by metadata.csv.")
    ]
    assert sorted(document.title for document in documents(engine).values()) == [
        "A title", "Another", "One", "Two",
    ]  # fmt: skip


def test_1_a_document_that_is_a_zip_archive_is_one_document(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    for name in ("slides.pptx", "slides.zip"):
        (folder / name).write_bytes(packed({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}))
    assert len(index().skipped) == 2
    assert documents(engine) == {}


def test_1_code_pages_of_names(index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path) -> None:
    names = [b"caf\x82.txt", "Größe.txt".encode(), "письмо.txt".encode()]
    data = packed({f"x{number}" * 8: f"Text {number}" for number in range(3)})
    with zipfile.ZipFile(folder / "box.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr("n" * len(name) + str(number), f"Text {number}")
    data = (folder / "box.zip").read_bytes()
    for number, name in enumerate(names):
        data = data.replace(b"n" * len(name) + str(number).encode(), name + b"0")
    (folder / "box.zip").write_bytes(data.replace(b".txt0", b".txt "))
    index()
    found = {source.strip() for source in documents(engine)} | {p.source.strip() for p in index().skipped}
    assert found == {"box.zip/café.txt", "box.zip/Größe.txt", "box.zip/письмо.txt"}


def test_2_parts_of_a_mail(index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path) -> None:
    older = mail("Re: ice", "It is still there.", ("map.txt", b"A map of the lake."))
    letter = mail("The lake", "See below.", ("winter notes.md", b"# Ice and snow"), older, ("a.png", PNG))
    (folder / "Box 1").mkdir()
    (folder / "Box 1" / "lake.eml").write_bytes(letter.as_bytes())
    report = index()
    assert [problem.source for problem in report.skipped] == ["Box 1/lake.eml/a.png"]
    found = documents(engine)
    assert {source: (one.id, one.parent, one.folder, one.title) for source, one in found.items()} == {
        "Box 1/lake.eml": ("Box-1~lake", "", "Box 1", "The lake"),
        "Box 1/lake.eml/winter notes.md": (
            "Box-1~lake.eml~winter-notes", "Box-1~lake", "Box 1", "Ice and snow",
        ),
        "Box 1/lake.eml/Re: ice.eml": (
            found["Box 1/lake.eml/Re: ice.eml"].id, "Box-1~lake", "Box 1", "Re: ice",
        ),
        "Box 1/lake.eml/Re: ice.eml/map.txt": (
            found["Box 1/lake.eml/Re: ice.eml/map.txt"].id,
            found["Box 1/lake.eml/Re: ice.eml"].id,
            "Box 1",
            "A map of the lake.",
        ),
    }  # fmt: skip
    assert found["Box 1/lake.eml"].extra["attachments"] == "winter notes.md; Re: ice.eml; a.png"


def test_2_parts_of_the_messages_of_a_mailbox(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    first, second = (mail(f"Number {n}", f"Text {n}.", ("n.txt", f"Note {n}.".encode())) for n in (1, 2))
    box = b"From a Mon Jan  1 00:00:00 2001\n" + first.as_bytes()
    (folder / "all.mbox").write_bytes(box + b"\nFrom b Mon Jan  1 00:00:00 2001\n" + second.as_bytes())
    assert index().failed == ()
    by_title = {document.title: document for document in documents(engine).values()}
    assert by_title["Note 1."].parent == by_title["Number 1"].id
    assert by_title["Note 2."].parent == by_title["Number 2"].id


def test_2_attachments_of_one_name_are_all_read(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Notes of the mill"
    mail.set_content("Enclosed.")
    for number in range(150):
        mail.add_attachment(f"Note {number} on the sluice.", filename="note.txt")
    (folder / "a.eml").write_bytes(bytes(mail))
    report = index()
    assert (report.documents, report.failed) == (151, ())


def test_2_the_same_text_in_another_format_is_no_part(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    message = mail("Ice", "The plain text.")
    message.add_alternative("<p>The plain text.</p>", subtype="html")
    message.make_mixed()
    footer = EmailMessage()
    footer.set_content("To leave the list, write to nobody.")
    message.attach(footer)
    (folder / "a.eml").write_bytes(message.as_bytes())
    index()
    (found,) = documents(engine).values()
    assert found.body == "The plain text.\n\nTo leave the list, write to nobody."


def test_2_a_mail_that_is_an_attachment_and_nothing_else(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    header = b"From: Ada <a@example.org>\nSubject: Ice\nMIME-Version: 1.0\n"
    part = b'Content-Type: application/rtf; name="ice.rtf"\n\n{\\rtf1 The ice.}\n'
    (folder / "a.eml").write_bytes(header + part)
    index()
    assert [document.body for document in documents(engine).values()] == ["", "The ice."]


def broken_zip() -> bytes:
    data = packed({"good.txt": "Of weather.", "bad.txt": "Of water. " * 50, "last.txt": "Of ice."})
    at = data.index(b"bad.txt") + len(b"bad.txt") + 2
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def test_3_a_bad_member_loses_no_good_one(
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


def test_3_what_is_cut_short_is_read_as_far_as_it_goes(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    data = tarred({f"{number}.txt": f"Text {number}. " * 300 for number in range(9)})
    (folder / "a.tar").write_bytes(data[: len(data) // 2])
    report = index()
    assert [problem.source for problem in report.failed][-1] == "a.tar"
    assert len(documents(engine)) >= 3


def test_3_locked_members_are_skipped(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    data = bytearray(packed({"open.txt": "Of ice.", "lock.txt": "Of secrets."}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.rindex(mark) + offset] |= 1
    (folder / "a.zip").write_bytes(bytes(data))
    report = index()
    assert [(p.source, p.reason) for p in report.skipped] == [("a.zip/lock.txt", "It is password-protected.")]
    assert list(documents(engine)) == ["a.zip/open.txt"]


def test_3_links_and_devices_are_skipped(
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


@pytest.mark.parametrize("kind", ["zip", "tar", "tgz", "mail"])
@given(data=st.data())
def test_3_damage_raises_nothing(
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
def test_4_no_name_leads_out(
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


def test_4_no_name_hides_another(
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
def test_4_any_names(names: list[str]) -> None:
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


def test_5_depth(index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path) -> None:
    (folder / "four.zip").write_bytes(nested(4))
    (folder / "nine.zip").write_bytes(nested(9))
    report = index()
    (failed,) = report.failed
    assert failed.source == "nine.zip/inner.zip/inner.zip/inner.zip/inner.zip"
    assert "four.zip/inner.zip/inner.zip/inner.zip/deepest.txt" in documents(engine)
    assert len(documents(engine)) == 8


def test_5_number_and_size(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MAX_MEMBER_BYTES", 1000)
    members = {"a.txt": "Of ice.", "large.txt": "Of snow. " * 200, "z.txt": "Of rain."}
    (folder / "a.zip").write_bytes(packed(members))
    (failed,) = index().failed
    assert failed.source == "a.zip/large.txt"
    assert list(documents(engine)) == ["a.zip/a.txt", "a.zip/z.txt"]


def test_5_a_bomb_is_a_failure_of_its_own(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    bomb = packed({"zeros.txt": bytes(30 << 20)})
    (folder / "a.zip").write_bytes(packed({"bomb.zip": bomb, "good.txt": "Of ice."}))
    (failed,) = index().failed
    assert failed.source == "a.zip/bomb.zip/zeros.txt"
    assert list(documents(engine)) == ["a.zip/good.txt"]


def test_5_more_than_is_allowed_in_all(tmp_path: Path) -> None:
    members = [Member(f"{number}.txt", lambda: [b"x" * 400]) for number in range(9)]
    whole = ReadTask(SourceFile("/archive", "a.zip", tmp_path))
    with unpacked(members, "a.zip", whole, Allowance(members=3)) as found:
        assert (len(found.tasks), len(found.problems)) == (3, 1)
    with unpacked(members, "a.zip", whole, Allowance(size=1000)) as found:
        assert len(found.tasks) == 2
        assert all("larger than" in p.reason or "more than" in p.reason for p in found.problems)


def test_6_only_what_changed_is_read_again(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    (folder / "a.zip").write_bytes(packed({"a.txt": "One.", "b.txt": "Two.", "c.jpg": b"\xff\xd8\xff"}))
    first = index()
    again = index()
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert again.skipped == first.skipped
    (folder / "a.zip").write_bytes(packed({"a.txt": "One.", "b.txt": "Changed.", "d.txt": "New."}))
    later = index()
    assert (later.added, later.changed, later.removed, later.unchanged) == (1, 1, 0, 1)
    assert later.skipped == ()
    (folder / "a.zip").unlink()
    assert index().removed == 3


def test_6_workers_read_them_as_well(engine: MemoryEngine, folder: Path) -> None:
    (folder / "a.zip").write_bytes(packed({"a.txt": "One.", "b.zip": packed({"c.txt": "Two."})}))
    letter = mail("Ice", "Text.", ("c.txt", b"Three."))
    letter.add_attachment("<p>Four.</p>", subtype="html")  # without a name
    (folder / "b.eml").write_bytes(letter.as_bytes())
    report = Indexer(engine, engine.schema, workers=2).run([str(folder)])
    assert report.failed == ()
    assert list(documents(engine)) == [
        "a.zip/a.txt",
        "a.zip/b.zip/c.txt",
        "b.eml",
        "b.eml/c.txt",
        "b.eml/part-2.html",
    ]
