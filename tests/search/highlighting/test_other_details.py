"""What a document states beyond the declared fields is searched, and shown under its own key."""

import pytest

from search.document import NAMES_AS_WRITTEN
from search.engines import open_engine
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill

SCHEMA = Schema()
DOCUMENTS = [
    document("a", "War.", extra={"shelf mark": "Chest 4, drawer", NAMES_AS_WRITTEN: "Chou En-lai"}),
    document("b", "Peace.", language="English; Swedish"),
]


@pytest.mark.parametrize("url", ["memory:", "whoosh:{}", "tantivy:{}"])
def test_other_details_are_searched(tmp_path: object, url: str) -> None:
    searcher = Searcher(fill(open_engine(url.format(tmp_path), SCHEMA, create=True), DOCUMENTS))
    [hit] = searcher.search(Question("drawers")).hits
    assert hit.document.id == "a"
    [shown] = [one for one in hit.highlights if one.field == "extra.shelf mark"]
    assert (shown.html, SCHEMA.label(shown.field)) == ("Chest 4, <mark>drawer</mark>", "Shelf mark")
    assert searcher.search(Question("Chou")).total == 0
    assert [hit.document.id for hit in searcher.search(Question("language:swedish")).hits] == ["b"]
