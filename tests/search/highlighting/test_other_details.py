"""What a document states beyond the declared fields is searched, and shown under its own key."""

from search.document import NAMES_AS_WRITTEN
from search.engines import Engine
from search.request import Question
from search.searcher import Searcher
from tests.archive import document, fill

DOCUMENTS = [
    document("a", "War.", extra={"shelf mark": "Chest 4, drawer", NAMES_AS_WRITTEN: "Chou En-lai"}),
    document("b", "Peace.", language="English; Swedish"),
]


def test_other_details_are_searched(engine: Engine) -> None:
    searcher = Searcher(fill(engine, DOCUMENTS))
    [hit] = searcher.search(Question("drawers")).hits
    assert hit.document.id == "a"
    [shown] = [one for one in hit.highlights if one.field == "extra.shelf mark"]
    assert (shown.html, engine.schema.label(shown.field)) == ("Chest 4, <mark>drawer</mark>", "Shelf mark")
    assert searcher.search(Question("Chou")).total == 0
    assert [hit.document.id for hit in searcher.search(Question("language:swedish")).hits] == ["b"]
