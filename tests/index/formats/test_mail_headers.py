"""The charsets, names and days of messages.

1. Headers and texts without a charset, or with a wrong one, are read as their letters tell.
2. The day of sending is read in the languages of mail programs, else where the message was received.
"""

from pathlib import Path

import pytest

from tests.files import only

RUSSIAN = "Комитет рассмотрел вопрос и не находит причин менять план."


def message(subject: bytes, body: bytes, more: bytes = b"") -> bytes:
    return (
        b"From: a@x.org\nSubject: "
        + subject
        + b"\nDate: Thu, 6 Feb 1997 10:00:00 +0100\n"
        + more
        + b"\n"
        + body
    )


@pytest.mark.parametrize(
    ("subject", "body", "more", "title", "text"),
    [
        ("Prüfung".encode("cp1252"), "Öfen".encode("cp1252"), b"", "Prüfung", "Öfen"),
        ("Prüfung".encode(), "Öfen".encode("cp1252"), b"", "Prüfung", "Öfen"),
        ("Вопрос".encode("koi8-r"), RUSSIAN.encode("koi8-r"), b"", "Вопрос", RUSSIAN),
        ("Вопрос".encode("cp1251"), RUSSIAN.encode("cp1251"), b"Content-Type: text/plain; charset=us-ascii\n",
         "Вопрос", RUSSIAN),
        (b"S", RUSSIAN.encode("koi8-r"), b"Content-Type: text/plain; charset=iso-8859-1\n", "S", RUSSIAN),
        (b"S", RUSSIAN.encode("koi8-r"), b"Content-Type: text/plain; charset=utf-8\n", "S", RUSSIAN),
        ("Вопрос".encode("koi8-r"), b"x", b"Content-Type: text/plain; charset=koi8-r\n", "Вопрос", "x"),
        ("水".encode("iso2022-jp"), "水車".encode("iso2022-jp"), b"", "水", "水車"),
        (b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_?= au =?utf-8?b?bGFpdA?=", b"x", b"", "café au lait", "x"),
        (b"=?iso-2022-jp?B?GyRCP2UbKEI=?=", b"x", b"", "水", "x"),
        (b"=?utf-8?Q?caf=E9?= =?x-none?Q?caf=E9?= =?utf-8?q?never ends", b"x", b"",
         "cafécafé =?utf-8?q?never ends", "x"),
    ],
)  # fmt: skip
def test_1_charsets(tmp_path: Path, subject: bytes, body: bytes, more: bytes, title: str, text: str) -> None:
    found = only(tmp_path / "a.eml", message(subject, body, more))
    assert found.fields["title"] == title
    assert found.passages[0].text == text


def test_1_what_was_guessed_is_told(tmp_path: Path) -> None:
    assert only(tmp_path / "a.eml", message(b"S", RUSSIAN.encode("koi8-r"))).encoding == "koi8-r"
    assert only(tmp_path / "b.eml", message("Вопрос".encode(), RUSSIAN.encode())).encoding == ""


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (b"Tue, 31 Dec 2002 23:30:00 -0800", "2002-12-31"),
        ("lör, 29 maj 1999 00:24:04 +0200 (CEST)".encode("cp1252"), "1999-05-29"),
        (b"Di, 17 Mai 2005 12:31:00 0200", "2005-05-17"),
        ("mar., 3 févr. 2004 10:00".encode("cp1252"), "2004-02-03"),
        (b"vie, 4 de abr de 2003", "2003-04-04"),
        ("Чт, 06 фев 2003 10:00:00 +0300".encode("koi8-r"), "2003-02-06"),
        (b"Wed,17 Jul 02 15:41 EST", "2002-07-17"),
        (b"Fri Jul  3 10:00:00 1998", "1998-07-03"),
        (b"3-Jul-98 10:00:00", "1998-07-03"),
        (b"Fri, 5 Jan 101 10:00:00 GMT", "2001-01-05"),
        (b"5 Sep 2003 13:2:1 -0800", "2003-09-05"),
        (b"2003-09-05T10:00:00Z", "2003-09-05"),
        (b"Fri, 31 Feb 2003 10:00:00 GMT", "Fri, 31 Feb 2003 10:00:00 GMT"),
        (b"yesterday", "yesterday"),
    ],
)
def test_2_days(tmp_path: Path, date: bytes, day: str) -> None:
    found = only(tmp_path / "a.eml", b"From: a@x.org\nDate: " + date + b"\n\nText")
    assert found.fields["date"] == day


@pytest.mark.parametrize("date", [b"", b"Date:\n", b"Date: never\n"])
def test_2_the_day_it_was_received(tmp_path: Path, date: bytes) -> None:
    hops = b"".join(
        b"Received: from a by b (1 Jan 1990);\n Thu, %d Feb 1997 10:00:00 +0000\n" % day for day in (7, 6)
    )
    assert only(tmp_path / "a.eml", hops + date + b"From: a@x.org\n\nText").fields["date"] == "1997-02-06"


@pytest.mark.parametrize(
    "raw",
    [
        b"=?iso-8859-1?Q?M=FCller,_J=F6rg?= <j@x.org>",
        b"=?iso-8859-1?Q?M=FCller, J=F6rg?= <j@x.org>",
        b'"=?iso-8859-1?Q?M=FCller, J=F6rg?=" <j@x.org>',
        '"Müller, Jörg" <j@x.org>'.encode("cp1252"),
        "j@x.org (Müller, Jörg)".encode(),
    ],
)
def test_1_names(tmp_path: Path, raw: bytes) -> None:
    assert only(tmp_path / "a.eml", b"From: " + raw + b"\n\nx").fields["authors"] == ("Müller, Jörg",)
