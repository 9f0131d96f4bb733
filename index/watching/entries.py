"""The lines of a watcher in the log: each run, and each file that failed for the first time."""

from dataclasses import dataclass

from index.runs.report import IndexReport
from search.commit_data.health_report import SourceProblem
from search.log.lines import Format, LogEntry, Value, event_line

MOST_FAILURES = 50
"""The files of one run that have lines; how many more failed is a message."""


@dataclass(frozen=True, slots=True)
class RunEntry(LogEntry):
    """A run that has ended, at `time` in POSIX seconds."""

    time: float
    report: IndexReport

    def __str__(self) -> str:
        """A line for a person."""
        report = self.report
        counts = (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.removed, "removed"),
            (len(report.failed), "failed"),
        )
        nothing = "the index was made anew" if report.rebuilt else "nothing new"
        done = ", ".join(f"{count:,} {word}" for count, word in counts if count) or nothing
        holds = "1 document" if report.documents == 1 else f"{report.documents:,} documents"
        return f"{done}; the archive holds {holds} ({report.seconds:.1f} s)."

    def line(self, form: Format, *, with_query: bool = False) -> bytes:  # noqa: ARG002 - it has none
        report = self.report
        values: dict[str, Value] = {
            "added": report.added,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "failed": len(report.failed),
            "skipped": len(report.skipped),
            "documents": report.documents,
            "seconds": report.seconds,
            "generation": report.generation,
        }
        return event_line(self.time, "run", {}, values, form)


@dataclass(frozen=True, slots=True)
class FailureEntry(LogEntry):
    """A file that could not be indexed in a run that ended at `time`, and could before or was not there."""

    time: float
    problem: SourceProblem

    def __str__(self) -> str:
        """A line for a person."""
        return f"{self.problem.source}: {self.problem.reason}"

    def line(self, form: Format, *, with_query: bool = False) -> bytes:  # noqa: ARG002 - it has none
        values = {"source": self.problem.source, "reason": self.problem.reason}
        return event_line(self.time, "failure", {}, values, form)
