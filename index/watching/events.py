"""What happens to a watcher. Whoever listens is told each event: the log, the metrics, a service manager."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.runs.report import IndexReport
from search.commit_data.health_report import SourceProblem


@dataclass(frozen=True, slots=True)
class Looked:
    """The sources were looked at; `present` says of each whether it is there and not refused."""

    present: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class SourceAway:
    """A source that was there, or is to be there, is not; `why` is a clause."""

    source: str
    why: str

    def __str__(self) -> str:
        return f"The source {self.source!r} is away ({self.why}); its documents stay in the index."


@dataclass(frozen=True, slots=True)
class SourceRefused:
    """A run would remove most of a source; `why` is the sentence of the error."""

    source: str
    why: str

    def __str__(self) -> str:
        return f"{self.why} Until then, the source {self.source!r} is left out."


@dataclass(frozen=True, slots=True)
class SourceBack:
    """A source that was away or refused is indexed again."""

    source: str

    def __str__(self) -> str:
        return f"The source {self.source!r} is back."


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """The settings were read anew; `trouble` says what of them cannot be used, or only after a restart."""

    file: str
    trouble: str = ""

    def __str__(self) -> str:
        return self.trouble or f"The settings {self.file} have changed, and hold from now on."


@dataclass(frozen=True, slots=True)
class RunDone:
    """A run has ended; `new_failures` are those that the run before did not have."""

    report: IndexReport
    new_failures: tuple[SourceProblem, ...]


@dataclass(frozen=True, slots=True)
class RunFailed:
    """A run failed, and nothing was changed. It `is_new` unless the one before failed for the same reason."""

    error: Exception
    is_new: bool

    def __str__(self) -> str:
        return f"{self.error} It is tried again until it succeeds."


@dataclass(frozen=True, slots=True)
class Recovered:
    """A run succeeded after `failures` that failed."""

    failures: int

    def __str__(self) -> str:
        tries = "once" if self.failures == 1 else f"{self.failures:,} times"
        return f"The index is up to date again, after runs that failed {tries}."


Event = Looked | SourceAway | SourceRefused | SourceBack | SettingsRead | RunDone | RunFailed | Recovered
Listener = Callable[[Event], None]
