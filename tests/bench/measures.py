"""What is a result? Percentiles, medians, and one file a part, whose contenders are all of one run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

Figures = dict[str, Any]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def latency(passes: Sequence[Sequence[float]]) -> Figures:
    """p50, p95 and p99 of the medians that each query has over the passes; milliseconds."""
    return spread_of([median(query) for query in zip(*passes, strict=True)])


def spread_of(values: Sequence[float]) -> Figures:
    """p50, p95 and p99 of the values."""
    return {f"p{share}": percentile(values, share / 100) for share in (50, 95, 99)}


def medians(rounds: Sequence[Mapping[str, float | None]]) -> Figures:
    """The median of each figure over the rounds; None where one was not measured."""

    def middle(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return median(known) if len(known) == len(values) else None

    return {name: middle([one[name] for one in rounds]) for name in rounds[0]}


@dataclass(frozen=True)
class Results:
    """The last results of each part and size, in a folder."""

    folder: Path

    def write(self, part: str, documents: int, figures: Figures) -> None:
        """Keep the figures of a part in place of those of an earlier run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{part}-{documents}.json"
        path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def read(self, part: str) -> dict[int, Figures]:
        """The figures of a part by number of documents, fewest first."""
        paths = {int(path.stem.rpartition("-")[2]): path for path in self.folder.glob(f"{part}-*.json")}
        return {size: json.loads(paths[size].read_text(encoding="utf-8")) for size in sorted(paths)}
