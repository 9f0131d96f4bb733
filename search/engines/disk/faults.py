"""What a library raises, told apart: a disk that refuses, or files that are not what was written."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from search.errors import SearchError

_OS_ERROR = re.compile(r"\(os error (\d+)\)")
_CURES = {
    errno.ENOSPC: "make room on its disk",
    errno.EDQUOT: "make room in your quota",
    errno.EFBIG: "raise the limit on the size of files",
    errno.EACCES: "make it writable for you",
    errno.EPERM: "make it writable for you",
    errno.EROFS: "choose a place on a disk that can be written to",
    errno.EMFILE: "raise the limit on open files",
}


class Unreadable(Exception):
    """A library could not make sense of what is in its files; its own error is the cause."""


@contextmanager
def library() -> Iterator[None]:
    """A block in which a library is at work: raises OSError where the disk refuses, else Unreadable."""
    try:
        yield
    except (SearchError, OSError, Unreadable):
        raise
    except BaseException as error:
        if refusal := os_error(error):
            raise refusal from error
        if is_fault(error):
            raise Unreadable(str(error)) from error
        raise


def os_error(error: BaseException) -> OSError | None:
    """The system's refusal that a library written in Rust reports as a text."""
    found = _OS_ERROR.search(str(error))
    if not found or isinstance(error, KeyboardInterrupt):
        return None
    number = int(found[1])
    return OSError(number, os.strerror(number))


def is_fault(error: BaseException) -> bool:
    """Whether a library gave up, and nobody told it to stop. A panic in Rust is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def refusal(error: OSError) -> str:
    """Why the disk refused, and what to do about it."""
    why = error.strerror or str(error)
    return (
        f"({why}); nothing was changed: {_CURES.get(error.errno or 0, 'look after its disk')} and try again."
    )
