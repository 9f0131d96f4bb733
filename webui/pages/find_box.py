"""The search within one document: its form, its matches, and a link for each term of the query."""

from dataclasses import dataclass, replace

from search.api.urls import document_url, with_parameters
from search.document import Document
from search.errors import ParameterError
from search.highlighting.in_document import InDocumentAnswer
from search.highlighting.matcher import DocumentMatches
from search.messages import gettext
from search.parameters.question import parse_parameters
from search.request import Question
from search.results import TermCount
from search.schema import Schema
from search.searcher import Searcher
from webui.state import SearchState

FIND = "find"
"""The query parameter of the in-document search. Absent: `q` is used; empty: nothing is marked."""
MATCHES_ANCHOR = "#hits"


@dataclass(frozen=True, slots=True)
class TermLink:
    """A term of the search, its number of matches in the document, and the link that marks it alone."""

    text: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FindBox:
    """The form of the in-document search.

    `query` is the query whose matches are marked. `text` is the value of the form's field: empty while the
    query is that of the search, which stands in the box of the search.
    `terms` are the terms of the search through which the document was opened. `all_url` marks all of them
    again, and is empty while they are marked; `clear_url` removes all marks.
    """

    action: str
    text: str
    query: str
    hidden: tuple[tuple[str, str], ...]
    terms: tuple[TermLink, ...]
    all_url: str
    clear_url: str
    problem: str = ""


def find_in_document(
    searcher: Searcher, document: Document, state: SearchState, find: str | None
) -> tuple[DocumentMatches, FindBox]:
    """The matches of `find` in the document, or of the search if `find` is None or invalid; and the form.

    A single term of the search is matched as typed, without its aliases.
    """
    question = replace(state.question, text=state.question.text.strip())
    problem = "" if find is None else _problem(find, searcher.schema)
    query = question.text if find is None or problem else find.strip()
    of_search = _within(searcher, document, question)
    terms = of_search.terms if of_search else ()
    is_search = query == question.text
    if is_search:
        within = of_search
    else:
        expand = question.expand and all(query != term.term for term in terms)
        within = _within(searcher, document, replace(question, text=query, match=None, expand=expand))
        if within and not of_search:
            terms = within.terms
    leads_back = of_search is not None and not is_search
    box = FindBox(
        action=document_url(document.id) + MATCHES_ANCHOR,
        text=find or "",
        query=query,
        hidden=tuple(state.parameters()),
        terms=_links(document, state, terms, query) if len(terms) > 1 or leads_back else (),
        all_url=state.document_url(document.id) + MATCHES_ANCHOR if leads_back and len(terms) > 1 else "",
        clear_url=_find_url(document, state, "") if query else "",
        problem=problem,
    )
    return within.matches if within else DocumentMatches(), box


def _find_url(document: Document, state: SearchState, find: str) -> str:
    pairs = [*state.parameters(), (FIND, find)]
    return with_parameters(document_url(document.id), pairs) + MATCHES_ANCHOR


def _within(searcher: Searcher, document: Document, question: Question) -> InDocumentAnswer | None:
    return searcher.search_in(document, question) if question.text else None


def _links(
    document: Document, state: SearchState, terms: tuple[TermCount, ...], query: str
) -> tuple[TermLink, ...]:
    return tuple(
        TermLink(term.term, term.count, _find_url(document, state, term.term), term.term == query)
        for term in terms
    )


def _problem(find: str, schema: Schema) -> str:
    try:
        parse_parameters([("q", find)], schema)
    except ParameterError as error:
        return gettext(error.message)
    return ""
