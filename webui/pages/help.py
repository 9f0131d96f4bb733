"""How to search: a page of examples that are links, each of which finds something in this very archive."""

from dataclasses import dataclass, field, replace

from search.api.parameters import MAX_QUERY, MAX_WINDOW
from search.expansion.expander import MAX_EXPANSIONS
from search.query.leaves import MAX_NEAR, MIN_FUZZY, MIN_PREFIX
from search.query.parser import MAX_DEPTH, MAX_TERMS
from search.request import Question
from search.searcher import Searcher
from webui.components.search_box import SearchBox
from webui.pages.archive_words import ArchiveWords, archive_words
from webui.pages.help_examples import Row, sections
from webui.state import SearchState

_TRIES = 12  # searches for one example at most; the first nearly always finds something


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it finds, and in how many documents; without `url` it finds none here."""

    query: str
    finds: str
    url: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """Examples under an anchor of the page."""

    anchor: str
    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query is limited to, as the page says it."""

    characters: int = MAX_QUERY
    words: int = MAX_TERMS
    depth: int = MAX_DEPTH
    prefix: int = MIN_PREFIX
    fuzzy: int = MIN_FUZZY
    expansions: int = MAX_EXPANSIONS
    near: int = MAX_NEAR
    window: int = MAX_WINDOW


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The context of `help.html`."""

    topics: tuple[Topic, ...]
    undated: Example | None
    limits: Limits = field(default_factory=Limits)
    box: SearchBox = field(default_factory=SearchBox)


@dataclass
class Help:
    """Makes the page anew when the index has changed: it takes some thirty searches."""

    searcher: Searcher
    _made: tuple[str, HelpPage] | None = None

    def page(self) -> HelpPage:
        """The page for the index as it is."""
        info = self.searcher.info()
        if self._made is None or self._made[0] != info.generation:
            known = archive_words(self.searcher) if info.documents else ArchiveWords()
            self._made = info.generation, _page(self.searcher, known)
        return self._made[1]


def _page(searcher: Searcher, known: ArchiveWords) -> HelpPage:
    topics = tuple(
        Topic(part.anchor, part.title, tuple(_example(row, searcher) for row in part.rows))
        for part in sections(known, searcher.schema)
    )
    undated = _found(Question(undated="only"), searcher)
    return HelpPage(topics, replace(undated, finds="Undated documents") if undated else None)


def _example(row: Row, searcher: Searcher) -> Example:
    for query in row.tries[:_TRIES]:
        if found := _found(Question(query), searcher):
            return replace(found, finds=row.finds)
    return Example(row.general, row.finds)


def _found(question: Question, searcher: Searcher) -> Example | None:
    """A search that finds something, and is understood as it stands."""
    answer = searcher.search(replace(question, facets=(), highlight=False, per_page=1))
    if not answer.total or answer.query.relaxed or answer.query.diagnostics:
        return None
    return Example(question.text, "", SearchState(question).url, answer.total)


_ANCHORS = {
    "phrases": {"unclosed-quote", "empty-phrase", "wildcard-in-phrase", "apostrophe"}
    | {"near-is-no-operator", "near-not-possible", "near-too-far"},
    "operators": {"literal-operator", "lower-case-operator", "operator-not-written"}
    | {"unclosed-parenthesis", "unopened-parenthesis"},
    "fields": {"unknown-field", "field-without-value", "any-value"},
    "dates": {"date-not-understood", "range-not-possible"},
    "limits": {"too-many-words", "too-many-expansions", "too-deep", "prefix-too-short"},
    "counts": {"weight-not-possible"},
}


def explained_at(code: str) -> str:
    """The anchor of the page that explains a diagnostic."""
    return next((anchor for anchor, codes in _ANCHORS.items() if code in codes), "words")
