"""Messages and mailboxes.

1. Who, to whom, when, about what; the plain text, else the HTML; attachments are named.
2. A mailbox has a document for each message, with a lasting id; a broken one does not stop the others.
3. Hostile messages are read, or are a ReadError.
4. Messages and mailboxes are known by their content, whatever they are called.
"""

from pathlib import Path

import pytest

from index.extracted import BadRecord, Extracted, ReadError
from index.formats import mail
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.understand import understand
from tests.files import only, passages, read, source_file

MESSAGE = b"""From: =?utf-8?q?Andr=C3=A9?= Lee <lee@x.org>
To: "Kim, Bo" <kim@x.org>, only@x.org
Cc: Park <park@x.org>
Subject: =?utf-8?b?0J/RgNC40LLQtdGC?=
 again
Date: Fri, 03 Jul 1953 23:30:00 -0500
Message-ID: <1@x.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: multipart/alternative; boundary=C

--C
Content-Type: text/html; charset=utf-8

<p>HTML</p>
--C
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

Charg=E9 d=92affaires.

Second.
--C--
--B
Content-Type: application/pdf
Content-Disposition: attachment; filename="a.pdf"

%PDF
--B--
"""


def test_1_a_message(tmp_path: Path) -> None:
    found = only(tmp_path / "a.eml", MESSAGE)
    assert found.fields == {
        "title": "Привет again",
        "authors": ("André Lee",),
        "recipients": ("Kim, Bo", "only@x.org", "Park"),
        "date": "1953-07-03",
    }
    assert found.extra == {"attachments": "a.pdf", "message_id": "<1@x.org>"}
    assert [one.text for one in found.passages] == ["Charg\xe9 d’affaires.", "Second."]
    date = parse_date(str(found.fields["date"]))
    assert date is not None
    assert date.earliest == date.latest


def test_1_a_message_in_html(tmp_path: Path) -> None:
    found = only(tmp_path / "a.eml", b"Subject: S\nContent-Type: text/html\n\n<h1>H</h1><p>P</p>")
    assert passages(found) == [("heading", "H", 1), ("paragraph", "P", 0)]


MAILBOX = b"""From a@x.org Fri Jul  3 1953
Subject: One

>From here to there.

From the start to the end it is text, for no header stands below it.

From b@x.org Fri Jul  3 1953
Subject: Two
Content-Type: text/plain; charset=nonsense

Text
From the same paragraph.
"""


def test_2_a_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    found = [one for one in read(path, MAILBOX) if isinstance(one, Extracted)]
    assert [(one.number, one.fields.get("title")) for one in found] == [(1, "One"), (2, "Two")]
    assert [one.text for one in found[0].passages] == [
        "From here to there.",
        "From the start to the end it is text, for no header stands below it.",
    ]
    assert [one.text for one in found[1].passages] == ["Text\nFrom the same paragraph."]
    ids = [understand(one, source_file(path), Labels()).document.id for one in found]
    path.write_bytes(b"From x\nSubject: New\n\n" + MAILBOX)
    later = [understand(one, source_file(path), Labels()).document.id for one in read(path)[1:]]  # type: ignore[arg-type]
    assert later == ids


def test_2_a_bad_message_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGE_BYTES", 100)
    data = (
        b"From a\nSubject: One\n\nx\n\nFrom b\nSubject: Two\n\n"
        + b"y" * 200
        + b"\n\nFrom c\nSubject: Three\n\nz\n"
    )
    found = read(tmp_path / "a.mbox", data)
    assert [type(one).__name__ for one in found] == ["Extracted", "BadRecord", "Extracted"]
    assert isinstance(found[1], BadRecord)
    assert found[1].number == 2


def test_2_a_mailbox_without_messages_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no message"):
        read(tmp_path / "a.mbox", b"Nothing of the kind")
    assert read(tmp_path / "b.mbox", b"") == []


