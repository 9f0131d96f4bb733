"""What an engine library's errors mean: a disk that refuses, or files that are damaged."""

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
    """A library could not read its files, or failed for no reason of the system; its error is the cause."""


@contextmanager
def library() -> Iterator[None]:
    """A block that calls a library: its errors become OSError where the disk refuses, else Unreadable."""
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
    """The OSError that a library written in Rust reports within a message; None if there is none."""
    found = _OS_ERROR.search(str(error))
    if not found or isinstance(error, KeyboardInterrupt):
        return None
    number = int(found[1])
    return OSError(number, os.strerror(number))


def is_fault(error: BaseException) -> bool:
    """Whether an error is a failure, and no request to stop. A panic in Rust is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def refusal(error: OSError) -> str:
    """A clause for messages: why the disk refused, and what to do about it."""
    why = error.strerror or str(error)
    return f"({why}); nothing was changed: {_CURES.get(error.errno or 0, 'check its disk')} and try again."
