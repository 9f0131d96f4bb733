"""Cables with a date-time group: cables.toml, and properties.

1. Header lines become fields; the name that signs is the author, else the office.
2. What has no date-time group near a sender is no cable.
3. Every word of the text is in the body or in a field, whatever stands around it.
4. Any lines are read at once.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Extracted
from index.formats.text import passages
from index.metadata.cable import read_cable
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import SourceFile
from search.document import Document
from tests.in_time import in_processor_time

CASES = tomllib.loads((Path(__file__).parent / "cables.toml").read_text(encoding="utf-8"))
HEADER = "R 061232Z MAR 74\nFM AMEMBASSY OZ\nTO SECSTATE WASHDC 0872\nUNCLAS OZ 0179\nSUBJECT: WORKS\n"


def document(text: str) -> Document:
    file = SourceFile("/x", "a.txt", Path("/x/a.txt"))
    return understand(Extracted(passages(text)), file, Labels()).document


@pytest.mark.parametrize("case", CASES["cable"], ids=lambda case: case["name"])
def test_1_cables(case: dict[str, Any]) -> None:
    found = document(case["text"])
    assert (found.title, found.body, found.type) == (case["title"], case["body"], "telegram")
    assert (list(found.authors), list(found.recipients)) == (case["authors"], case["recipients"])
    assert (list(found.subjects), found.classification) == (case["subjects"], case["classification"])
    assert found.date is not None
    assert found.date.earliest_iso == found.date.latest_iso == case["date"]
    assert found.date.certainty == "exact"
    assert found.extra == case["extra"]


@pytest.mark.parametrize("case", CASES["other"], ids=lambda case: case["name"])
def test_2_no_cables(case: dict[str, Any]) -> None:
    assert read_cable(passages(case["text"])) is None


@pytest.mark.parametrize(
    ("group", "day"),
    [("061232Z MAR 74", "1974-03-06"), ("061232ZMAR1974", "1974-03-06"), ("010000A JAN 29", "2029-01-01")],
)
def test_1_date_time_groups(group: str, day: str) -> None:
    date = parse_date(group)
    assert date is not None
    assert (date.text, date.earliest_iso, date.latest_iso) == (group, day, day)


@pytest.mark.parametrize("text", ["401232Z MAR 74", "061232Z MAX 74", "061232 MAR 74"])
def test_2_no_date_time_groups(text: str) -> None:
    date = parse_date(text)
    assert date is None or not date.understood


@given(st.lists(st.from_regex(r"[a-z]{3,9}( [a-z]{3,9}){0,5}\.", fullmatch=True), min_size=1, max_size=8))
def test_3_nothing_is_lost(sentences: list[str]) -> None:
    for gap in ("\n", "\n\n"):
        found = document(HEADER + gap + gap.join(sentences))
        assert found.body == gap.join(sentences)


@given(
    st.lists(
        st.sampled_from([*HEADER.split("\n"), "PAGE 02 OZ 1", "BT", " X", "REF: A", "text"]), max_size=40
    )
)
def test_4_any_lines_are_read(lines: list[str]) -> None:
    document("\n".join(lines))


def test_4_long_cables_are_read_at_once() -> None:
    with in_processor_time(5):
        document(HEADER + "TO OZ\n" * 20_000 + "S " * 50_000)
