"""A contender in a process of its own: `python -m tests.bench.worker index|prepare|ask|export …`.

`ask` reads a JSON object a line, either {"queries", "variant", "turn"} or {"queries", "totals"}, and
answers with a line: for each query the milliseconds that it took and those of processor time, or the
number of documents that it finds. `export` writes documents, and answers with what that cost.
"""

import json
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.bench.contenders import CONTENDERS, Session
from tests.bench.exporting import measured
from tests.bench.workload import Query


def main(task: str, name: str, *paths: str) -> None:
    contender = CONTENDERS[name]
    *documents, folder = map(Path, paths)
    if task == "index":
        contender.index(documents[0], folder)
    elif task == "prepare":
        contender.prepare(folder)
    elif task == "export":
        form, many = paths[0], int(paths[1])
        print(json.dumps(measured(lambda: contender.export(folder, form, many))))
    else:
        with closing(contender.open(folder)) as session:
            _answer(session)


def _answer(session: Session) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        queries = [Query(kind, tuple(words)) for kind, words in asked["queries"]]
        if asked.get("totals"):
            answer: Sequence[object] = [session.total(query) for query in queries]
        else:
            answer = [_timed(session, query, asked) for query in queries]
        print(json.dumps(answer), flush=True)


def _timed(session: Session, query: Query, asked: dict[str, object]) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    session.ask(query, asked["variant"], asked["turn"])  # type: ignore[arg-type]
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
