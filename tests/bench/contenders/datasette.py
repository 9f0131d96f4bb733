"""Datasette over the same database, served as its documentation recommends for speed.

The file is immutable and inspected, so that the table need not be counted; facets are not suggested.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.contenders.base import Contender
from tests.bench.contenders.sqlite import FILE, build, optimize
from tests.bench.processes import ROOT
from tests.bench.workload import Query


@dataclass(frozen=True)
class Datasette(Contender):
    """Only asked over HTTP; its index is that of FTS5."""

    in_process = False
    prepares = True
    setup = (
        "the database of FTS5, `--immutable` with `--inspect-file`, `suggest_facets off`, else defaults; the "
        "table's page with `_search`, `_facet=author`, `_facet=year`, ten rows without their text"
    )

    def missing(self) -> str:
        return "" if command().exists() else "it is not installed; make bench installs it"

    def index(self, documents: Path, folder: Path) -> None:
        build(documents, folder)

    def prepare(self, folder: Path) -> None:
        optimize(folder)
        inspected = [str(command()), "inspect", str(folder / FILE), "--inspect-file", _counts(folder)]
        subprocess.run(inspected, check=True, capture_output=True)

    def servers(self, folder: Path, port: int) -> Mapping[int, list[str]]:
        serve = [str(command()), "serve", "--immutable", str(folder / FILE), "--port", str(port)]
        options = ["--inspect-file", _counts(folder), "--setting", "suggest_facets", "off"]
        return {1: serve + options}

    def paths(self, query: Query) -> Mapping[str, str]:
        columns = [("_col", name) for name in ("id", "title", "date", "author", "summary")]
        asked = [("_search", query.fts5), ("_searchmode", "raw"), ("_facet", "author"), ("_facet", "year")]
        encoded = urlencode([*asked, *columns, ("_size", "10")])
        return {"JSON": f"/archive/documents.json?{encoded}", "page": f"/archive/documents?{encoded}"}


def command() -> Path:
    """The program: of BENCH_BIN, else of the environment that `make bench` makes."""
    return Path(os.environ.get("BENCH_BIN") or ROOT / ".venv-bench" / "bin", "datasette")


def _counts(folder: Path) -> str:
    return str(folder / "counts.json")
