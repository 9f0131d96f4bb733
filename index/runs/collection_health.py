"""Which documents and names of the whole index need attention? Fills a HealthReport."""

from collections import Counter
from collections.abc import Iterable, Iterator

from index.metadata.names import surname_key
from index.runs.manifest import DocumentEntry, SourceFailure
from search.health_report import HealthReport, MostlyBoilerplate, SourceProblem


def collection_health(
    entries: Iterable[DocumentEntry], failed: Iterable[SourceFailure], skipped: Iterable[SourceProblem]
) -> HealthReport:
    """The health report of an index with these documents, and of the files that are not in it."""
    documents, problems = list(entries), list(failed)
    return HealthReport(
        failed=_problems(failure for failure in problems if failure.failed),
        remarks=_problems(failure for failure in problems if failure.remark),
        skipped=(*skipped, *_problems(failure for failure in problems if failure.skipped)),
        undated=tuple(entry.id for entry in documents if entry.undated),
        date_not_understood=tuple(entry.id for entry in documents if entry.date_not_understood),
        no_author=tuple(entry.id for entry in documents if not entry.authors),
        no_title=tuple(entry.id for entry in documents if entry.untitled),
        no_text=tuple(entry.id for entry in documents if not entry.text),
        duplicates=_groups((entry.text, entry.id) for entry in documents if entry.text),
        encodings_guessed=dict(Counter(entry.encoding for entry in documents if entry.encoding)),
        boilerplate=tuple(_boilerplate(documents)),
        name_candidates=name_candidates({name for entry in documents for name in entry.authors}),
    )


def _boilerplate(entries: Iterable[DocumentEntry]) -> Iterator[MostlyBoilerplate]:
    for entry in entries:
        if 2 * entry.boilerplate > entry.characters:
            yield MostlyBoilerplate(
                entry.id, entry.boilerplate, round(entry.boilerplate / entry.characters, 3)
            )


def _problems(failures: Iterable[SourceFailure]) -> tuple[SourceProblem, ...]:
    return tuple(SourceProblem(failure.source, failure.reason) for failure in failures)


def _groups(pairs: Iterable[tuple[object, str]]) -> tuple[tuple[str, ...], ...]:
    groups: dict[object, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def name_candidates(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Names that may be one person: of one surname, their initials not speaking against it."""
    found: list[tuple[str, ...]] = []
    for group in _groups((surname_key(name), name) for name in sorted(names) if surname_key(name)):
        initials = {name: _initial(name) for name in group}
        letters = sorted(set(initials.values()) - {""})
        if len(letters) <= 1:
            found.append(group)
        else:
            found += _groups((initials[name], name) for name in group if initials[name])
    return tuple(found)


def _initial(name: str) -> str:
    """The first letter of the given name, if one is written."""
    family, comma, given = name.partition(",")
    words = given.split() if comma else family.split()[:-1]
    return words[0][:1].casefold() if words else ""
