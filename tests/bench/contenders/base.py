"""What a contender is: how it indexes, how it is asked, how it serves."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol, get_args

from tests.bench.processes import size_of
from tests.bench.workload import Query

Variant = Literal["top10", "facets", "full"]
"""The ten best hits alone; with counts by author and year; with passages, too."""
VARIANTS: tuple[Variant, ...] = get_args(Variant)


class Session(Protocol):
    """An index opened for questions, in a process of its own."""

    def ask(self, query: Query, variant: Variant, turn: int) -> None:
        """Answer completely. `turn` numbers repetitions: no answer of an earlier one may be used."""

    def total(self, query: Query) -> int:
        """How many documents the query finds; not timed."""

    def close(self) -> None:
        """Release what is open."""


@dataclass(frozen=True)
class Contender:
    """One way to search, by a short name and by the label that reports give it.

    `limit`: not measured on more documents than this, because it would take hours. `setup` says how it
    is set up; `prepares`, that it has work to do between indexing and asking; without `in_process`, it
    is measured over HTTP alone, without `indexes`, on the index of another. `variants` are the searches that
    it makes, in process. Only of `ours` updates and kinds of queries are measured. `exports` are the formats
    in which it writes all documents.
    """

    name: str
    label: str
    limit: int | None = None
    setup = ""
    in_process = True
    indexes = True
    prepares = False
    ours = False
    variants: ClassVar[tuple[Variant, ...]] = VARIANTS
    exports: ClassVar[tuple[str, ...]] = ()

    def takes(self, documents: int) -> bool:
        """Whether it is measured on so many documents."""
        return self.limit is None or documents <= self.limit

    def missing(self) -> str:
        """Why it cannot be measured here; empty if it can."""
        return ""

    def index_command(self, documents: Path, folder: Path) -> list[str]:
        """The command that indexes a file of documents into a folder; by default `index` in a worker."""
        return [sys.executable, "-m", "tests.bench.worker", "index", self.name, str(documents), str(folder)]

    def index(self, documents: Path, folder: Path) -> None:
        """Index a file of documents into an empty folder."""
        raise NotImplementedError

    def clear(self, folder: Path) -> None:
        """Remove the index of a folder, if there is one, and the folder."""
        shutil.rmtree(folder, ignore_errors=True)

    def copy(self, folder: Path, copy: Path) -> None:
        """Copy the index of a folder to another, which is not there."""
        shutil.copytree(folder, copy)

    def size(self, folder: Path) -> int:
        """The bytes of the index of a folder."""
        return size_of(folder)

    def prepare(self, folder: Path) -> None:
        """Whatever its makers recommend between indexing and asking; not counted as indexing."""

    def open(self, folder: Path) -> Session:
        """Open the index of a folder."""
        raise NotImplementedError

    def export(self, folder: Path, form: str, documents: int) -> Iterator[bytes]:
        """Write the first documents by date, the latest first, in one of the formats of `exports`."""
        raise NotImplementedError

    @property
    def serves(self) -> bool:
        """Whether it can be asked over HTTP."""
        return bool(self.servers(Path(), 0))

    def servers(self, folder: Path, port: int) -> Mapping[int, list[str]]:  # noqa: ARG002
        """The commands that serve the folder's index over HTTP, by number of processes."""
        return {}

    def paths(self, query: Query) -> Mapping[str, str]:  # noqa: ARG002
        """The addresses, without host, of a search with facets, by what is sent: JSON, page."""
        return {}

    def document_path(self, doc_id: str, query: Query) -> str:  # noqa: ARG002
        """The address of a document's page with a query marked in it; empty if there is none."""
        return ""
