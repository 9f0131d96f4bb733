"""Of the documents that a search with a filter on dates finds: how many are certainly of these dates?"""

from dataclasses import replace

from search.answer import DateCertainty
from search.engines import Engine
from search.facets.filters import engine_filters
from search.query.tree import Query
from search.request import DATE, Question, SearchRequest, Undated


def filters_dates(question: Question) -> bool:
    """Whether a question has a filter on dates."""
    return any(item.field == DATE and item.op != "missing" for item in question.filters)


def date_certainty(engine: Engine, query: Query, question: Question) -> DateCertainty:
    """The counts of a question that filters dates; `query` is what its text was read as."""

    def count(asked: Question, undated: Undated) -> int:
        filters = engine_filters(replace(asked, undated=undated))
        return engine.search(SearchRequest(query, filters, limit=0)).total

    certain = count(replace(question, date_match="within"), "exclude")
    touching = count(replace(question, date_match="overlap"), "exclude")
    of_any_date = replace(question, filters=tuple(f for f in question.filters if f.field != DATE))
    return DateCertainty(certain, touching - certain, count(of_any_date, "only"))
