"""What did a run change? Counts of documents, old ids of moved files, and the state of the collection."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.commit_data.health_report import HealthReport


@dataclass(frozen=True, slots=True)
class Counts:
    """Documents of this run's sources, by what happened to them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of a run: the health of the whole index after it; `moved` maps old ids to new ids."""

    health: HealthReport
    counts: Counts
    moved: Mapping[str, str] = field(default_factory=dict)
