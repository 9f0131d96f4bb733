"""Of the documents that a search with a filter on dates finds: how many are certainly of these dates?"""

from dataclasses import replace

from search.answer import DateCounts
from search.engines import Engine
from search.facets.filters import engine_filters
from search.query.tree import Query
from search.request import DATE, Question, SearchRequest, Undated


def date_counts(engine: Engine, query: Query, question: Question) -> DateCounts | None:
    """The counts of a question whose text is `query`; None if it has no filter on dates."""
    if not any(item.field == DATE and item.op != "missing" for item in question.filters):
        return None

    def count(asked: Question, undated: Undated) -> int:
        filters = engine_filters(replace(asked, undated=undated))
        return engine.search(SearchRequest(query, filters, limit=0)).total

    certain = count(replace(question, date_match="within"), "exclude")
    touching = count(replace(question, date_match="overlap"), "exclude")
    of_any_date = replace(question, filters=tuple(f for f in question.filters if f.field != DATE))
    return DateCounts(certain, touching - certain, count(of_any_date, "only"))
