"""All hits of a query in Tantivy, in batches that are smaller than the index.

1. They come in the order that the memory engine has, whatever ids and titles there are.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.document import Document
from search.engines import open_engine
from search.engines.tantivy import all_hits
from search.request import Question, Sort
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import dated, fill

TITLES = (
    "Telegram", "Telegram to Kim", "telegram, to Kim", "Telegram to Mao", "a b c", '"quoted"', "(x) [y] {z}",
    "AND", "TO", "*", "a:b", "\\", "毛泽东", "Молотов", "Молотов В. М.", "é", "-5", "~", "…", "1953", "!",
)  # fmt: skip
IDS = (
    "-5",
    "-a",
    "~1",
    "~",
    ".",
    "_",
    "AND",
    "OR",
    "TO",
    "IN",
    "a~2",
    "A",
    "a",
    "0",
    "00",
    "a-b.c_d~e",
    "NOT",
)
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "title", "-indexed")

documents = st.lists(
    st.builds(
        Document,
        id=st.sampled_from(IDS) | st.from_regex(r"[A-Za-z0-9._~-]{1,6}", fullmatch=True),
        title=st.sampled_from(TITLES) | st.text(min_size=1, max_size=6),
        body=st.sampled_from(("war", "war war peace", "peace talks", "talks")),
        date=st.sampled_from(("", "1951", "1951-07", "1953")).map(dated),
        indexed=st.sampled_from((0, 1, 2)),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda item: item.id,
)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_hits, "BATCH", 3)


@pytest.mark.slow
@given(found=documents)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_1_in_order(
    small_batches: None, tmp_path_factory: pytest.TempPathFactory, found: list[Document]
) -> None:
    path: Path = tmp_path_factory.mktemp("batches")
    tantivy = fill(open_engine(f"tantivy:{path / 'index'}", Schema(), create=True), found)
    memory = fill(open_engine("memory:", Schema()), found)
    for sort in SORTS:
        for text in ("", "war", "war OR peace", "telegram war", "war OR date:1951", "kim talks war"):
            question = Question(text, match="any" if text else None, sort=sort)
            ids = [item.id for item in Searcher(tantivy).export(question)]
            assert ids == [item.id for item in Searcher(memory).export(question)], (text, sort)
    tantivy.close()
