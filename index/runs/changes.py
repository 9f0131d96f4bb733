"""What did a run change? Counts of documents, old ids of moved files, and the manifest after the run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from index.runs.health.collection_health import collection_health
from index.runs.manifest import DocumentEntry, FileEntry, Manifest, SourceFailure
from index.runs.plan import Plan
from search.commit_data.aliases import ALIASES_KEY
from search.commit_data.health_report import HEALTH_KEY, HealthReport, SourceProblem


@dataclass(frozen=True, slots=True)
class Counts:
    """Documents of this run's sources, by what happened to them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Changes:
    """The outcome of a run; `manifest` is the one after it, `moved` maps old ids to new ids."""

    manifest: Manifest
    failed: tuple[SourceFailure, ...]
    skipped: tuple[SourceProblem, ...]
    counts: Counts
    moved: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def health(self) -> HealthReport:
        """The health report of the index after the run."""
        return collection_health(self.manifest.documents(), self.failed, self.skipped)

    @property
    def commit_data(self) -> dict[str, bytes]:
        """What readers of the index find stored with it."""
        return {HEALTH_KEY: self.health.to_bytes(), ALIASES_KEY: self.manifest.all_aliases()}


def no_changes(manifest: Manifest, plan: Plan) -> Changes:
    """The outcome where nothing is to be read or removed."""
    return Changes(manifest, plan.failed, plan.skipped, Counts(unchanged=plan.kept))


def count_changes(
    before: Mapping[str, DocumentEntry], after: Iterable[DocumentEntry], *, kept: int
) -> Counts:
    """Compare documents (by id) before a run with those after it; `kept` others stay as they were."""
    now = {entry.id: entry.key for entry in after}
    added = len(now.keys() - before.keys())
    changed = sum(before[doc_id].key != key for doc_id, key in now.items() if doc_id in before)
    return Counts(
        added=added,
        changed=changed,
        unchanged=kept + len(now) - added - changed,
        removed=len(before.keys() - now.keys()),
    )


def moved_ids(vanished: Iterable[FileEntry], arrived: Iterable[FileEntry]) -> dict[str, str]:
    """Old id -> new id of documents whose file has another name now, and the same content."""
    by_key = {file.key: file for file in arrived}
    return {
        old.id: new.id
        for before in vanished
        if (file := by_key.get(before.key))
        for old, new in zip(before.documents, file.documents, strict=False)
        if old.number == new.number and old.id != new.id
    }
