"""Do good files survive among bad ones? Mutated samples of each format, indexed beside good files.

`make soak` does it with 500 mutations of every format; ARGS="PDF Word" of some, ARGS="--seed 7" others.
Files that end a run, cost a good file or take long stay in the folder that is named.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.indexer import Indexer
from index.runs.report import IndexReport
from index.workers.limits import WorkerLimits
from search.engines.memory import MemoryEngine
from search.schema import Schema
from tests.index.formats.samples import SAMPLES
from tests.mutations import mutations

GOOD = 30
_SLOW = 1.0  # seconds for one small file


@dataclass(frozen=True)
class Soaked:
    """What came of one format: good files that are missing, and how long all took."""

    report: IndexReport
    missing: tuple[str, ...]
    seconds: float

    @property
    def oddities(self) -> list[str]:
        """Failures that no reader meant, and files that took long."""
        unmeant = ("could not be understood", "crashed", "longer than", "ended its reader", "more memory")
        failed = [f"{one.source}: {one.reason}" for one in self.report.failed]
        return [line for line in failed if any(word in line for word in unmeant)] + [
            f"{name}: {seconds} s" for name, seconds in self.report.slow.items() if seconds >= _SLOW
        ]


def soak(name: str, folder: Path, count: int, seed: str, schema: Schema) -> Soaked:
    """Index `count` mutations of a format beside good files. Raises whatever ends the run."""
    for number in range(GOOD):
        (folder / f"good{number:02}.txt").write_text(f"Good title {number}\n\nGood text number {number}.")
    for file, data in mutations(SAMPLES[name], count, f"{name} {seed}"):
        (folder / file).write_bytes(data)
    engine = MemoryEngine(schema)
    indexer = Indexer(engine, schema, workers=2, limits=WorkerLimits(seconds=20.0))
    started = time.monotonic()
    report = indexer.run([str(folder)])
    seconds = time.monotonic() - started
    ids = [f"good{number:02}" for number in range(GOOD)]
    found = engine.get_many(ids)
    missing = tuple(
        id_
        for number, (id_, document) in enumerate(zip(ids, found, strict=True))
        if document is None or document.body != f"Good text number {number}."
    )
    return Soaked(report, missing, seconds)


def main(arguments: Sequence[str]) -> int:
    """Soak the named formats, or all; 1 if a good file was lost or a failure was not meant."""
    seed = arguments[arguments.index("--seed") + 1] if "--seed" in arguments else "1"
    names = [name for name in arguments if name in SAMPLES] or list(SAMPLES)
    schema, bad = Schema(), 0
    for name in names:
        folder = Path(tempfile.mkdtemp(prefix=f"soak-{name.replace(' ', '-')}-"))
        soaked = soak(name, folder, 500, seed, schema)
        report = soaked.report
        print(
            f"{name:<14} {report.documents:4} documents, {len(report.failed):4} failed, "
            f"{len(report.skipped):4} skipped, {soaked.seconds:5.1f} s",
            flush=True,
        )
        oddities = [*(f"LOST {id_}" for id_ in soaked.missing), *soaked.oddities]
        bad += len(oddities)
        if oddities:
            print("\n".join([f"  in {folder}:", *(f"    {line}" for line in oddities)]), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
