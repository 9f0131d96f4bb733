"""Which errors does the API answer with? Each has a stable code, a status, and a place where it is explained.

Their bodies are problem details (RFC 9457). /help/errors and docs/api.md have the table `PROBLEMS`.
"""

from dataclasses import dataclass

from msgspec import UNSET, Struct, UnsetType

from search.messages import Message


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error: its code, its HTTP status, and its title in a few words.

    `meaning` is Markdown: what happened, and what may be done. `example` is a `detail` that it may have.
    """

    code: str
    status: int
    title: Message
    meaning: Message
    example: Message


_UNREADABLE = Message("This request cannot be understood")
_UNAVAILABLE = Message("The archive cannot be searched just now")

_TYPES = (
    ProblemType(
        "bad_parameter",
        400,
        _UNREADABLE,
        Message(
            "A parameter is unknown, out of range, or given twice though it has one value. `parameter` "
            "names it, and `detail` says what it can be."
        ),
        Message("page must be a whole number from 1 to 10,000, not '0'."),
    ),
    ProblemType(
        "bad_request",
        400,
        _UNREADABLE,
        Message("The request is malformed."),
        Message("The browser (or proxy) sent a request that this server could not understand."),
    ),
    ProblemType(
        "query_too_costly",
        400,
        Message("This search costs too much"),
        Message(
            "The query would read more of the index than the setting `limits.query_cost` allows. `detail` "
            "names the word or phrase to change. There is never a partial total."
        ),
        Message(
            "This search would read 52,000,000 entries of the index, of 40,000,000 at most: leave out “of "
            "the”, which costs most, or search for a rarer word in its place."
        ),
    ),
    ProblemType(
        "export_too_large",
        400,
        Message("These are too many documents for one file"),
        Message(
            "The search finds more documents than the setting `limits.export` allows in a file. `detail` has "
            "both numbers. Narrow the search by a filter, such as a range of dates, and export it in parts."
        ),
        Message(
            "This search finds 120,000 documents, and an export can have 100,000 at most: narrow the "
            "search by a filter, such as a range of dates, and export it in parts."
        ),
    ),
    ProblemType(
        "not_found",
        404,
        Message("There is nothing at this address"),
        Message(
            "There is no document of this id, no facet of this name, or nothing at all at this path. A "
            "document whose file was moved is redirected from its old address, with 301."
        ),
        Message("There is no document 'letter-12'."),
    ),
    ProblemType(
        "file_missing",
        404,
        Message("This file cannot be had"),
        Message(
            "The original file of a document was asked for. An archive offers those that the setting "
            "`site.files` names and that hold one document. `detail` says why there is none."
        ),
        Message("The file letter-12.pdf is no longer where it was when it was indexed."),
    ),
    ProblemType(
        "method_not_allowed",
        405,
        Message("This address cannot be used that way"),
        Message("Everything is read with `GET` or `HEAD`, and nothing can be changed."),
        Message("The method is not allowed for the requested URL."),
    ),
    ProblemType(
        "http_413",
        413,
        Message("This request is too large"),
        Message("The request has a body. None is needed here."),
        Message("The data value transmitted exceeds the capacity limit."),
    ),
    ProblemType(
        "misdirected",
        421,
        Message("This service does not answer under this name"),
        Message(
            "The `Host` of the request is neither that of the setting `site.base_url` nor one of this "
            "machine."
        ),
        Message("This service does not answer under this name."),
    ),
    ProblemType(
        "rate_limited",
        429,
        Message("Too many searches from your address"),
        Message(
            "Your address has asked more often than the setting `server.rate_limit` allows; an address of "
            "IPv6 counts with its whole /64. Ask again after the seconds that `Retry-After` says."
        ),
        Message("There were too many searches from your address. Please try again in 3 s."),
    ),
    ProblemType(
        "internal_error",
        500,
        Message("Something went wrong on our side"),
        Message("The service has a fault. Its log says which."),
        Message(
            "The error is in the server's log. Please try again; if it stays, tell whoever runs this site."
        ),
    ),
    ProblemType(
        "overloaded",
        503,
        Message("Too many searches at once"),
        Message(
            "More searches are under way and waiting than the settings `server.threads` and `server.waiting` "
            "allow. Ask again after the seconds that `Retry-After` says."
        ),
        Message("Too many searches are under way. Please try again in a few seconds."),
    ),
    ProblemType(
        "query_timeout",
        503,
        Message("This search takes too long"),
        Message(
            "The search has taken longer than the setting `limits.query_seconds` allows. There is never a "
            "partial total. Narrow it, or ask again after the seconds that `Retry-After` says."
        ),
        Message("This search takes too long: use rarer words or a filter, or try again later."),
    ),
    ProblemType(
        "index_missing",
        503,
        _UNAVAILABLE,
        Message(
            "There is no index, or not yet. "
            "Ask again after the seconds that `Retry-After` says. The reason is in the log of the service."
        ),
        Message("There is no index to search at the moment. Please try again later."),
    ),
    ProblemType(
        "index_damaged",
        503,
        _UNAVAILABLE,
        Message(
            "The index cannot be read. "
            "Ask again after the seconds that `Retry-After` says. The reason is in the log of the service."
        ),
        Message("The index cannot be read at the moment. Please try again later."),
    ),
    ProblemType(
        "engine_unavailable",
        503,
        _UNAVAILABLE,
        Message(
            "The search engine does not answer. "
            "Ask again after the seconds that `Retry-After` says. The reason is in the log of the service."
        ),
        Message("The search engine does not answer at the moment. Please try again later."),
    ),
)
PROBLEMS = {item.code: item for item in _TYPES}
"""Every kind of error by its code."""
ALWAYS = (
    "bad_parameter",
    "misdirected",
    "rate_limited",
    "overloaded",
    "query_timeout",
    "index_missing",
    "index_damaged",
    "engine_unavailable",
)
"""The codes of errors that every endpoint of the index may answer with."""


class ProblemPayload(Struct, frozen=True):
    """Problem details (RFC 9457). `code` is stable, `parameter` the one that is at fault, if one is.

    `type` is the address of a page that explains the error.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    parameter: str | UnsetType = UNSET
