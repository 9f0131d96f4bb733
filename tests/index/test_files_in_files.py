"""Files in files: archives, and what is attached to mail.

1. What is inside is read like the files of a folder; each document knows where it lies.
2. A part of a mail is linked to the mail.
3. An archive that did not change is not read again; a change is a change of its documents alone.
"""

import bz2
import lzma
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs.report import IndexReport
from search.engines.memory import MemoryEngine
from tests.files import packed
from tests.index.archived import documents, mail, tarred

PNG = b"\x89PNG\r\n\x1a\n"


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


def test_3_only_what_changed_is_read_again(
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


def test_3_workers_read_them_as_well(engine: MemoryEngine, folder: Path) -> None:
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
