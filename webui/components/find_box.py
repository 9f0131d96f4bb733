"""The search in one document: what is looked for in it, and the ways to look for something else."""

from dataclasses import dataclass, replace

from search.api.parameters import parse_parameters, to_parameters
from search.api.urls import document_url, with_parameters
from search.document import Document
from search.errors import ParameterError
from search.highlighting.in_document import Within
from search.highlighting.matcher import Reading
from search.request import Question
from search.results import TermCount
from search.schema import Schema
from search.searcher import Searcher
from webui.state import SearchState

FIND = "find"
"""Says what to look for in a document; empty: nothing; without it, what the search asks."""
TOP = "#hits"


@dataclass(frozen=True, slots=True)
class TermLink:
    """A term of the search that led here, how often it is in the text, and the way to see it alone."""

    words: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FindBox:
    """The form that looks in one document. `asked` is what was looked for, `text` stands in the form.

    `terms` are those of the search; `all_url` leads back to all of them, and is empty where they are
    shown already. `clear_url` looks for nothing.
    """

    action: str
    text: str
    asked: str
    hidden: tuple[tuple[str, str], ...]
    terms: tuple[TermLink, ...]
    all_url: str
    clear_url: str
    problem: str = ""


def find_in(
    searcher: Searcher, document: Document, state: SearchState, find: str | None
) -> tuple[Reading, FindBox]:
    """The document read for `find`, or where that is None for what the search asks; and the form for more.

    A term of the search that is looked for alone is looked for as it stands, without its other names.
    """
    question = replace(state.question, text=state.question.text.strip())
    problem = "" if find is None else _problem(find, searcher.schema)
    asked = question.text if find is None or problem else find.strip()
    led = _within(searcher, document, question)
    terms = led.terms if led else ()
    shown = led
    elsewhere = asked != question.text
    if elsewhere:
        expand = question.expand and all(asked != term.term for term in terms)
        shown = _within(searcher, document, replace(question, text=asked, match=None, expand=expand))
    if shown and not led:
        terms = shown.terms
    box = FindBox(
        action=document_url(document.id) + TOP,
        text=find if find is not None and problem else asked,
        asked=asked,
        hidden=tuple(to_parameters(state.question)),
        terms=_links(document, state, terms, asked) if len(terms) > 1 or (led and elsewhere) else (),
        all_url=state.document_url(document.id) + TOP if led and elsewhere and len(terms) > 1 else "",
        clear_url=find_url(document, state, "") if asked else "",
        problem=problem,
    )
    return shown.reading if shown else Reading(), box


def find_url(document: Document, state: SearchState, text: str) -> str:
    """The address of a document in which something else is looked for than the search asks."""
    pairs = [*to_parameters(state.question), (FIND, text)]
    return with_parameters(document_url(document.id), pairs) + TOP


def _within(searcher: Searcher, document: Document, question: Question) -> Within | None:
    return searcher.within(document, question) if question.text else None


def _links(
    document: Document, state: SearchState, terms: tuple[TermCount, ...], asked: str
) -> tuple[TermLink, ...]:
    return tuple(
        TermLink(term.term, term.count, find_url(document, state, term.term), term.term == asked)
        for term in terms
    )


def _problem(find: str, schema: Schema) -> str:
    try:
        parse_parameters([("q", find)], schema)
    except ParameterError as error:
        return str(error)
    return ""
