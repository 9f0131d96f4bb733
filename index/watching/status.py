"""What a service manager is told of a watcher: that it is ready, and a line of how it is."""

from datetime import datetime

from index.watching.entries import RunEntry
from index.watching.events import Event, RunDone, RunFailed, SourceAway, SourceBack, SourceRefused
from search.listening.notify import notify


def tell_status(event: Event) -> None:
    """Tell the service manager, if there is one and the event changes how the watcher is."""
    match event:
        case RunDone():
            now = datetime.now().astimezone()
            notify(f"STATUS={now:%Y-%m-%d %H:%M} {RunEntry(now.timestamp(), event.report)}")
        case RunFailed() | SourceAway() | SourceRefused() | SourceBack():
            notify(f"STATUS={' '.join(str(event).split())}")
        case _:
            pass
