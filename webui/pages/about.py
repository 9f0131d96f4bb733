"""The page about the archive: the state of the index, and the health report of the collection."""

from dataclasses import dataclass, field

from search.results import IndexInfo
from search.searcher import Searcher
from webui.components.search_box import SearchBox
from webui.pages.health_findings import Finding, health_findings


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The context of `about.html`; `has_report` is whether the indexer stored a health report."""

    info: IndexInfo
    has_report: bool
    findings: tuple[Finding, ...]
    box: SearchBox = field(default_factory=SearchBox)


def about_page(searcher: Searcher) -> AboutPage:
    """The page for the present generation of the index."""
    health = searcher.health_report()
    findings = health_findings(health, searcher) if health else ()
    return AboutPage(searcher.info(), health is not None, findings)
