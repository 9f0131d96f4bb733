"""What the commands share: how they report errors, and with which exit codes."""

import os
import sys
from collections.abc import Callable
from functools import wraps

import click

from search.errors import EngineError, SearchError

USAGE_ERROR, INDEX_ERROR = 2, 3
"""Exit codes of a command that a SearchError ends: INDEX_ERROR for an EngineError, else USAGE_ERROR."""


def reporting_errors(command: Callable[..., None]) -> Callable[..., None]:
    """End a command on a SearchError: its message in one line on stderr, then the exit code above."""

    @wraps(command)
    def run(*args: object, **options: object) -> None:
        _silence_libraries()
        try:
            command(*args, **options)
        except SearchError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(INDEX_ERROR if isinstance(error, EngineError) else USAGE_ERROR)

    return run


def _silence_libraries() -> None:
    """Discard what native libraries write to file descriptor 2, such as the traces of Rust's panics.

    Python's `sys.stderr` goes on writing to where the descriptor led. RUST_BACKTRACE=1 leaves all as it is.
    """
    try:
        is_descriptor_2 = sys.stderr.fileno() == 2
    except (AttributeError, OSError, ValueError):  # replaced by a test, or closed
        return
    if is_descriptor_2 and not os.environ.get("RUST_BACKTRACE"):
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding=sys.stderr.encoding, errors="replace")
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.close(null)
