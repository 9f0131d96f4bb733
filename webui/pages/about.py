"""What the page about the archive says: what is in it, and what an archivist might look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from search.api.urls import document_url
from search.document import Document
from search.health_report import Health, SourceProblem
from search.request import Filter, Question
from search.results import IndexInfo
from search.searcher import Searcher
from webui.components.search_box import SearchBox
from webui.state import SearchState

SHOWN = 20
"""Documents, groups or files listed of each kind."""


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, and a few words on why; `url` may be empty."""

    text: str
    url: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Documents that share something to look at: how many, what it means, and the first of them.

    `labels` say what one is and what several are.
    `all_url` is a search for all of them, where there is one.
    """

    count: int
    labels: tuple[str, str]
    meaning: str
    groups: tuple[tuple[Link, ...], ...]
    all_url: str = ""

    @property
    def label(self) -> str:
        """What it is, or they are."""
        return self.labels[self.count != 1]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.groups)


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The context of `about.html`; `checked` is whether the indexer left a report."""

    info: IndexInfo
    checked: bool
    findings: tuple[Finding, ...]
    box: SearchBox = field(default_factory=SearchBox)


def about_page(searcher: Searcher) -> AboutPage:
    """The page of the index as it is now."""
    health = searcher.health_report()
    findings = _findings(health, searcher) if health else ()
    return AboutPage(searcher.info(), health is not None, tuple(f for f in findings if f.count))


def _findings(health: Health, searcher: Searcher) -> Sequence[Finding]:
    documents = _Documents(searcher)
    searches = {
        name: SearchState(Question(filters=(Filter(name, "missing"),))).url for name in ("date", "author")
    }
    return (
        _files(
            health.failed,
            ("file that could not be indexed", "files that could not be indexed"),
            "What was indexed of them before is still there.",
        ),
        documents.finding(
            health.date_not_understood,
            ("document whose date was not understood", "documents whose dates were not understood"),
            "They count as undated until the date is written in another way.",
            why=lambda document: document.date.text if document.date else "",
        ),
        documents.finding(
            health.undated,
            ("undated document", "undated documents"),
            "No date was found in them.",
            searches["date"],
        ),
        documents.finding(
            health.no_author,
            ("document without an author", "documents without an author"),
            "Nobody is named, or signs.",
            searches["author"],
        ),
        documents.finding(
            health.no_title,
            ("document without a title", "documents without a title"),
            "Their first line, or the file's name, stands in for it.",
        ),
        documents.finding(
            health.no_text,
            ("document without text", "documents without text"),
            "They can be found by their titles alone.",
        ),
        Finding(
            len(health.duplicates),
            ("text that is there more than once", "texts that are there more than once"),
            "The documents of a line have the same text.",
            tuple(documents.links(group[:SHOWN]) for group in health.duplicates[:SHOWN]),
        ),
        Finding(
            len(health.name_candidates),
            ("group of names that may be one person’s", "groups of names that may each be one person’s"),
            "A line of aliases.txt makes them one: the preferred form, then the others, between semicolons.",
            tuple(tuple(map(_author, group[:SHOWN])) for group in health.name_candidates[:SHOWN]),
        ),
        _files(
            health.skipped,
            ("file that was passed over", "files that were passed over"),
            "They hold nothing that is read, or may not be.",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Documents:
    searcher: Searcher

    def finding(
        self,
        ids: Sequence[str],
        label: tuple[str, str],
        meaning: str,
        all_url: str = "",
        why: Callable[[Document], str] = lambda _: "",
    ) -> Finding:
        groups = tuple((link,) for link in self.links(ids[:SHOWN], why))
        return Finding(len(ids), label, meaning, groups, all_url)

    def links(self, ids: Sequence[str], why: Callable[[Document], str] = lambda _: "") -> tuple[Link, ...]:
        found = zip(ids, self.searcher.documents(ids), strict=True)
        return tuple(
            Link(document.title, document_url(doc_id), why(document)) if document else Link(doc_id)
            for doc_id, document in found
        )


def _files(problems: Sequence[SourceProblem], label: tuple[str, str], meaning: str) -> Finding:
    listed = tuple((Link(problem.source, why=problem.reason),) for problem in problems[:SHOWN])
    return Finding(len(problems), label, meaning, listed)


def _author(name: str) -> Link:
    return Link(name, SearchState(Question(filters=(Filter("author", "is", name),))).url)
