"""Records with the names that other programs give to fields.

1. Each case of record_families.toml is read as it says; whatever it does not name is not in a field.
2. Whatever a record states is in a field or among the other details, under any keys.
3. Columns that are not known are refused with their names.
4. Other people's files are read so, where they are present (OPIS_DATA).
5. A text is read the same alone and in a list of its own.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import ReadError
from index.record_fields import parse_record
from tests.files import read, understood

CASES = tomllib.loads(Path(__file__).with_name("record_families.toml").read_text(encoding="utf-8"))["case"]
COLLECTED = Path(os.environ.get("OPIS_DATA", ""), "..", "cases", "ingest")
KEYS = [
    *(
        "title",
        "Title",
        "headline",
        "date",
        "created",
        "year",
        "begin date",
        "end date",
        "author",
        "creator",
        "from",
    ),
    *(
        "subject",
        "tags",
        "body",
        "text",
        "description",
        "language",
        "identifier",
        "dc:title",
        "dcterms:date",
        "notes",
    ),
    *(
        "eventDates",
        "eventTypes",
        "eventActors",
        "element_texts",
        "dates",
        "linked_agents",
        "url",
        "",
        "x",
        "Größe",
    ),
]
WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "1871", "12 May 1871", "two words"])
TEXTS = [
    "",
    " alpha ",
    "alpha;  beta",
    "alpha, beta",
    "12",
    "1871-05-12 00:00:00",
    "1871-05-12T10:30",
    "alpha\n\nbeta",
]
VALUES = st.recursive(
    WORDS | st.integers(0, 9999),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "text", "type", "role", "begin", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_1_families(tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / case["file"]
    path.write_text(case["content"].lstrip("\n"), encoding="utf-8")
    documents = understood(path)
    assert len(documents) == len(case["documents"])
    for document, expected in zip(documents, case["documents"], strict=True):
        found = {
            "date": document.date.text if document.date else "",
            "first": document.date.earliest_iso if document.date else None,
            "last": document.date.latest_iso if document.date else None,
            "reference": document.reference.text if document.reference else "",
        }
        for name, value in expected.items():
            if name != "extra":
                wanted = tuple(value) if isinstance(value, list) else value
                assert found.get(name, getattr(document, name, None)) == wanted, name
        assert document.extra.items() >= expected.get("extra", {}).items()


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [str(value)]


@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=8))
def test_2_nothing_is_lost(pairs: list[tuple[str, Any]]) -> None:
    found = parse_record(pairs)
    text = " ".join([*map(str, found.fields.values()), *found.extra.values()])
    assert [leaf for _, value in pairs for leaf in leaves(value) if leaf not in text] == []


def test_3_unknown_columns(tmp_path: Path) -> None:
    with pytest.raises(
        ReadError, match=r"has the columns 'Bird', 'Colour'; one that names a title or a text"
    ):
        read(tmp_path / "a.csv", b"Bird;Colour\nGoose;white\n")


@pytest.mark.parametrize("key", ["withhold", "Withhold", "WITHHOLD "])
def test_1_a_record_withholds_itself_in_any_letter_case(key: str) -> None:
    assert parse_record({"title": "a", key: True}).extra == {"withhold": "true"}


UNGROUPED = [key for key in KEYS if not key.startswith("event")]  # columns that belong together hold texts


@given(st.lists(st.tuples(st.sampled_from(UNGROUPED), st.sampled_from(TEXTS)), max_size=10))
def test_5_a_text_in_a_list(pairs: list[tuple[str, str]]) -> None:
    assert parse_record(pairs) == parse_record([(key, [text]) for key, text in pairs])


LETTER = {"title": "A letter", "authors": ("Anna Berg",), "date": "1871-05-12"}


@pytest.mark.skipif(
    not (os.environ.get("OPIS_DATA") and COLLECTED.is_dir()),
    reason="set OPIS_DATA to a folder beside which there is cases/ingest",
)
@pytest.mark.parametrize(
    ("name", "expected", "words"),
    [
        ("alt-keys.jsonl", LETTER, "water rose"),
        ("array.json", LETTER, "water rose"),
        ("dc.csv", LETTER, "water rose"),
        ("omeka.csv", LETTER, "water rose"),
        ("semicolon.csv", LETTER, "water rose"),
        ("cp1252.csv", {"title": "Brief über die Mühle", "authors": ("Björn Müller",)}, "Wasser stieg"),
        ("atom-isad.csv", {"title": "Berg family fonds", "authors": ("Berg family",), "date": "1870-01-01",
         "language": "English; Swedish", "subjects": ("Mills", "Water")}, "lower gate"),
        ("more/lang.jsonl", {"language": "English"}, ""),
    ],
)  # fmt: skip
def test_4_collected(name: str, expected: dict[str, object], words: str) -> None:
    for document in understood(COLLECTED / name):
        date = document.date.earliest_iso if document.date else None
        found = {key: date if key == "date" else getattr(document, key) for key in expected}
        assert found == expected
        assert words in f"{document.summary} {document.body}"
