"""How long does it take to write all documents of a search into a file, and does memory stay flat?"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.contenders import Contender
from tests.bench.measures import Figures, medians
from tests.bench.processes import ENVIRONMENT, ROOT, private_bytes

PARTS = {"tenth": 0.1, "all": 1.0}
"""The shares of the documents that are written: memory is compared, time is that of all."""
_EVERY = 10  # blocks between two looks at memory


def export(contenders: Sequence[Contender], documents: int, folder: Path, rounds: int) -> Figures:
    """For each contender and format the seconds, the bytes, and how much memory grew for each of PARTS."""
    figures: Figures = {}
    for contender in contenders:
        try:
            figures[contender.name] = {
                form: medians([_once(contender, form, documents, folder) for _ in range(rounds)])
                for form in contender.exports
            }
        except subprocess.CalledProcessError as error:
            figures[contender.name] = {"missing": " ".join(error.stderr.split()[-60:])}
    return figures


def _once(contender: Contender, form: str, documents: int, folder: Path) -> dict[str, float | None]:
    worker = [sys.executable, "-m", "tests.bench.worker", "export", contender.name, form]
    runs = {}
    for part, share in PARTS.items():
        command = [*worker, str(int(documents * share)), str(folder / contender.name)]
        said = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=True)
        runs[part] = json.loads(said.stdout)
    cost: dict[str, float | None] = runs["all"]
    return cost | {f"growth_{part}": run["growth"] for part, run in runs.items()}


def measured(write: Callable[[], Iterator[bytes]]) -> dict[str, float | None]:
    """What writing costs in this process: seconds, processor seconds, bytes, growth of private memory."""
    before = peak = private_bytes()
    started, worked, size = time.perf_counter(), time.process_time(), 0
    for number, block in enumerate(write()):
        size += len(block)
        if before is not None and number % _EVERY == 0:
            peak = max(peak or 0, private_bytes() or 0)
    return {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": time.process_time() - worked,
        "bytes": size,
        "growth": None if before is None or peak is None else peak - before,
    }
