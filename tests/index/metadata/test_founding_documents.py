"""What comes out of the five founding documents, in their three layouts.

1. Date, author, title, language, type, recipients of each.
2. Summary, citation, address, credits, archival reference and classification where there is one.
3. The body is the text alone, without labels, marks or boiler-plate.
"""

from pathlib import Path

import pytest

from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import walk
from search.document import Document, Reference
from tests.files import only

CREDITS = "This document was made possible with support from Leon Levy Foundation"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    source = Path(__file__).parents[3] / "seeds"
    labels = Labels()
    found = [(file, only(file.path)) for file in walk(str(source))]
    return [understand(record, file, labels).document for file, record in found]


STATED = [
    (
        "1953-07-04",
        "V.M. Molotov",
        "Telegram from USSR Foreign Minister V.M. Molotov to Soviet Ambassador in Beijing",
        "",
        "telegram",
        ("Soviet Ambassador in Beijing",),
    ),
    (
        "1953-07-03",
        "Vas'kov",
        "Telegram of the Soviet Chargé to the PRC to the Chairman of the USSR Council of Ministers",
        "Russian",
        "telegram",
        ("Chairman of the USSR Council of Ministers",),
    ),
    (
        "1951-09-10",
        "V. Razuvayev",
        "V. Razuvayev, 'Political Attitudes and Korean-Chinese Relations "
        "in Connection with the Armistice Talks'",
        "Russian",
        "report",
        (),
    ),
    (
        "1953-07-29",
        "Kuznetsov",
        "Telegram from Kuznetsov to Soviet Foreign Ministry regarding a Meeting with Mao Zedong",
        "Russian",
        "telegram",
        ("Soviet Foreign Ministry",),
    ),
    (
        "1951-11-19",
        "Filippov (Stalin)",
        "VKP(b) CC Politburo decision with approved message Filippov (Stalin) to Mao Zedong",
        "Russian",
        "decision",
        ("Mao Zedong",),
    ),
]


@pytest.mark.parametrize("number", range(5))
def test_the_header_is_understood(documents: list[Document], number: int) -> None:
    document = documents[number]
    assert document.date is not None
    assert document.date.certainty == "exact"
    assert document.date.earliest_iso == document.date.latest_iso
    assert (
        document.date.earliest_iso,
        document.authors[0],
        document.title,
        document.language,
        document.type,
        document.recipients,
    ) == STATED[number]
    assert len(document.authors) == 1


def test_ids_are_the_names_of_the_files(documents: list[Document], seeds: Path) -> None:
    assert [document.id for document in documents] == sorted(path.stem for path in seeds.iterdir())


def test_summaries(documents: list[Document]) -> None:
    beginnings = [
        "Molotov writes to the",
        "After acknowledging",
        "Report on ",
        "Telegram from Kuz",
        "Reply to Mao's",
    ]
    for document, beginning in zip(documents, beginnings, strict=True):
        assert document.summary.startswith(beginning)
        assert document.summary not in document.body


def test_credits_and_classification(documents: list[Document]) -> None:
    assert [document.credits for document in documents] == [CREDITS, CREDITS, CREDITS, "", ""]
    assert [document.classification for document in documents] == [
        "Top Secret",
        "",
        "Top Secret",
        "",
        "Top Secret",
    ]


def test_citation_and_address(documents: list[Document]) -> None:
    addresses = [document.source_url.rpartition("/")[2] for document in documents]
    assert addresses == [
        "",
        "114956",
        "117422",
        "112125",
        "110833",
    ]
    assert documents[1].citation.endswith("pp. 136-147. Translated for NKIDP by Gary Goldberg.")
    assert all("http" not in document.citation for document in documents)


def test_references(documents: list[Document]) -> None:
    assert [document.reference for document in documents] == [
        None,
        Reference("AP RF. F. 3. Op. 65. D. 830. pp. 136-147", "AP RF", "3", "65", "830", "136-147"),
        Reference(
            "Archives of the Russian Ministry of Defense (TsAMO), f.45, op.7, d.347",
            "Archives of the Russian Ministry of Defense (TsAMO)",
            "45",
            "7",
            "347",
        ),
        Reference(
            "APRF, Fond 3, Opis 65, Delo 830, Listy 187-189; "
            "and AVPRF, Fond 059a, Opis 5a, Delo 5, Papka 11, Listy 156-158",
            "APRF",
            "3",
            "65",
            "830",
            "187-189",
        ),
        Reference(
            "APRF, Fond 3, Opis 65, Delo 828 [9], Listy 42-43 "
            "and AVPRF, Fond 059a, Opis 5a, Delo 5, Papka 11, List 64",
            "APRF",
            "3",
            "65",
            "828 [9]",
            "42-43",
        ),
    ]


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (0, "Ciphered Telegram # 13464", "Shown to cde. Podtserov, Fedorenko."),
        (1, "Nº 336", "** Time of receipt"),
        (2, "Received by diplomatic pouch from", "V.X.51"),
        (3, "CIPHERED TELEGRAM", "KUZNETSOV"),
        (4, "ALL-UNION COMMUNIST PARTY (Bolsheviks).", "Delo 342, List 23.]"),
    ],
)
def test_the_body_is_the_text(documents: list[Document], number: int, first: str, last: str) -> None:
    body = documents[number].body
    assert body.startswith(first)
    assert body.endswith(last)
    assert body == body.strip()


@pytest.mark.parametrize(
    "unwanted", ["**C", "####", "\\*", "Contents:", "Citation:", "Translation - English"]
)
def test_nothing_else_is_in_the_body(documents: list[Document], unwanted: str) -> None:
    assert not [document.id for document in documents if unwanted in document.body]


def test_the_page_it_was_copied_from_is_not_in_the_body(documents: list[Document]) -> None:
    assert "Author(s)" not in documents[0].body
    assert "rights holders" not in documents[0].body
    assert "English Translation" not in documents[4].body


def test_headings_inside_the_text(documents: list[Document]) -> None:
    assert documents[2].headings == (
        "POLITICAL ATTITUDES AND KOREAN-CHINESE RELATIONS IN CONNECTION WITH THE ARMISTICE TALKS",
        "Political Attitudes",
        "Chinese-Korean Relations",
    )


def test_blocks_lie_in_order_over_the_body(documents: list[Document]) -> None:
    for document in documents:
        assert document.blocks[0].start == 0
        assert document.blocks[-1].end == len(document.body)
        for before, after in zip(document.blocks, document.blocks[1:], strict=False):
            assert document.body[before.end : after.start] == "\n\n"
