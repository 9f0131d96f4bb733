"""Which sources have changed since the last run, and which of them are away?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from index.watching.events import Listener, SourceAway, SourceBack, SourceRefused
from index.watching.look import Look, look_at


@dataclass(slots=True)
class _Watched:
    """A source: as it was `seen` at the last look, `by_run` at the last run, and when it was `refused`.

    `said` is the event by which it was said to be out, until it is said to be back.
    """

    name: str
    seen: Look = field(default_factory=Look)
    by_run: Look | None = None
    refused: Look | None = None
    said: type[SourceAway | SourceRefused] | None = None

    @property
    def can_be_run(self) -> bool:
        return not self.seen.away and self.seen != self.refused

    @property
    def has_changed(self) -> bool:
        return self.can_be_run and self.seen != self.by_run


class WatchedSources:
    """The sources of a watcher. It is said once that a source is away, and once that it is back."""

    def __init__(self, sources: Iterable[str], tell: Listener, look: Callable[[str], Look] = look_at) -> None:
        self._sources = [_Watched(name) for name in dict.fromkeys(sources)]
        self._tell, self._look = tell, look

    def look(self) -> bool:
        """Look at all of them; whether what a run would read has changed since the look before."""
        return any([self._look_at(source) for source in self._sources])  # noqa: C419 - at all of them

    @property
    def have_changed(self) -> bool:
        """Whether there is something that no run has seen."""
        return any(source.has_changed for source in self._sources)

    @property
    def to_run(self) -> list[str]:
        """Those that a run can read now."""
        return [source.name for source in self._sources if source.can_be_run]

    @property
    def present(self) -> dict[str, bool]:
        """Of each source, whether a run can read it now."""
        return {source.name: source.can_be_run for source in self._sources}

    def read(self) -> None:
        """A run has read them as they were at the last look."""
        for source in self._sources:
            if source.can_be_run:
                source.by_run, source.refused = source.seen, None
                if source.said:
                    source.said = None
                    self._tell(SourceBack(source.name))

    def refuse(self, name: str, why: str) -> None:
        """A run was refused because of a source; as long as it stays as it is, it is left out."""
        for source in self._sources:
            if source.name == name:
                source.refused = source.seen
                self._say(source, SourceRefused(name, why))

    def forget(self) -> None:
        """Let the next run read all of them, changed or not."""
        for source in self._sources:
            source.by_run = None

    def _look_at(self, source: _Watched) -> bool:
        before, found = source.seen, self._look(source.name)
        if not found.away and source.by_run and source.by_run.is_folder != found.is_folder:
            found = Look(away=f"it is a {'folder' if found.is_folder else 'file'} now")
        source.seen = found if found != before else before  # one object, as long as nothing changes
        if found.away:
            self._say(source, SourceAway(source.name, found.away))
        if before.away and not found.away:
            source.refused = source.by_run = None  # what was being read as it went may have failed
        return source.can_be_run and found != before

    def _say(self, source: _Watched, event: SourceAway | SourceRefused) -> None:
        if source.said is not type(event):
            source.said = type(event)
            self._tell(event)
