"""What `make evaluate` looks for is sound.

1. The same documents give the same items; each query is made of what its document says.
2. Sender, recipient and year are asked for only where they name one document.
3. Ranks become figures as by hand; an item that is not found counts as 0.
4. Misread text has about as many mistakes as it was to have, and is the same each time.
"""

import gzip
import json
from pathlib import Path

import pytest

from search.edits import edit_distance
from search.engines import open_engine
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.bench.known_items import DAY, PARTIES, WORDS, KnownItem, find, known_items
from tests.bench.ocr_noise import misread

RECORDS = [
    {
        "id": f"d{number}",
        "title": title,
        "date": f"1951-03-{number + 10}",
        "body": f"The harbour dues number{chr(97 + number)}x of the consulate rose{chr(97 + number)}.",
    }
    for number, title in enumerate(
        (
            "Letter From the Consul in Oslo (Berg) to the Secretary of State (Holm)",
            "Mr. Lind to Mr. Dahl.",
            "Mr. Dahl to Mr. Lind.",
            "Memorandum of Conversation",
            "The Embassy in Norway to the Department of State",
        )
    )
]


@pytest.fixture
def items(tmp_path: Path) -> list[KnownItem]:
    path = tmp_path / "docs.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in RECORDS)
    found = known_items(path, items=5)
    assert found == known_items(path, items=5)
    return found


def test_1_queries_say_what_the_document_says(items: list[KnownItem]) -> None:
    by_id = {record["id"]: record for record in RECORDS}
    for item in items:
        said = f"{by_id[item.id]['title']} {by_id[item.id]['body']}".lower()
        words = item.query.lower().split()
        if item.kind == WORDS:
            assert len(words) == 4
            assert all(word in said for word in words)
        elif item.kind == DAY:
            assert words[0] in said
            assert words[1:] == [by_id[item.id]["date"][-2:], "march", "1951"]


def test_2_parties_name_one_document(items: list[KnownItem]) -> None:
    asked = [(item.id, item.query.lower().replace(" to ", " ")) for item in items if item.kind == PARTIES]
    assert asked == [("d0", "berg holm 1951")]


def test_3_figures_by_hand(schema: Schema) -> None:
    engine = fill(open_engine("memory:", schema), [document("a", "war war"), document("b", "war peace")])
    items = [KnownItem("", "war", "a"), KnownItem("", "war", "b"), KnownItem("", "peace", "a")]
    found = find(Searcher(engine), items, "default")
    assert found.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found.top_ten == pytest.approx(2 / 3)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05])
def test_4_misread_text(share: float) -> None:
    text = "The delegation returned to the conference in the afternoon and submitted a claim. " * 50
    read = misread({"id": "a", "title": "Claim", "body": text}, share)["body"]
    assert read == misread({"id": "a", "title": "Claim", "body": text}, share)["body"]
    mistakes = sum(edit_distance(w, r, 9) for w, r in zip(text.split(), read.split(), strict=True))
    assert mistakes / len(text) == pytest.approx(share, rel=0.5)
