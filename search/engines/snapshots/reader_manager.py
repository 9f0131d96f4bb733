"""Reading while another process writes: one shared reader, replaced after a commit.

Compare Lucene's ReaderManager. One thread at a time looks for a newer commit and opens it, which may take
long where the index is on another machine; the others go on with the reader that is held.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from search.engines.deadline import check_time, time_left
from search.engines.faults import is_fault
from search.errors import EngineError, IndexDamaged, SearchError

_log = logging.getLogger(__name__)

CHECK_EVERY = 0.25
"""Seconds for which a reader is used before a newer commit is looked for, where looking costs little."""

_TRIES = 20  # a commit or a swap may remove the files that a reader is about to open
_WAIT = 0.5  # seconds after which a thread that waits for another's look asks whether it has time left


class Closable(Protocol):
    """A reader: one commit, opened for reading."""

    def close(self) -> None:
        """Release what it holds."""


Answer = TypeVar("Answer")
Version = TypeVar("Version")
Reader = TypeVar("Reader", bound=Closable)


class ReaderManager(Generic[Version, Reader]):
    """Shares the reader of the newest commit; an older one is closed after its last use.

    `newest` names the newest commit (raising IndexMissing if there is none), `opened` opens one (raising
    FileNotFoundError if it is gone already), `damaged` makes an error of any other failure.
    """

    def __init__(
        self,
        newest: Callable[[], Version],
        opened: Callable[[Version], Reader],
        damaged: Callable[[BaseException], IndexDamaged],
        check_every: float = CHECK_EVERY,
    ) -> None:
        self._newest, self._opened, self._damaged = newest, opened, damaged
        self._check_every = check_every
        self._lock = threading.RLock()  # a scan that is dropped may release its reader at any moment
        self._held: _Held[Version, Reader] | None = None
        self._looking = threading.Lock()  # of the one that looks for a newer commit
        self._looked = 0.0  # when the last look began
        self._expired = self._renewed = 0  # calls of `expire`, and those before the last look
        self._thread = threading.local()

    @contextmanager
    def pinned(self) -> Iterator[None]:
        """A block in which all calls of this thread use one reader."""
        if self._pinned is not None:
            yield
            return
        with self._holding() as held:
            self._thread.held = held
            try:
                yield
            finally:
                self._thread.held = None

    def read(self, ask: Callable[[Reader], Answer]) -> Answer:
        """What `ask` finds with the reader of the newest commit.

        A newer commit is looked for at most every `check_every` seconds. A failure of `ask` is damage that
        only reading finds.
        """
        if (pinned := self._pinned) is not None:
            return self._asked(ask, pinned.reader)
        with self._holding() as held:
            return self._asked(ask, held.reader)

    @contextmanager
    def held(self) -> Iterator[Reader]:
        """A block with the reader that `read` uses, which may outlast that of `pinned` that it began in.

        It may end in another thread.
        """
        with self._holding() as held:
            try:
                yield held.reader
            except BaseException as error:
                self._raise_damage(error)
                raise

    def _asked(self, ask: Callable[[Reader], Answer], reader: Reader) -> Answer:
        try:
            return ask(reader)
        except BaseException as error:
            self._raise_damage(error)
            raise

    def _raise_damage(self, error: BaseException) -> None:
        if not isinstance(error, SearchError | GeneratorExit) and is_fault(error):
            raise self._damaged(error) from error

    @contextmanager
    def _holding(self) -> "Iterator[_Held[Version, Reader]]":
        held = self._taken()
        try:
            yield held
        finally:
            with self._lock:
                held.users -= 1
                held.close_if_done()

    def _taken(self) -> "_Held[Version, Reader]":
        """The reader to use, which stays open until it is given back."""
        while True:
            if self._pinned is None:
                self._look()
            with self._lock:
                if held := self._pinned or self._held:
                    held.users += 1
                    return held

    @property
    def _pinned(self) -> "_Held[Version, Reader] | None":
        return getattr(self._thread, "held", None)

    def expire(self) -> None:
        """Look for a newer commit before the next read."""
        with self._lock:
            self._expired += 1

    def close(self) -> None:
        """Close the reader after its last use."""
        with self._lock:
            self._retire()

    def _look(self) -> None:
        """See that the reader of the newest commit is held, as far as that is to be looked for now.

        Only a thread that cannot go on with the reader that is held waits for the look of another.
        """
        while self._must_look or time.monotonic() - self._looked > self._check_every:
            if self._looking.acquire(blocking=False):
                try:
                    self._renew()
                finally:
                    self._looking.release()
                return
            if not self._must_look:
                return
            if self._looking.acquire(timeout=min(_WAIT, time_left() or _WAIT)):
                self._looking.release()
            check_time()

    @property
    def _must_look(self) -> bool:
        """Whether no reader is held, or one that is known to be of an older commit."""
        return self._held is None or self._renewed < self._expired

    def _renew(self) -> None:
        expired, began = self._expired, time.monotonic()
        fresh = self._newer()
        with self._lock:
            if fresh:
                self._retire()
                self._held = fresh
            self._renewed, self._looked = expired, began

    def _newer(self) -> "_Held[Version, Reader] | None":
        """A reader of the newest commit, unless it is the one that is held."""
        for attempt in range(_TRIES):
            held, version = self._held, self._newest()
            if held and held.version == version:
                return None
            try:
                fresh = self._opened(version)
            except EngineError:
                raise
            except BaseException as error:
                if not is_fault(error):
                    raise
                is_gone = isinstance(error, FileNotFoundError) or self._newest() != version
                if attempt == _TRIES - 1 or not is_gone:
                    raise self._damaged(error) from error
                time.sleep(0.02)
            else:
                _log.debug("opened generation %s", version)
                return _Held(version, fresh)
        raise AssertionError("the last try returns or raises")

    def _retire(self) -> None:
        if self._held:
            self._held.retired = True
            self._held.close_if_done()
        self._held = None


class _Held(Generic[Version, Reader]):
    """A reader and its number of users (a reference count)."""

    def __init__(self, version: Version, reader: Reader) -> None:
        self.version, self.reader = version, reader
        self.users = 0
        self.retired = False

    def close_if_done(self) -> None:
        if self.retired and not self.users:
            self.reader.close()
