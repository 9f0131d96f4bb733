"""Does a server stay as it is over many requests and commits? `python -m tests.long_run`.

Distinct requests of every kind go to a server, while commits are made to its index; how many of both, may be
given as arguments. No answer may be wrong, each total must be that of a commit of the moment, and memory and
open files must reach a level. A part of `make soak`.
"""

import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.schema import Schema
from tests.archive import document, fill
from tests.pseudo_archive import documents, invented

DOCUMENTS, CLIENTS = 3_000, 4
_TO_LEVEL = 0.5  # of all requests, before which caches fill
_GROWTH = 1.1  # of memory after it
_FILES = 20  # more open files than before, for commits that are held while others are opened


@dataclass
class Run:
    """What was seen: faults, and the server's memory in MB and open files after parts of the requests."""

    faults: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    commits: int = 0

    def look(self, pid: int) -> None:
        """Note memory and open files."""
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        self.memory += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
        self.files.append(len(list(Path(f"/proc/{pid}/fd").iterdir())))


def paths(words: Sequence[str]) -> Iterator[str]:
    """Distinct requests of every kind, without end."""
    number = 0
    while True:
        one, other = words[number % len(words)], words[number * 7 % len(words)]
        query = quote(f"{one} {other} {number}")
        yield f"/api/v1/search?q={query}&facet=author&facet=date"
        yield f"/search?q={query}"
        yield f"/api/v1/search?q={quote(one)}*&page={1 + number % 3}&per_page={1 + number % 50}"
        yield f"/documents/c0?q={query}"
        yield f"/api/v1/facets/author?q={query}&order=value"
        yield f"/api/v1/suggest?q={quote(one[:3])}{number % 10}"
        yield f"/api/v1/export?format=csv&q={query}"
        yield "/api/v1/search?q=settled&facet=author"
        number += 1


def ask(run: Run, address: tuple[str, int], asked: Sequence[str]) -> None:
    """Make requests on one connection, and note what is wrong with the answers."""
    client = http.client.HTTPConnection(*address, timeout=60)
    for path in asked:
        before = run.commits
        client.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = client.getresponse()
        body = answer.read()
        if answer.status not in {200, 302}:
            run.faults.append(f"{answer.status} {path}: {body[:200]!r}")
        elif path.startswith("/api/v1/search?q=settled"):
            total = json.loads(body)["total"]
            if not before - 2 <= total - 1 <= run.commits + 1:  # a server sees a commit within a second
                run.faults.append(f"{total} documents after {before} to {run.commits} commits")
    client.close()


def commit(run: Run, engine: Engine, number: int, seconds: float) -> None:
    """Make commits, a document in each, spread over a time."""
    for n in range(1, number + 1):
        with engine.writer() as writer:
            writer.put(analyze(document(f"c{n}", f"settled commit{n}"), engine.schema))
        run.commits = n
        time.sleep(seconds / number)


def main(arguments: Sequence[str]) -> int:
    """Run it; 1 if something was wrong."""
    requests, commits = int(arguments[0]) if arguments else 4_000, int(arguments[1]) if arguments[1:] else 30
    words = sorted({word for item in invented(300) for word in item.body.lower().split()})
    run = Run()
    with tempfile.TemporaryDirectory() as folder:
        url = f"tantivy:{folder}/index"
        engine = open_engine(url, Schema(), create=True)
        fill(engine, [*documents(DOCUMENTS), document("c0", "settled")])
        command = [sys.executable, "-m", "webui", "--index", url, "--port", "0"]
        with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            parts = urlsplit(server.stdout.readline().split()[4])
            address = str(parts.hostname), parts.port or 80
            every, started = paths(words), time.monotonic()
            writing: threading.Thread | None = None
            for step in range(10):
                batches = [[next(every) for _ in range(requests // 10 // CLIENTS)] for _ in range(CLIENTS)]
                asking = [threading.Thread(target=ask, args=(run, address, batch)) for batch in batches]
                for thread in asking:
                    thread.start()
                for thread in asking:
                    thread.join()
                run.look(server.pid)
                seconds = time.monotonic() - started
                print(
                    f"{step + 1}0 %: {run.memory[-1]:.0f} MB, {run.files[-1]} files, {seconds:.0f} s",
                    flush=True,
                )
                if writing is None:
                    writing = threading.Thread(target=commit, args=(run, engine, commits, seconds * 8))
                    writing.start()
            server.terminate()
            if writing:
                writing.join()
        engine.close()
    level = int(len(run.memory) * _TO_LEVEL)
    if run.memory[-1] > run.memory[level] * _GROWTH:
        run.faults.append(f"memory grew from {run.memory[level]:.0f} to {run.memory[-1]:.0f} MB")
    if run.files[-1] > run.files[0] + _FILES:
        run.faults.append(f"open files grew from {run.files[0]} to {run.files[-1]}")
    print("\n".join(run.faults[:20]) or f"All is well: {requests} requests, {run.commits} commits.")
    return int(bool(run.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
