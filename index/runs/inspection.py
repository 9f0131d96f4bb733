"""What is a file, before it is read? Its content's hash and format, and what is stated beside it.

Everything that opens a file is done in a worker, this too: a file that breaks, hangs or fills what looks at
it is a failure of that file, and never ends a run. `Inspector` has inspections done, many in one message;
where one of them takes the worker along, the others are done again.
"""

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import msgspec

from index.extracted import ReadError
from index.formats import format_of, why_not_read
from index.sources.alias_file import read_aliases
from index.sources.files import SourceFile, why_not_opened
from index.sources.metadata_table import MetadataRow
from index.sources.sent import Sent
from index.sources.sidecar import Sidecar, Statements, read_table, sidecar_of
from index.workers.job import Job
from index.workers.limits import NO_MEMORY, WorkerLimits
from index.workers.pool import WorkerPool

_TOGETHER = 64  # inspections in one message
_BYTES_TOGETHER = 64 << 20
_SIGN_OF_LIFE = 64  # chunks hashed between two messages

A_co = TypeVar("A_co", covariant=True)


class Inspection(Protocol[A_co]):
    """Something to look at; `answer` is the type of what `inspect` returns, which it may be slow to do."""

    @property
    def answer(self) -> type[A_co]:
        """The type of the answer."""
        ...

    def size(self) -> int:
        """About how many bytes it reads."""
        ...

    def inspect(self) -> Generator[None, None, A_co]:
        """Look; yields from time to time where that takes long. Raises ReadError and OSError."""
        ...


class Inspected(msgspec.Struct, array_like=True, frozen=True):
    """What a file is. `why_not` says why it is not read; `lists` are paths that it says are its pages.

    `format` is the name of its format, `sha256` of its content; without a format it is not hashed.
    """

    sidecar: Sidecar = msgspec.field(default_factory=Sidecar)
    format: str = ""
    sha256: str = ""
    why_not: str = ""
    lists: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class FileInspection(Sent):
    """Looks at a file that may be a document, and at what `statements` there are about it."""

    file: SourceFile
    statements: Statements
    answer: type[Inspected] = Inspected

    def size(self) -> int:
        """The size of the file."""
        return self.file.size()

    def inspect(self) -> Generator[None, None, Inspected]:
        """Read the sidecar, recognise the format, hash the content."""
        sidecar = sidecar_of(self.file, self.statements)
        if sidecar.withheld_by:
            return Inspected(sidecar)
        if why := why_not_opened(self.file.path):  # it became a pipe since it was listed
            return Inspected(sidecar, why_not=why)
        chunks = self.file.chunks()
        try:
            beginning = next(chunks, b"")
        except OSError:
            if why := why_not_read(self.file):
                return Inspected(sidecar, why_not=why)
            raise
        form = format_of(self.file, beginning)
        if form is None:
            return Inspected(sidecar, why_not=why_not_read(self.file))
        lists = tuple(map(os.fsencode, form.lists(self.file))) if form.lists else ()
        digest = hashlib.sha256(beginning)
        for count, chunk in enumerate(chunks, 1):
            digest.update(chunk)
            if count % _SIGN_OF_LIFE == 0:
                yield
        return Inspected(sidecar, form.name, digest.hexdigest(), lists=lists)


@dataclass(frozen=True, slots=True)
class TableInspection:
    """Reads a `metadata.csv` in a SOURCE with the folder `top`."""

    path: Path
    top: Path
    answer: type[tuple[MetadataRow, ...]] = tuple[MetadataRow, ...]

    def size(self) -> int:
        """Nothing to speak of."""
        return 0

    def inspect(self) -> Generator[None, None, tuple[MetadataRow, ...]]:
        """The rows."""
        yield
        return read_table(self.path, self.top)


@dataclass(frozen=True, slots=True)
class AliasInspection:
    """Reads the `aliases.txt` of a SOURCE."""

    source: str
    answer: type[str] = str

    def size(self) -> int:
        """Nothing to speak of."""
        return 0

    def inspect(self) -> Generator[None, None, str]:
        """The text of its aliases."""
        yield
        return str(read_aliases(self.source))


