"""What does a monitor see of an index? Its size, its state, and whether it can be searched."""

from collections.abc import Iterator

from search.calendar import posix_time
from search.engines import Engine
from search.errors import EngineError
from search.metrics.declaration import Reading


def index_readings(engine: Engine) -> Iterator[Reading]:
    """The readings of an index; of one that cannot be searched, that alone."""
    try:
        engine.ping()
        info, size = engine.info(), engine.size()
    except EngineError:
        yield _healthy(0)
        return
    yield _healthy(1)
    yield Reading("opis_index_documents", "Documents in the live commit of the index.", info.documents)
    yield Reading("opis_index_size_bytes", "Size of the files of the live commit.", size)
    if info.updated:
        seconds = posix_time(info.updated)
        yield Reading("opis_index_commit_timestamp_seconds", "Time of the live commit, since 1970.", seconds)
    labels = {"engine": info.engine, "generation": info.generation}
    yield Reading(
        "opis_index", "The engine and the generation of the live commit.", labels=labels, kind="info"
    )


def _healthy(value: int) -> Reading:
    return Reading("opis_index_healthy", "Whether the index can be searched: 1 or 0.", value)
