"""Original files of documents.

1. A file is sent as an attachment, whole or in part, under its name, and never as a page.
2. Nothing is offered unless the setting says so, and no page says then what files are called.
3. Nothing outside of the folders is ever sent, whatever the index says the path is.
4. Where there is no file to send, the answer says why.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.document import Document
from search.engines import open_engine
from search.errors import SettingsError
from search.schema import Schema
from search.settings import Settings, Site
from tests.archive import fill
from webui import create_app
from webui.original_files import OriginalFiles

FILE = "/documents/a/file"
Serve = Callable[..., FlaskClient]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "1951").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def serve(source: Path) -> Serve:
    """A client of an archive of one document with this path, whose files are offered from these folders."""

    def serve_(path: str = "", *files: str, offered: tuple[Path, ...] = (source,)) -> FlaskClient:
        document = Document("a", "A letter", "Text.", source=path, files=files)
        engine = fill(open_engine("memory:", Schema()), [document])
        site = Site(files=tuple(map(str, offered)))
        return create_app(Settings(site=site), engine).test_client()

    return serve_


def refusal(client: FlaskClient, address: str = FILE) -> str:
    response = client.get(address, buffered=True)
    assert response.status_code == 404
    assert "Content-Disposition" not in response.headers
    return " ".join(response.text.split())


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "letter.pdf", "feed.xml", "script.js"])
def test_1_a_file_is_sent_to_be_saved(serve: Serve, source: Path, name: str) -> None:
    content = b"<script>alert(1)</script>" * 9000
    (source / "1951" / name).write_bytes(content)
    client = serve(f"1951/{name}")
    assert f'href="{FILE}"><bdi>1951/{name}</bdi>' in client.get("/documents/a").text
    response = client.get(FILE, buffered=True)
    assert response.data == content
    headers = response.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (
        "Content-Encoding" not in client.get(FILE, buffered=True, headers={"Accept-Encoding": "gzip"}).headers
    )
    assert client.head(FILE, buffered=True).content_length == len(content)


@pytest.mark.parametrize(
    ("name", "plain", "exact"),
    [
        ('a"; filename="b.html', "a_; filename=_b.html", "a%22%3B%20filename%3D%22b.html"),
        ("two\r\nSet-Cookie: a=b.txt", "two__Set-Cookie: a=b.txt", "two%0D%0ASet-Cookie%3A%20a%3Db.txt"),
        ("Ärger über.txt", "_rger _ber.txt", "%C3%84rger%20%C3%BCber.txt"),
        ("1951-07 letter#b.txt", "1951-07 letter#b.txt", ""),
    ],
)
def test_1_any_name_is_a_name(serve: Serve, source: Path, name: str, plain: str, exact: str) -> None:
    (source / name).write_text("x")
    headers = serve(name).get(FILE, buffered=True).headers
    star = f"; filename*=UTF-8''{exact}" if exact else ""
    assert headers["Content-Disposition"] == f'attachment; filename="{plain}"{star}'
    assert "Set-Cookie" not in headers


def test_1_a_part_of_a_file_and_a_file_that_one_has(serve: Serve, source: Path) -> None:
    (source / "a.txt").write_bytes(b"0123456789")
    client = serve("a.txt")
    part = client.get(FILE, buffered=True, headers={"Range": "bytes=3-5"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"345", "bytes 3-5/10")
    tag = part.headers["ETag"]
    assert client.get(FILE, buffered=True, headers={"If-None-Match": tag}).status_code == 304
    (source / "a.txt").write_bytes(b"another text")
    assert client.get(FILE, buffered=True, headers={"If-None-Match": tag}).data == b"another text"


def test_1_each_of_several_files(serve: Serve, source: Path) -> None:
    for name in ("a.txt", "a.pdf"):
        (source / name).write_text(name)
    client = serve("a.txt", "a.txt", "a.pdf")
    assert client.get(FILE, buffered=True).data == b"a.txt"
    assert client.get(f"{FILE}?number=2", buffered=True).data == b"a.pdf"
    assert 'href="/documents/a/file?number=2"' in client.get("/documents/a").text
    for number in (0, 3, -1):
        assert "no such file" in refusal(client, f"{FILE}?number={number}")


def test_2_nothing_is_offered_by_default(serve: Serve, source: Path) -> None:
    (source / "letter.txt").write_text("x")
    client = serve("letter.txt", offered=())
    assert "does not offer the files" in refusal(client)
    assert "letter.txt" not in client.get("/documents/a").text


def test_2_a_setting_that_names_nothing_is_refused(source: Path) -> None:
    with pytest.raises(SettingsError, match=r"site\.files names '.*gone'"):
        OriginalFiles((str(source / "gone"),))


HOSTILE = (
    "../secret.txt", "1951/../../secret.txt", "/etc/passwd", "./../secret.txt", "..\\secret.txt",
    "%2e%2e/secret.txt", "..", ".", "", "1951", "1951/", ".hidden", "1951/.hidden", "a\0b", "link",
    "linked/secret.txt", "chain", "pipe", "~root", "x" * 5000, "\udcff",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE, ids=range(len(HOSTILE)))
def test_3_nothing_outside_is_sent(serve: Serve, source: Path, tmp_path: Path, path: str) -> None:
    for name in (".hidden", "1951/.hidden"):
        (source / name).write_text("secret")
    (source / "link").symlink_to(tmp_path / "secret.txt")
    (source / "linked").symlink_to(tmp_path)
    (source / "chain").symlink_to("link")
    os.mkfifo(source / "pipe")
    found = OriginalFiles((str(source),)).links(Document("a", "A", source=path))
    assert [link.url for link in found] in ([], [""])
    client = serve("a", path if path.isprintable() else "x")
    assert "secret" not in client.get(FILE, buffered=True).text.replace("secret.txt", "")


def test_3_links_that_stay_inside_are_followed(serve: Serve, source: Path) -> None:
    (source / "1951" / "real.txt").write_text("inside")
    (source / "alias.txt").symlink_to("1951/real.txt")
    assert serve("alias.txt").get(FILE, buffered=True).data == b"inside"


def test_3_of_a_source_that_is_a_file_only_that_is_sent(serve: Serve, source: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (source / name).write_text(name)
    assert serve("one.txt", offered=(source / "one.txt",)).get(FILE, buffered=True).data == b"one.txt"
    assert "no longer" in refusal(serve("two.txt", offered=(source / "one.txt",)))


def test_4_a_file_that_went_away_or_that_two_folders_have(serve: Serve, source: Path, tmp_path: Path) -> None:
    (source / "a.txt").write_text("x")
    client = serve("a.txt")
    (source / "a.txt").unlink()
    assert "The file a.txt is no longer where it was" in refusal(client)
    page = client.get("/documents/a").text
    assert "<bdi>a.txt</bdi>" in page
    assert FILE not in page
    other = tmp_path / "other"
    other.mkdir()
    for folder in (source, other):
        (folder / "a.txt").write_text("x")
    assert "no longer" in refusal(serve("a.txt", offered=(source, other)))
    assert serve("a.txt", offered=(source, source)).get(FILE, buffered=True).data == b"x"


def test_4_records_and_files_inside_files_have_none(serve: Serve, source: Path) -> None:
    (source / "records.jsonl").write_text("{}")
    (source / "box.zip").write_text("zip")
    record, member = serve("records.jsonl#17"), serve("box.zip/1951/letter.txt")
    assert "one of several in the file records.jsonl" in refusal(record)
    assert "records.jsonl" not in record.get("/documents/a").text
    assert "read from inside the file box.zip" in refusal(member)
    assert "<bdi>box.zip/1951/letter.txt</bdi>" in member.get("/documents/a").text


def test_4_no_document_no_file(serve: Serve) -> None:
    assert serve("a.txt").get("/documents/zzz/file").status_code == 404
