"""How long until nothing was found to do, and until new documents are seen by a running server?"""

import gzip
import json
import subprocess
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.collection import Record, records
from tests.bench.contenders import Contender
from tests.bench.load import Client
from tests.bench.measures import Figures, medians
from tests.bench.processes import ENVIRONMENT, ROOT, CommandFailedError, run
from tests.bench.serving import serving

_ADDED = 10
_WORD = "quixotrix{}"  # in no document but the new ones of one round
_PATIENCE = 120.0


def update(contenders: Sequence[Contender], documents: Path, folder: Path, rounds: int) -> Figures:
    """Seconds of a run over unchanged documents, and until ten new ones of their own file are found."""
    figures: Figures = {}
    for contender in contenders:
        copy = folder / f"{contender.name}-updated"
        contender.clear(copy)
        try:
            contender.copy(folder / contender.name, copy)
            again = [_once_again(contender, documents, copy) for _ in range(rounds)]
            with serving(contender, copy) as server:
                shown = [_added(contender, documents, copy, (server.port, i)) for i in range(rounds)]
            figures[contender.name] = medians(again) | medians(shown)
        except CommandFailedError as error:
            figures[contender.name] = {"missing": str(error)}
        contender.clear(copy)
    return figures


def _once_again(contender: Contender, documents: Path, folder: Path) -> dict[str, float | None]:
    return {"unchanged_seconds": run(contender.index_command(documents, folder)).seconds}


def _added(
    contender: Contender, documents: Path, folder: Path, at: tuple[int, int]
) -> dict[str, float | None]:
    port, number = at
    word = _WORD.format("abcdefghij"[number])
    new = folder / f"new-{number}.jsonl.gz"
    with gzip.open(new, "wt", encoding="utf-8") as file:
        for record in islice(records(documents), _ADDED):
            file.write(json.dumps(_renewed(record, word)) + "\n")
    address = "/api/v1/search?" + urlencode({"q": word, "match": "all", "highlight": "false"})
    client, started = Client(port), time.perf_counter()
    process = subprocess.Popen(
        contender.index_command(new, folder), env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    while _found(client, address) != _ADDED:
        if process.poll() not in (None, 0) or time.perf_counter() - started > _PATIENCE:
            raise CommandFailedError("new documents are not shown")
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    process.wait()
    client.close()
    return {"shown_seconds": seconds}


def _renewed(record: Record, word: str) -> Record:
    return {**record, "id": f"{record['id']}-{word}", "body": f"{word} {record['body']}"}


def _found(client: Client, address: str) -> int:
    status, body = client.get(address)
    return int(json.loads(body)["total"]) if status == 200 else 0
