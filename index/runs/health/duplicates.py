"""Which documents are there more than once? Those of the same text, unless title, date or people contradict.

A short text, such as a stamp or a notice that stands for a page, is in many documents: it makes two of them
one only if both state the same title. Form letters to different people, or of different days, are not one.
"""

from collections.abc import Iterable, Iterator

from index.runs.manifest.entries import DocumentEntry
from index.runs.manifest.findings import SHORT


def duplicates(alike: Iterable[DocumentEntry]) -> Iterator[tuple[str, ...]]:
    """Groups of the ids of documents that are the same, among those of one `likeness`."""
    groups: list[list[DocumentEntry]] = []
    for entry in alike:
        for group in groups:
            if all(_same(entry, other) for other in group):
                group.append(entry)
                break
        else:
            groups.append([entry])
    yield from (tuple(entry.id for entry in group) for group in groups if len(group) > 1)


def _same(one: DocumentEntry, other: DocumentEntry) -> bool:
    """Whether two documents of the same text are one."""
    titled = one.title and one.title == other.title
    if not titled and (one.length < SHORT or (one.title and other.title)):
        return False
    return not (
        _apart(one, other) or _differ(one.authors, other.authors) or _differ(one.recipients, other.recipients)
    )


def _apart(one: DocumentEntry, other: DocumentEntry) -> bool:
    """Whether the dates of two documents have no day in common."""
    return any(
        first.latest is not None and second.earliest is not None and first.latest < second.earliest
        for first, second in ((one, other), (other, one))
    )


def _differ(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether both name people, and nobody in common."""
    return bool(names and others) and set(names).isdisjoint(others)
