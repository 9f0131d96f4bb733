"""Texts and mail collected from other people's archives, where they are present (OPIS_DATA).

Encodings, words broken or glued, mail, HTML in Markdown, licences: what is read of each.
"""

import os
from pathlib import Path

import pytest

from tests.files import understood

CASES = Path(os.environ.get("OPIS_DATA", ""), "..", "cases", "ingest")
pytestmark = pytest.mark.skipif(
    not (os.environ.get("OPIS_DATA") and CASES.is_dir()),
    reason="set OPIS_DATA to a folder beside which there is cases/ingest",
)

Expected = dict[str, object]


@pytest.mark.parametrize(
    ("name", "expected", "there", "absent"),
    [
        ("hyphen/despatch.txt", {}, "unsuccessful, plenipotentiaries armistice well-known Sub-Committee",
         "un- arm-"),
        ("hyphen/ocrnot.txt", {}, "marquess proposal. ambassador Zaragoza.", "mar¬ quess sador"),
        ("hyphen/page.html", {}, "disappointed settlement inventory.", "dis- appointed"),
        ("marks/foot.html", {}, "armistice Harrison Il H2O, 10th Mr ye vis-à-vis, foobarbaz one two five six",
         "armistice1 fivesix onetwo"),
        ("marks/fort.docx", {}, "garrison co-owner, settler", "garrison3"),
        ("marks/report.pdf", {}, "armistice plenipotentiary commission well-known magistrate",
         "mag- istrate"),
        ("marks/raw.eml", {"title": "Prüfung der Öfen", "authors": ("Björn Ångström",), "date": "1997-02-06"},
         "rawmarker König", ""),
        ("marks/multi.eml", {"title": "湯墾 test café"}, "telegram naïve", "tele="),
        ("mail/one.eml", {"authors": ("Jürgen Müller",), "date": "2002-12-31"}, "zonemarker", ""),
        ("mail/two.eml", {"date": "1999-05-29"}, "zonemarker", ""),
        ("mail/three.eml", {"date": "2005-05-17"}, "zonemarker", ""),
        ("mail/four.eml", {"date": "2003-09-05"}, "flowed plenipotentiary", "pleni- flow"),
        ("mail/five.eml", {"date": "2002-07-17"}, "zonemarker", ""),
        ("mail/six.eml", {"date": "1997-02-06"}, "important", "<b>impor</b>tant"),
        ("more/Inbox", {"title": "Water rising", "authors": ("Anna Berg",), "date": "2006-05-12"}, "rose.",
         ""),
        ("more/1.", {"title": "Water rising", "authors": ("Anna Berg",), "date": "2006-05-12"}, "rose.",
         ""),
        ("style.md", {"title": "A meeting"}, "gate opened.", "<style> #maincontent{ </style> <hr> 1"),
        ("gutenberg.txt", {"title": "Letters from the Mill", "authors": ("Anna Berg",),
         "language": "English"},
         "LETTER water rose", "Gutenberg eBook editions GUTENBERG"),
        ("variants/16-utf16.txt", {}, "", "\ufffd"),
        ("variants/17-cp1252.txt", {"title": "Telegram from Müller to the “Ministry” – Überblick"}, "",
         "\ufffd"),
        ("variants/18-koi8r.txt", {"title": "Телеграмма Орлова в Министерство водных путей"},
         "Комитет рассмотрел", "лПНЙФЕФ ëÏÍÉÔÅÔ"),
    ],
)  # fmt: skip
def test_collected(name: str, expected: Expected, there: str, absent: str) -> None:
    (document,) = understood(CASES / name)
    found: Expected = {
        "title": document.title,
        "date": document.date and document.date.earliest_iso,
        "authors": document.authors,
        "language": document.language,
    }
    assert {key: found[key] for key in expected} == expected
    words = document.body.split()
    assert [word for word in there.split() if word not in words] == []
    assert [word for word in absent.split() if word in words] == []


def test_an_archive_of_a_mailing_list() -> None:
    messages = understood(CASES / "pipermail.txt")
    assert [(message.authors, message.body) for message in messages] == [
        (("Anna Berg",), "The water rose in the night."),
        (("Karl Holm",), "Open the gate."),
    ]
