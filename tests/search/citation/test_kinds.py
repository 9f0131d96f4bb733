"""What a document's type means for its citation.

1. The types that Opis finds by itself have the kind that a historian expects, in any letter case.
2. Types of other languages and with more words are known by their words.
3. No word stands for two kinds.
"""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from index.metadata import labels
from search.citation import kinds
from search.citation.kinds import kind_of

EXPECTED = {
    "telegram": "letter", "letter": "letter", "postcard": "letter", "memorandum": "letter",
    "message": "letter", "note": "letter", "despatch": "letter",
    "memorandum of conversation": "manuscript", "minutes": "manuscript",
    "protocol": "manuscript", "diary entry": "manuscript", "report": "report", "paper": "report",
    "speech": "presentation", "treaty": "document", "decision": "document", "resolution": "document",
    "instruction": "document", "order": "document", "editorial": "document",
}  # fmt: skip


def test_1_types_that_are_recognised() -> None:
    table = tomllib.loads(Path(labels.__file__).with_name("labels.toml").read_text(encoding="utf-8"))
    assert set(EXPECTED) == set(table["types"])
    for written, zotero in EXPECTED.items():
        assert kind_of(written).zotero == kind_of(written.upper()).zotero == zotero, written


@pytest.mark.parametrize(
    ("written", "csl"),
    [
        ("Brief", "personal_communication"),
        ("Ciphered telegram", "personal_communication"),
        ("Докладная записка", "personal_communication"),
        ("Отчёт о поездке", "report"),
        ("Protokoll der Sitzung", "manuscript"),
        ("Oral history interview", "interview"),
        ("договор", "treaty"),
        ("Newspaper clipping", "article-newspaper"),
        ("Photographs, black and white", "graphic"),
        ("会议记录", "manuscript"),
        ("something else", "document"),
        ("", "document"),
        ("x" * 100_000, "document"),
    ],
)
def test_2_other_types(written: str, csl: str) -> None:
    assert kind_of(written).csl == csl


def test_3_words() -> None:
    table = tomllib.loads(Path(kinds.__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    words = Counter(word.casefold() for kind in table.values() for word in set(kind["words"]))
    assert [word for word, count in words.items() if count > 1] == []