def outcome(path: Path, data: bytes) -> Extracted | ReadError:
    try:
        return only(path, data)
    except ReadError as error:
        return error


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"From:\nTo: ,,,;:<\nSubject: =?x?q?=FF?= =?utf-8?b?!!?=\nDate: never\n\nx",
        b"To: " + b"a@x.org, " * 20_000 + b"\n\nx",
        b"Subject: " + b"(" * 50_000 + b"\n\nx",
        b"From: " + b"(" * 50_000 + b"\n\nx",
        b"Date: Fri, 99 Foo 99999999999 99:99:99 +9999999\n\nx",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Type: " + b"a" * 5000 + b"/=;;;==\n\nx",
        b"Content-Type: text/plain; charset*=x'y'%ff\nContent-Transfer-Encoding: base64\n\n!!!",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)),
        b"Content-Type: text/plain; " + b"a=b;" * 50_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 100_000,
        b"Subject: a\0b\n\n\0\xff",
    ],
)
def test_3_hostile_messages(tmp_path: Path, data: bytes) -> None:
    """A broken message is a ReadError or a document that can be stored; anything else fails here."""
    path = tmp_path / "a.eml"
    found = outcome(path, data)
    if isinstance(found, ReadError):
        assert str(found).startswith("The message")
        return
    document = understand(found, source_file(path), Labels()).document
    assert document.id == "a"
    assert document.title
    text = "".join((document.title, document.body, *document.authors, *document.extra.values()))
    assert text == text.encode().decode()
    assert "\0" not in text


@pytest.mark.parametrize("more", [b"", b" boundary=B"])
def test_3_the_text_of_a_multipart_without_parts(tmp_path: Path, more: bytes) -> None:
    """A program that made it plain text left the header as it was, or the boundary was cut off."""
    data = b"From: a@x.org\nSubject: Gate\nContent-Type: multipart/mixed;" + more + b"\n\nThe gate is open.\n"
    assert passages(only(tmp_path / "a.eml", data)) == [("paragraph", "The gate is open.", 0)]


ARCHIVED = b"""From berta at mill.example  Fri May 12 10:11:12 2006
From: berta at mill.example (Berta Lund)
Date: Fri, 12 May 2006 10:11:12 +0200
Subject: [weir] Ice

The ice broke.

From there it went on.

From carl at mill.example  Sat May 13 08:00:00 2006
From: carl at mill.example (Carl Holm)
Date: Sat, 13 May 2006 08:00:00 +0200
Subject: [weir] Re: Ice

Open it.
"""


@pytest.mark.parametrize("name", ["2006-May.txt", "Inbox", "archive", "list.mbox"])
def test_4_an_archive_of_a_mailing_list(tmp_path: Path, name: str) -> None:
    found = [one for one in read(tmp_path / name, ARCHIVED) if isinstance(one, Extracted)]
    assert [one.fields["authors"] for one in found] == [("Berta Lund",), ("Carl Holm",)]
    assert [one.text for one in found[0].passages] == ["The ice broke.", "From there it went on."]


@pytest.mark.parametrize("name", ["1.", "17", "cur:2,S", "mail.txt"])
def test_4_a_message_without_a_suffix(tmp_path: Path, name: str) -> None:
    assert only(tmp_path / name, MESSAGE).fields["title"] == "Привет again"


@pytest.mark.parametrize(
    "text",
    [
        "From: Mr. Lund\nTo: Mr. Holm\nDate: 3 May 1951\nSubject: Ice\n\nThe ice broke.",
        "From the mill to the weir\nNote: it is far.\n\nText",
    ],
)
def test_4_a_memorandum_is_no_message(tmp_path: Path, text: str) -> None:
    assert only(tmp_path / "a.txt", text.encode()).header


def test_1_binary_data_is_no_message(tmp_path: Path) -> None:
    data = bytes(range(1, 256)) * 20
    with pytest.raises(ReadError, match="binary data"):
        only(tmp_path / "a.eml", data)