class _Answer(msgspec.Struct, array_like=True, frozen=True):
    """One encoded answer, or the reason why there is none."""

    encoded: bytes = b""
    error: str = ""


class _Answers(msgspec.Struct, array_like=True, frozen=True):
    """The answers to several inspections; `given_up` is the reason if the worker did not live to tell."""

    answers: tuple[_Answer, ...] = ()
    given_up: str = ""
    last: bool = True


_Batch = tuple[Inspection[Any], ...]


def _inspect(batch: _Batch) -> Iterator[_Answers]:
    answers = []
    for inspection in batch:
        slow = inspection.inspect()
        try:
            while True:
                try:
                    next(slow)
                except StopIteration as end:
                    answers.append(_Answer(msgspec.msgpack.encode(end.value)))
                    break
                yield _Answers(last=False)
        except ReadError as error:
            answers.append(_Answer(error=str(error)))
        except OSError as error:
            answers.append(_Answer(error=f"It cannot be opened: {error.strerror or error}."))
        except MemoryError:
            answers.append(_Answer(error=NO_MEMORY))
        except Exception as error:
            answers.append(_Answer(error=f"It could not be understood ({type(error).__name__}: {error})."))
    yield _Answers(tuple(answers))


_JOB: Job[_Batch, _Answers] = Job(
    _inspect,
    lambda _, reason, __: _Answers(given_up=reason),
    _Answers,
    lambda batch: sum(inspection.size() for inspection in batch),
)

R = TypeVar("R")


class Inspector:
    """Has inspections done by `workers` processes, which see `readable` paths; with 0, in this process."""

    def __init__(
        self, workers: int = 0, limits: WorkerLimits | None = None, readable: Iterable[str] = ()
    ) -> None:
        self._workers, self.limits, self._readable = workers, limits or WorkerLimits(), tuple(readable)
        self._pool: WorkerPool[_Batch, _Answers] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._pool:
            self._pool.__exit__(*error)

    def inspect(
        self, inspections: Sequence[Inspection[R]], on_answer: Callable[[], None] = lambda: None
    ) -> list[R | ReadError]:
        """The answer to each inspection, or why there is none; `on_answer` is called for each."""
        answers: dict[int, _Answer] = {}
        again: list[int] = []
        batches = list(_batches([inspection.size() for inspection in inspections]))
        for batch, found in self._answers(inspections, batches):
            for number, answer in zip(batch, found.answers or [None] * len(batch), strict=True):
                if answer is None:
                    again.append(number)
                else:
                    answers[number] = answer
                on_answer()
        for [number], found in self._answers(inspections, [[number] for number in again]):
            answers[number] = found.answers[0] if found.answers else _Answer(error=found.given_up)
        return [_decoded(inspection, answers[number]) for number, inspection in enumerate(inspections)]

    def _answers(
        self, inspections: Sequence[Inspection[Any]], batches: Sequence[Sequence[int]]
    ) -> Iterator[tuple[Sequence[int], _Answers]]:
        """The answers to each batch of numbers of inspections."""
        tasks = [tuple(inspections[number] for number in batch) for batch in batches]
        if not self._workers:
            yield from ((batch, _last(_inspect(task))) for batch, task in zip(batches, tasks, strict=True))
        elif tasks:
            if self._pool is None:
                self._pool = WorkerPool(_JOB, self._workers, self.limits, self._readable)
            for batch, (_, [messages]) in zip(batches, self._pool.messages(tasks), strict=True):
                yield batch, _last(messages)


def _batches(sizes: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers of inspections to be done together, so many and so large."""
    batch: list[int] = []
    total = 0
    for number, size in enumerate(sizes):
        if batch and (len(batch) == _TOGETHER or total + size > _BYTES_TOGETHER):
            yield batch
            batch, total = [], 0
        batch.append(number)
        total += size
    if batch:
        yield batch


def _last(messages: Iterator[_Answers]) -> _Answers:
    *_, last = messages
    return last


def _decoded(inspection: Inspection[R], answer: _Answer) -> R | ReadError:
    if answer.error:
        return ReadError(answer.error)
    try:
        return msgspec.msgpack.decode(answer.encoded, type=inspection.answer)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return ReadError(f"It could not be understood ({error}).")
