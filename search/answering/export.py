"""What does a question find, all of it? Its documents one at a time, in the order of its pages."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import chain
from types import TracebackType
from typing import Self

from search.answer import UnderstoodQuery
from search.document import Document
from search.errors import EngineError
from search.request import Question
from search.results import IndexInfo


@dataclass(frozen=True, eq=False)
class Export:
    """The documents that a question finds, `total` of them, each once. It can be iterated once.

    All are of one commit, `index`, which is held until the last one was read, the export is closed, also by
    another thread, or is dropped. `query` says how the question was read. Iterating raises EngineError alone.
    """

    question: Question
    query: UnderstoodQuery
    total: int
    index: IndexInfo
    _scans: tuple[Generator[Document], ...] = field(repr=False)

    def __repr__(self) -> str:
        """What was asked, and how much was found."""
        return f"<Export of {self.question.text[:80]!r}: {self.total:,} documents>"

    def __iter__(self) -> Iterator[Document]:
        number = 0
        try:
            for number, document in enumerate(chain.from_iterable(self._scans), 1):  # noqa: B007 - counted
                yield document
        finally:
            self.close()
        if number != self.total:  # never taken for the whole
            raise EngineError(
                f"The export ended after {number:,} of {self.total:,} documents; begin it anew."
            )

    def close(self) -> None:
        """Release the commit; documents that were not read are lost. To close it again is no error."""
        for scan in self._scans:
            scan.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
