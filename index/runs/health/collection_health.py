"""Which documents and names of the whole index need attention? Fills a HealthReport."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from index.runs.health.duplicates import duplicates
from index.runs.health.same_person import name_candidates
from index.runs.manifest.entries import DocumentEntry, SourceFailure
from index.runs.manifest.findings import Attention
from index.runs.manifest.manifest import Manifest
from search.commit_data.health_report import LISTED, HealthReport, MostlyBoilerplate, SourceProblem


def collection_health(
    manifest: Manifest, failed: Iterable[SourceFailure], skipped: Iterable[SourceProblem]
) -> HealthReport:
    """The health report of an index with this manifest, and of the files that are not in it."""
    found = manifest.counts()
    names = name_candidates(manifest.authors())
    groups = duplicate_groups(manifest)
    first = tuple(islice(groups, LISTED))

    def ids(kind: Attention) -> tuple[str, ...]:
        return tuple(entry.id for entry in manifest.needing(kind, LISTED))

    report = HealthReport(
        undated=ids(Attention.UNDATED),
        date_not_understood=ids(Attention.DATE_NOT_UNDERSTOOD),
        no_author=ids(Attention.NO_AUTHOR),
        no_title=ids(Attention.NO_TITLE),
        no_text=ids(Attention.NO_TEXT),
        duplicates=first,
        encodings_guessed=_ranked(found.encodings),
        languages=_ranked(found.languages),
        boilerplate=tuple(map(boilerplate_share, manifest.needing(Attention.BOILERPLATE, LISTED))),
        name_candidates=names[:LISTED],
        counts={
            **{str(kind.name).lower(): found.attention[kind] for kind in Attention},
            "duplicates": len(first) + sum(1 for _ in groups),
            "name_candidates": len(names),
        },
    )
    return with_problems(report, failed, skipped)


def with_problems(
    report: HealthReport, failed: Iterable[SourceFailure], skipped: Iterable[SourceProblem]
) -> HealthReport:
    """The report with these failures and skipped files in place of those it has."""
    problems = list(failed)
    return replace(
        report,
        failed=_problems(failure for failure in problems if failure.failed),
        remarks=_problems(failure for failure in problems if failure.remark),
        skipped=(*skipped, *_problems(failure for failure in problems if failure.skipped)),
    )


def duplicate_groups(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    """Groups of the ids of documents that are the same."""
    return (group for alike in manifest.alike() for group in duplicates(alike))


def boilerplate_share(entry: DocumentEntry) -> MostlyBoilerplate:
    """How much of a document was taken for boilerplate."""
    return MostlyBoilerplate(entry.id, entry.boilerplate, round(entry.boilerplate / entry.characters, 3))


def _ranked(counts: Counter[str]) -> dict[str, int]:
    """Languages or encodings with their numbers of documents, the most frequent first; none that is empty."""
    return dict(sorted(((n, c) for n, c in counts.items() if n), key=lambda item: (-item[1], item[0])))


def _problems(failures: Iterable[SourceFailure]) -> tuple[SourceProblem, ...]:
    return tuple(SourceProblem(failure.source, failure.reason) for failure in failures)
