"""How long does indexing take, how much memory, how large is the index?"""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.collection import count
from tests.bench.contenders import Contender
from tests.bench.measures import Figures, medians
from tests.bench.processes import CommandFailedError, run


def index(contenders: Sequence[Contender], documents: Path, folder: Path, rounds: int) -> Figures:
    """The median figures of each contender over the rounds, which go through all of them in turn.

    The index of the last round is left in `folder`/<name>, prepared for questions.
    """
    seen: dict[str, list[dict[str, float | None]]] = {contender.name: [] for contender in contenders}
    failed: dict[str, str] = {}
    for _ in range(rounds):
        for contender in contenders:
            if contender.name not in failed:
                try:
                    seen[contender.name].append(_once(contender, documents, folder / contender.name))
                except CommandFailedError as error:
                    failed[contender.name] = str(error)
    many = count(documents)
    return {
        name: {"missing": failed[name]} if name in failed else _rated(medians(figures), many)
        for name, figures in seen.items()
    }


def _rated(figures: Figures, documents: int) -> Figures:
    return figures | {"documents": documents, "rate": documents / figures["seconds"]}


def prepared(contender: Contender, documents: Path, folder: Path) -> bool:
    """See that the contender's index is there, by indexing if it is not; False if that fails."""
    if not contender.indexes or (folder / contender.name / "prepared").exists():
        return True
    try:
        _once(contender, documents, folder / contender.name)
    except CommandFailedError:
        return False
    return True


def _once(contender: Contender, documents: Path, folder: Path) -> dict[str, float | None]:
    contender.clear(folder)
    folder.mkdir(parents=True)
    usage = run(contender.index_command(documents, folder))
    raw = contender.size(folder)
    if contender.prepares:
        run([sys.executable, "-m", "tests.bench.worker", "prepare", contender.name, str(folder)])
    size = min(raw, contender.size(folder))
    (folder / "prepared").touch()
    return {**asdict(usage), "bytes": size}
