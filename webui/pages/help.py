"""The help page: the query syntax in examples, each a link to a search that finds documents here."""

from dataclasses import dataclass, field, replace

from search.expansion.budget import MAX_EXPANSIONS, QUERY_EXPANSIONS
from search.messages import Message
from search.parameters.question import MAX_QUERY, MAX_WINDOW
from search.query.leaves import MAX_NEAR, MIN_FUZZY, MIN_PREFIX
from search.query.parser import MAX_DEPTH, MAX_TERMS
from search.request import Question
from search.searcher import Searcher
from webui.components.search_box import SearchBox
from webui.pages.example_terms import ExampleTerms, example_terms
from webui.pages.help_examples import Syntax, example_sections
from webui.state import SearchState

_MAX_CANDIDATES = 12  # searches for one example; nearly always the first finds documents


@dataclass(frozen=True, slots=True)
class Example:
    """A query, a description of what it finds, and the number of documents; without `url` it finds none."""

    query: str
    finds: Message
    url: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A heading with its examples; `anchor` is its id on the page."""

    anchor: str
    title: Message
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a query that the page states."""

    characters: int = MAX_QUERY
    words: int = MAX_TERMS
    depth: int = MAX_DEPTH
    prefix: int = MIN_PREFIX
    fuzzy: int = MIN_FUZZY
    expansions: int = MAX_EXPANSIONS
    query_expansions: int = QUERY_EXPANSIONS
    near: int = MAX_NEAR
    window: int = MAX_WINDOW


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The context of `help.html`."""

    sections: tuple[HelpSection, ...]
    undated: Example | None
    limits: Limits = field(default_factory=Limits)
    box: SearchBox = field(default_factory=SearchBox)


@dataclass
class HelpPageCache:
    """The help page of the present generation: it takes some thirty searches to make."""

    searcher: Searcher
    _cached: tuple[str, HelpPage] | None = None

    def page(self) -> HelpPage:
        """The page, made anew if the index has changed."""
        info = self.searcher.info()
        if self._cached is None or self._cached[0] != info.generation:
            terms = example_terms(self.searcher) if info.documents else ExampleTerms()
            self._cached = info.generation, _help_page(self.searcher, terms)
        return self._cached[1]


def _help_page(searcher: Searcher, terms: ExampleTerms) -> HelpPage:
    sections = tuple(
        HelpSection(section.anchor, section.title, tuple(_example(one, searcher) for one in section.syntax))
        for section in example_sections(terms, searcher.schema)
    )
    undated = _example_of(Question(undated="only"), Message("Undated documents"), searcher)
    return HelpPage(sections, undated)


def _example(syntax: Syntax, searcher: Searcher) -> Example:
    for query in syntax.candidates[:_MAX_CANDIDATES]:
        if example := _example_of(Question(query), syntax.finds, searcher):
            return example
    return Example(syntax.fallback, syntax.finds)


def _example_of(question: Question, finds: Message, searcher: Searcher) -> Example | None:
    """The question as an example; None if it finds nothing, is relaxed or gets a diagnostic."""
    answer = searcher.search(replace(question, facets=(), highlight=False, per_page=1))
    if not answer.total or answer.query.relaxed or answer.query.diagnostics:
        return None
    return Example(question.text, finds, SearchState(question).url, answer.total)
