"""What every service measures."""

from collections.abc import Iterator

import search
from search.metrics.declaration import Counter, Reading

LOST_LINES = Counter("opis_log_lost_lines_total", "Lines of the log that could not be written.")


def build_reading() -> Iterator[Reading]:
    """The version of the program."""
    yield Reading("opis_build", "The version of Opis.", labels={"version": search.__version__}, kind="info")
