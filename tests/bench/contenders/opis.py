"""Opis on one of its engines: its own commands, and its `Searcher`."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from search.engines import open_engine
from search.errors import SearchError
from search.export import EXPORTS, ExportContext
from search.parameters.question import parse_parameters
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Site
from tests.bench.contenders.base import Contender, Variant
from tests.bench.processes import ENVIRONMENT, ROOT
from tests.bench.workload import Query

PROCESSES = 2


@dataclass(frozen=True)
class Opis(Contender):
    """`engine` is the first part of the index address."""

    engine: str = ""
    ours = True
    exports = tuple(EXPORTS)
    setup = (
        "its commands `opis-index` and `opis-serve`; in process, the `Searcher` behind both. "
        "Facets by author and date; passages from the whole text; answers are never repeated"
    )

    def missing(self) -> str:
        """Opens an empty index, as the only sure way to know."""
        with TemporaryDirectory() as folder:
            try:
                open_engine(self.url(Path(folder)), Schema(), create=True).close()
            except (SearchError, ImportError) as error:
                return str(error)
        return ""

    def url(self, folder: Path) -> str:
        """The address of the index in a folder."""
        return f"{self.engine}:{folder / 'index'}"

    def index_command(self, documents: Path, folder: Path) -> list[str]:
        return [sys.executable, "-m", "index", str(documents), "--index", self.url(folder)]

    def open(self, folder: Path) -> "OpisSession":
        return OpisSession(Searcher(open_engine(self.url(folder), Schema())))

    def export(self, folder: Path, form: str, documents: int) -> Iterator[bytes]:
        searcher = Searcher(open_engine(self.url(folder), Schema()))
        found = islice(searcher.export(Question(sort="-date")), documents)
        yield from EXPORTS[form].write(found, ExportContext.today(Site(), searcher.document))

    def servers(self, folder: Path, port: int) -> Mapping[int, list[str]]:
        command = [sys.executable, "-m", "webui", "--index", self.url(folder), "--port", str(port)]
        several = [*command, "--processes", str(PROCESSES)]
        return {1: command, PROCESSES: several} if _can_serve_with_several() else {1: command}

    def paths(self, query: Query) -> Mapping[str, str]:
        asked = urlencode({"q": query.text})
        return {"JSON": f"/api/v1/search?{asked}", "page": f"/search?{asked}"}

    def document_path(self, doc_id: str, query: Query) -> str:
        return f"/documents/{quote(doc_id, safe='')}?{urlencode({'q': query.text})}"


@dataclass(frozen=True)
class OpisSession:
    """A searcher, as the web server and the command line have one."""

    searcher: Searcher

    def ask(self, query: Query, variant: Variant, turn: int) -> None:
        self.searcher.search(
            Question(
                query.text,
                facets=() if variant == "top10" else ("author", "date"),
                facet_limit=10 + turn,  # another question each time, so that no kept answer will do
                highlight=variant == "full",
            )
        )

    def total(self, query: Query) -> int:
        pairs = [("q", query.text), ("match", "all")]
        return self.searcher.search(parse_parameters(pairs, self.searcher.engine.schema)).total

    def close(self) -> None:
        self.searcher.engine.close()


@cache
def _can_serve_with_several() -> bool:
    said = subprocess.run(
        [sys.executable, "-m", "webui", "--help"], env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=False
    )
    return re.search(rb"--processes\b", said.stdout) is not None
