"""What the commands share: how they write, report errors, stop, log, and with which exit codes they end."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import NoReturn

import click

import search
from search.errors import EngineError, OutputFailed, SearchError

SOME_FAILED = 1
"""Exit code of a command that did what was asked for, but not all of it; the output says what failed."""
USAGE_ERROR, INDEX_ERROR = 2, 3
"""Exit codes of a command that a SearchError ends: INDEX_ERROR for an EngineError, else USAGE_ERROR."""
INTERRUPTED, TERMINATED, CLOSED_PIPE = 130, 143, 141
"""Exit codes of a command that is stopped: by Ctrl-C, by SIGTERM or SIGHUP, by a closed pipe."""

LOG_FORMATS = ("text", "json", "off")
"""Those of `search.settings`, which takes too long to import for `--help`."""

_PACKAGES = ("index", "search", "webui")


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP has asked the command to stop, as Ctrl-C does."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """A block in which SIGTERM and SIGHUP raise Terminated; one that is ignored stays so, as under nohup."""

    def stop(*_: object) -> NoReturn:
        for signum in caught:
            signal.signal(signum, signal.SIG_IGN)  # while what was begun is undone
        raise Terminated

    signals = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {signum: signal.getsignal(signum) for signum in signals}
    caught = [signum for signum in signals if before[signum] != signal.SIG_IGN]
    for signum in caught:
        signal.signal(signum, stop)
    try:
        yield
    finally:
        for signum in caught:
            signal.signal(signum, before[signum])


class _StderrHandler(logging.Handler):
    """Writes records to whatever `sys.stderr` is at that time, which `reporting_errors` may replace."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


def index_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--index` and `--settings` to a command, which gets them as `url` and `file`."""
    index = click.option(
        "--index", "url", metavar="URL", help="The index, such as auto:var/index (the default)."
    )
    settings = click.option(
        "--settings", "file", metavar="FILE", help="The settings file, else opis.toml if there is one."
    )
    return index(settings(command))


def version_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--version` to a command: it prints the version, and which work is done by compiled modules."""
    return click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help="Print the version of Opis and which of its modules are compiled, and end.",
    )(command)


def _print_version(context: click.Context, _option: click.Parameter, is_on: bool) -> None:
    if is_on and not context.resilient_parsing:
        # Of no other use to most commands.
        from search.analysis import chunk_table  # noqa: PLC0415
        from search.engines.terms import distances  # noqa: PLC0415
        from search.highlighting import cuts, word_places  # noqa: PLC0415

        click.echo(f"Opis {search.__version__}")
        modules = {
            "analysis": chunk_table,
            "highlighting": word_places,
            "passages": cuts,
            "spelling": distances,
        }
        for work, module in modules.items():
            click.echo(f"{work}: {'compiled' if module.is_compiled() else 'in Python'}")
        context.exit()


def debug_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--debug` to a command: as long as it runs, our packages log what they do to stderr."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_log_to_stderr,
        help="Log to stderr what is done, and how long it takes.",
    )(command)


def _log_to_stderr(context: click.Context, _option: click.Parameter, is_on: bool) -> None:
    if not is_on:
        return
    handler = _StderrHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s.%(msecs)03d %(name)s: %(message)s", "%H:%M:%S"))
    for logger in map(logging.getLogger, _PACKAGES):
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        context.call_on_close(lambda logger=logger: logger.removeHandler(handler))
        context.call_on_close(lambda logger=logger: logger.setLevel(logging.NOTSET))


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
        except KeyboardInterrupt as stopped:
            click.echo("Stopped.", err=True)
            sys.exit(TERMINATED if isinstance(stopped, Terminated) else INTERRUPTED)
        except BrokenPipeError:  # whoever read the output, such as `head`, has enough of it
            _discard_output()
            sys.exit(CLOSED_PIPE)

    return run


def write(chunks: Iterable[bytes]) -> None:
    """Write chunks to standard output. Raises OutputFailed, or BrokenPipeError where nobody reads on."""
    for chunk in chunks:
        with _writing():
            sys.stdout.buffer.write(chunk)
    with _writing():
        sys.stdout.flush()


def say(text: str) -> None:
    """Print text and a newline. Raises as `write` does.

    Styles are left out where the output is no terminal, or one that has none (TERM=dumb, https://no-color.org).
    """
    is_plain = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    with _writing():
        click.echo(text, color=False if is_plain else None)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        _discard_output()
        raise OutputFailed(f"The output cannot be written: {error.strerror}.") from error


def _discard_output() -> None:
    """Let the interpreter drop at its end what is still to be written, instead of failing once more."""
    with suppress(AttributeError, OSError, ValueError):  # replaced by a test, or closed
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


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
