"""Where in the results of a search is the document that is being read, and which ones are beside it?"""

from dataclasses import dataclass, replace

from search.document import Document
from search.searcher import Searcher
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class ResultPosition:
    """The 1-based `number` of the document in the results of the search, and its neighbours' addresses."""

    number: int
    total: int
    previous_url: str = ""
    next_url: str = ""


def result_position(searcher: Searcher, document: Document, state: SearchState) -> ResultPosition | None:
    """None if the document is not on the page of results that its URL names."""
    question = replace(state.question, facets=(), highlight=False)
    answer = searcher.search(question)
    ids = [hit.document.id for hit in answer.hits]
    if document.id not in ids:
        return None
    index = ids.index(document.id)

    offset = (question.page - 1) * question.per_page

    def neighbour_url(step: int) -> str:
        neighbour = index + step
        if not 0 <= offset + neighbour < answer.total:
            return ""
        if 0 <= neighbour < len(ids):
            return state.document_url(ids[neighbour])
        page = question.page + step
        hits = searcher.search(replace(question, page=page)).hits
        return state.turning(page).document_url(hits[min(step, 0)].document.id) if hits else ""

    return ResultPosition(offset + index + 1, answer.total, neighbour_url(-1), neighbour_url(+1))
