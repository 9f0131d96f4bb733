"""The errors that the project raises on purpose. A message is one sentence for a user, with the cure."""

import math

from search.messages import Message


class SearchError(Exception):
    """The base class: its message may be shown to the user. `parameter` is what is at fault, if one is."""

    parameter: str = ""

    @property
    def message(self) -> str:
        """The message as it was given: one that a page may show is a `Message`."""
        return self.args[0] if self.args else ""


class SettingsError(SearchError):
    """A setting or an argument cannot be used."""


class OutputFailed(SearchError):
    """The output cannot be written, as on a full disk."""


class RemovalRefused(SettingsError):
    """A run would remove most documents of a source without having been told to; `root` is its path."""

    def __init__(self, message: str, root: str) -> None:
        super().__init__(message)
        self.root = root


class ParameterError(SearchError):
    """A parameter of a search is unknown or out of range.

    `parameter` names it, so that a page can show the message beside its field.
    """

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class DocumentMissing(SearchError):
    """There is no document of an id, and never was one."""


class OriginalMissing(SearchError):
    """The original file of a document cannot be had; the message says why."""


class QueryTooCostly(SearchError):
    """A query would cost an engine more than the limit; `term` is the part of it that costs most."""

    parameter = "q"

    def __init__(self, term: str, cost: int, limit: int) -> None:
        super().__init__(
            Message(
                "This search would read %(cost)s entries of the index, of %(limit)s at most: leave out "
                "“%(term)s”, which costs most, or search for a rarer word in its place.",
                cost=cost,
                limit=limit,
                term=term,
            )
        )
        self.term = term


class QueryTimeout(SearchError):
    """A search has taken longer than its time limit; nothing of its result is known."""


class Abandoned(SearchError):
    """A search was ended because nobody waits for its result any more."""


class Overloaded(SearchError):
    """A server has no capacity for a request."""


class RateLimited(SearchError):
    """A client asks more often than it may; in `seconds` it may again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Message(
                "There were too many searches from your address. Please try again in %(seconds)s s.",
                seconds=math.ceil(seconds),
            )
        )
        self.seconds = seconds


class ExportTooLarge(SearchError):
    """An export would have more documents than the limit: `found` of them, where `limit` are allowed."""

    def __init__(self, found: int, limit: int) -> None:
        super().__init__(
            Message(
                "This search finds %(found)s documents, and an export can have %(limit)s at most: narrow the "
                "search by a filter, such as a range of dates, and export it in parts.",
                found=found,
                limit=limit,
            )
        )
        self.found, self.limit = found, limit


class EngineError(SearchError):
    """The engine could not execute a request."""


class DocumentRefused(EngineError):
    """The engine cannot store a document, and goes on without it; what it had of this id stays."""


class EngineUnavailable(EngineError):
    """The engine cannot be reached, or is not installed."""


class IndexMissing(EngineError):
    """There is no index at the address given."""


class IndexDamaged(EngineError):
    """The index cannot be read; it can be rebuilt from the sources."""


class IndexLocked(EngineError):
    """Another process is writing to this index."""


class SchemaChanged(EngineError):
    """The index was written under other fields, weights or analysis and must be rebuilt to be written to."""
