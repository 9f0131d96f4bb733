"""Which documents and names of the whole index need attention? Fills a HealthReport."""

from collections import Counter
from collections.abc import Iterable, Iterator

from index.runs.health.duplicates import duplicates
from index.runs.health.same_person import name_candidates
from index.runs.manifest import DocumentEntry, SourceFailure
from search.commit_data.health_report import HealthReport, MostlyBoilerplate, SourceProblem


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
        duplicates=duplicates(documents),
        encodings_guessed=dict(Counter(entry.encoding for entry in documents if entry.encoding)),
        languages=dict(_languages(documents)),
        boilerplate=tuple(_boilerplate(documents)),
        name_candidates=name_candidates({name for entry in documents for name in entry.authors}),
    )


def _languages(entries: Iterable[DocumentEntry]) -> list[tuple[str, int]]:
    """The languages of texts with their numbers of documents, the most frequent first."""
    counts = Counter(entry.text_language for entry in entries if entry.text_language)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _boilerplate(entries: Iterable[DocumentEntry]) -> Iterator[MostlyBoilerplate]:
    for entry in entries:
        if 2 * entry.boilerplate > entry.characters:
            yield MostlyBoilerplate(
                entry.id, entry.boilerplate, round(entry.boilerplate / entry.characters, 3)
            )


def _problems(failures: Iterable[SourceFailure]) -> tuple[SourceProblem, ...]:
    return tuple(SourceProblem(failure.source, failure.reason) for failure in failures)
