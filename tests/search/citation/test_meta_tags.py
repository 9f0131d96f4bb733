"""What reference managers find in the head of a document's page.

1. Zotero saves letters with their recipients and their place in the archive, and other kinds as theirs.
2. Institutions and names of two words are one name in Zotero; names that are certain are divided.
3. Dates arrive as they are known: days as ISO dates, all else in words.
4. The description is the summary, else who wrote what to whom and when.
"""

from datetime import date

import pytest

from index.metadata.dates import parse_date
from search.citation import cite, meta_tags
from search.document import Document, Reference
from tests.search.citation.zotero import ZoteroItem, save

ADDRESS = "https://archive.example.org/documents/a"
LETTER = Document(
    "a",
    "Telegram to Beijing",
    date=parse_date("July 4, 1953"),
    authors=("V.M. Molotov", "Department of State"),
    recipients=("Mao Zedong", "Berg, Anna"),
    subjects=("Armistice", "Korea, North"),
    summary="He writes.",
    collection="Foreign Ministry",
    language="Russian",
    type="telegram",
    place="Moscow",
    credits="Supported by a foundation.",
    reference=Reference("AP RF. F. 3. Op. 65", archive="AP RF"),
    classification="Top Secret",
)


def saved(document: Document, address: str = ADDRESS) -> ZoteroItem:
    found = cite(document, address, date(2026, 11, 26), archive_title="Letters")
    return save(meta_tags(document, found.item, address))


def test_1_a_letter_in_zotero() -> None:
    assert saved(LETTER) == ZoteroItem(
        "letter",
        {
            "title": "Telegram to Beijing",
            "letterType": "telegram",
            "date": "1953-07-04",
            "language": "ru",
            "abstractNote": "He writes.",
            "url": ADDRESS,
            "archive": "AP RF",
            "archiveLocation": "F. 3. Op. 65, Foreign Ministry",
            "extra": "Supported by a foundation. Classification: Top Secret.",
        },
        [
            ("author", "Molotov", "V. M."),
            ("author", "Department of State", ""),
            ("recipient", "Mao Zedong", ""),
            ("recipient", "Berg", "Anna"),
        ],
    )


@pytest.mark.parametrize(
    ("kind", "zotero", "field"),
    [
        ("report", "report", "reportType"),
        ("Bericht", "report", "reportType"),
        ("дневник", "manuscript", "manuscriptType"),
        ("speech", "presentation", "presentationType"),
        ("interview", "interview", ""),
        ("treaty", "document", ""),
        ("newspaper article", "newspaperArticle", ""),
        ("", "document", ""),
    ],
)
def test_1_other_kinds_in_zotero(kind: str, zotero: str, field: str) -> None:
    item = saved(Document("a", "On the state of affairs", authors=("V.M. Molotov",), type=kind, place="Bonn"))
    assert item.type == zotero
    assert item.creators == [("author", "Molotov", "V. M.")]
    assert not field or item.fields[field] == kind
    has_place = zotero in {"report", "manuscript", "presentation", "newspaperArticle"}
    assert ("place" in item.fields) == has_place


@pytest.mark.parametrize(
    ("written", "creator"),
    [
        ("Mao Zedong", ("author", "Mao Zedong", "")),
        ("Embassy in Japan", ("author", "Embassy in Japan", "")),
        ("Vas'kov", ("author", "Vas'kov", "")),
        ("毛泽东", ("author", "毛泽东", "")),
        ("C. de Gaulle", ("author", "de Gaulle", "C.")),
    ],
)
def test_2_names(written: str, creator: tuple[str, str, str]) -> None:
    assert saved(Document("a", "Report", authors=(written,), type="report")).creators == [creator]


@pytest.mark.parametrize(
    ("written", "arrives"),
    [
        ("4 July 1953", "1953-07-04"),
        ("July 1953", "1953-07"),
        ("1953", "1953"),
        ("circa July 1953", "circa July 1953"),
        ("1951-1953", "1951–1953"),
        ("before 1800", "before 1800"),
        ("44 BC", "44 BC"),
    ],
)
def test_3_dates(written: str, arrives: str) -> None:
    assert saved(Document("a", "Report", date=parse_date(written))).fields["date"] == arrives


def test_3_undated() -> None:
    assert "date" not in saved(Document("a", "Report")).fields


def test_4_description() -> None:
    item = cite(LETTER, "", date(2026, 11, 26)).item
    [first, *_] = meta_tags(LETTER, item)
    assert first == ("description", "He writes.")
    del item["abstract"]
    [first, *_] = meta_tags(LETTER, item)
    assert first.content == (
        "Telegram to Beijing. Telegram by V.M. Molotov, Department of State to Mao Zedong, Anna Berg, "
        "July 4, 1953."
    )
