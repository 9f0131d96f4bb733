"""The findings of the health report, in words and with links to the documents, names and files concerned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from search.api.urls import document_url
from search.commit_data.health_report import HealthReport, MostlyBoilerplate, SourceProblem
from search.document import Document
from search.messages import Message, gettext, ngettext
from search.request import Filter, Question
from search.searcher import Searcher
from webui.state import SearchState

SHOWN = 20
"""Documents, groups or files listed for each finding."""
FIRST = 5
"""Those of them that are in sight; also the documents or names of a group that are listed."""


@dataclass(frozen=True, slots=True)
class FindingLink:
    """A document, name or file of a finding, with the reason why it is listed; `url` may be empty."""

    text: str
    url: str = ""
    reason: str = ""


Groups = tuple[tuple[FindingLink, ...], ...]
"""Links that are listed in one line each: one document, or several that belong together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Documents, names or files that share a problem. `count` is the number of all `groups`, listed or not.

    `search_url` finds all the documents, if a search can.
    """

    count: int
    label: str
    meaning: str
    groups: Groups
    search_url: str = ""

    @property
    def first(self) -> Groups:
        """The groups that are in sight."""
        return self.groups[:FIRST]

    @property
    def rest(self) -> Groups:
        """The other groups that are listed."""
        return self.groups[FIRST:]

    @property
    def unlisted(self) -> int:
        """The number of groups that are not listed."""
        return self.count - len(self.groups)


def health_findings(health: HealthReport, searcher: Searcher) -> tuple[Finding, ...]:
    """The findings in the order of the page, without those that have no entries."""
    findings = (_finding(check, health, searcher) for check in _CHECKS)
    return tuple(finding for finding in findings if finding.count)


@dataclass(frozen=True, slots=True)
class _Check:
    """How the page shows one list of the health report, the attribute `entries` of HealthReport.

    `label` says of a number what they are; the number itself stands before it.
    `groups` makes links of the first entries; `missing` is the facet that the documents have no value of.
    """

    entries: str
    label: Callable[[int], str]
    meaning: Message
    groups: Callable[[Sequence[Any], Searcher], Groups]
    missing: str = ""


def _finding(check: _Check, health: HealthReport, searcher: Searcher) -> Finding:
    entries: Sequence[Any] = getattr(health, check.entries)
    is_missing = Filter(check.missing, "missing")
    count = health.count(check.entries)
    return Finding(
        count,
        check.label(count),
        gettext(check.meaning),
        check.groups(entries[:SHOWN], searcher),
        SearchState(Question(filters=(is_missing,))).url if check.missing else "",
    )


def _files(problems: Sequence[SourceProblem], _: Searcher) -> Groups:
    return tuple((FindingLink(problem.source, reason=problem.reason),) for problem in problems)


def _documents(ids: Sequence[str], searcher: Searcher) -> Groups:
    return tuple((link,) for link in _document_links(ids, searcher))


def _documents_with_dates(ids: Sequence[str], searcher: Searcher) -> Groups:
    def date(document: Document) -> str:
        return document.date.text if document.date else ""

    return tuple((link,) for link in _document_links(ids, searcher, date))


def _shares(entries: Sequence[MostlyBoilerplate], searcher: Searcher) -> Groups:
    shares = {
        entry.id: ngettext(
            "%(share)s%%, %(num)s character",
            "%(share)s%%, %(num)s characters",
            entry.characters,
            share=round(100 * entry.share),
        )
        for entry in entries
    }
    return tuple((link,) for link in _document_links(list(shares), searcher, lambda found: shares[found.id]))


def _duplicates(groups: Sequence[Sequence[str]], searcher: Searcher) -> Groups:
    return tuple(_document_links(group[:FIRST], searcher) + _further(group) for group in groups)


def _names(groups: Sequence[Sequence[str]], _: Searcher) -> Groups:
    return tuple((*map(_author_link, group[:FIRST]), *_further(group)) for group in groups)


def _further(group: Sequence[str]) -> tuple[FindingLink, ...]:
    """How many of a group are not listed."""
    count = len(group) - FIRST
    return (FindingLink(ngettext("%(num)s more", "%(num)s more", count)),) if count > 0 else ()


def _document_links(
    ids: Sequence[str], searcher: Searcher, reason: Callable[[Document], str] = lambda _: ""
) -> tuple[FindingLink, ...]:
    found = zip(ids, searcher.documents(ids), strict=True)
    return tuple(
        FindingLink(document.short_title, document_url(doc_id), reason(document))
        if document
        else FindingLink(doc_id)
        for doc_id, document in found
    )


def _author_link(name: str) -> FindingLink:
    return FindingLink(name, SearchState(Question(filters=(Filter("author", "is", name),))).url)


_CHECKS = (
    _Check(
        "failed",
        lambda count: ngettext(
            "file that could not be indexed",
            "files that could not be indexed",
            count,
        ),
        Message("What was indexed of them before is still there."),
        _files,
    ),
    _Check(
        "remarks",
        lambda count: ngettext(
            "error in a file that was indexed all the same",
            "errors in files that were indexed all the same",
            count,
        ),
        Message("Nothing of their texts is lost."),
        _files,
    ),
    _Check(
        "date_not_understood",
        lambda count: ngettext(
            "document whose date was not understood",
            "documents whose dates were not understood",
            count,
        ),
        Message("They count as undated until the date is written in another way."),
        _documents_with_dates,
    ),
    _Check(
        "undated",
        lambda count: ngettext(
            "undated document",
            "undated documents",
            count,
        ),
        Message("No date was found in them."),
        _documents,
        "date",
    ),
    _Check(
        "no_author",
        lambda count: ngettext(
            "document without an author",
            "documents without an author",
            count,
        ),
        Message("Nobody is named, or signs."),
        _documents,
        "author",
    ),
    _Check(
        "no_title",
        lambda count: ngettext(
            "document without a title",
            "documents without a title",
            count,
        ),
        Message("Their first line, or the file's name, stands in for it."),
        _documents,
    ),
    _Check(
        "no_text",
        lambda count: ngettext(
            "document without text",
            "documents without text",
            count,
        ),
        Message("They can be found by their titles alone."),
        _documents,
    ),
    _Check(
        "boilerplate",
        lambda count: ngettext(
            "document most of which was taken for boilerplate",
            "documents most of which was taken for boilerplate",
            count,
        ),
        Message(
            "Labels, notices of rights and the like outweigh their text; look whether text is among them."
        ),
        _shares,
    ),
    _Check(
        "duplicates",
        lambda count: ngettext(
            "text that is there more than once",
            "texts that are there more than once",
            count,
        ),
        Message("The documents of a line have the same text."),
        _duplicates,
    ),
    _Check(
        "name_candidates",
        lambda count: ngettext(
            "group of names that may be one person’s",
            "groups of names that may each be one person’s",
            count,
        ),
        Message(
            "A line of aliases.txt makes them one: the preferred form, then the others, between semicolons."
        ),
        _names,
    ),
    _Check(
        "skipped",
        lambda count: ngettext(
            "file that was passed over",
            "files that were passed over",
            count,
        ),
        Message("They hold nothing that is read, or may not be."),
        _files,
    ),
)
"""The findings in the order of the page."""
