"""The page about the archive: the state of the index, and the health report of the collection."""

from dataclasses import dataclass, field

from search.request import Filter, Question
from search.results import IndexInfo
from search.searcher import Searcher
from search.wording.facets import value_text
from webui.components.search_box import SearchBox
from webui.pages.health_findings import Finding, health_findings
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link to a number of documents."""

    text: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The context of `about.html`; `has_report` is whether the indexer stored a health report.

    `languages` lead to the documents whose texts are in each, the most frequent first.
    """

    info: IndexInfo
    has_report: bool
    findings: tuple[Finding, ...]
    languages: tuple[CountedLink, ...] = ()
    box: SearchBox = field(default_factory=SearchBox)


def about_page(searcher: Searcher) -> AboutPage:
    """The page for the present generation of the index."""
    health = searcher.health_report()
    findings = health_findings(health, searcher) if health else ()
    counts = health.languages if health else {}
    languages = (
        CountedLink(
            value_text("text_language", name),
            SearchState(Question(filters=(Filter("text_language", "is", name),))).url,
            count,
        )
        for name, count in counts.items()
    )
    return AboutPage(searcher.info(), health is not None, findings, tuple(languages))
