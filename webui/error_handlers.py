"""Error responses: an HTML page for people, `application/problem+json` (RFC 9457) for programs."""

from dataclasses import dataclass, field
from itertools import islice

import msgspec
from flask import Flask, Response, make_response, render_template, request
from msgspec import UNSET
from werkzeug.exceptions import HTTPException

from search.api.endpoints import PROBLEM_JSON
from search.api.problems import PROBLEMS, ProblemPayload
from search.api.urls import is_for_programs, problem_url
from search.errors import (
    Abandoned,
    EngineError,
    ExportTooLarge,
    IndexDamaged,
    IndexMissing,
    Overloaded,
    ParameterError,
    QueryTimeout,
    QueryTooCostly,
    SearchError,
)
from webui.components.search_box import SearchBox

_RETRY_SECONDS, _RETRY_SECONDS_OVERLOADED = "30", "5"
_MAX_HIDDEN = 100  # parameters that a form repeats

_ADVICE = {
    404: "The document may have been withdrawn, or the address mistyped. The search box finds what is here.",
    405: "Pages and searches here are only read, never changed.",
    500: "The error is in the server's log. Please try again; if it stays, tell whoever runs this site.",
}
_DETAILS = {
    "index_missing": "There is no index to search at the moment. Please try again later.",
    "index_damaged": "The index cannot be read at the moment. Please try again later.",
    "engine_unavailable": "The search engine does not answer at the moment. Please try again later.",
    "internal_error": _ADVICE[500],
}
"""What visitors are told of an error whose own message, with paths and commands, is for the log."""
_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    421: "misdirected",
    500: "internal_error",
}


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """An error in the terms of RFC 9457.

    `code` is the error's stable name, `parameter` the URL parameter that caused it, if one did.
    """

    status: int
    code: str
    detail: str
    parameter: str = ""

    @property
    def title(self) -> str:
        """The kind of error in a few words."""
        known = PROBLEMS.get(self.code)
        return known.title if known else "This request failed"

    def payload(self, site: str) -> ProblemPayload:
        """The members of the JSON object; `site` is the address that links begin with."""
        return ProblemPayload(
            type=site + problem_url(self.code) if self.code in PROBLEMS else "about:blank",
            title=self.title,
            status=self.status,
            detail=self.detail,
            code=self.code,
            parameter=self.parameter or UNSET,
        )


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The context of `error.html`."""

    status: int
    title: str
    detail: str
    box: SearchBox = field(default_factory=SearchBox)


def register_error_handlers(app: Flask, site: str = "") -> None:
    """Answer every error of an app with a page, or where programs ask with problem+json.

    `site` is the address that links to the explanations of errors begin with.
    """

    @app.errorhandler(SearchError)
    def _search_error(error: SearchError) -> Response:
        problem = _problem_details(error)
        if problem.code in _DETAILS:
            app.logger.error("%s: %s", problem.code, error)
        return _write(problem, make_response(), site)

    @app.errorhandler(HTTPException)
    def _http_error(error: HTTPException) -> Response:
        status = error.code or 500
        response = make_response(error.get_response())
        if status < 400:  # Werkzeug raises redirects as HTTPExceptions
            return response
        description = error.description or ""
        detail = description if is_for_programs(request.path) else _ADVICE.get(status, description)
        problem = ProblemDetails(status, _CODES.get(status, f"http_{status}"), detail)
        return _write(problem, response, site)


def _problem_details(error: SearchError) -> ProblemDetails:
    match error:
        case ParameterError():
            return ProblemDetails(400, "bad_parameter", str(error), error.parameter)
        case ExportTooLarge():
            return ProblemDetails(400, "export_too_large", str(error))
        case QueryTooCostly():
            return ProblemDetails(400, "query_too_costly", str(error), "q")
        case QueryTimeout():
            return ProblemDetails(503, "query_timeout", str(error))
        case Overloaded() | Abandoned():
            return ProblemDetails(503, "overloaded", str(error))
        case IndexMissing():
            return _fault(503, "index_missing")
        case IndexDamaged():
            return _fault(503, "index_damaged")
        case EngineError():
            return _fault(503, "engine_unavailable")
        case _:
            return _fault(500, "internal_error")


def _fault(status: int, code: str) -> ProblemDetails:
    return ProblemDetails(status, code, _DETAILS[code])


def _write(problem: ProblemDetails, response: Response, site: str) -> Response:
    """Write a problem into a response, keeping headers that it has already, such as Allow."""
    response.status_code = problem.status
    if problem.status == 503:
        is_short = problem.code == "overloaded"
        response.headers["Retry-After"] = _RETRY_SECONDS_OVERLOADED if is_short else _RETRY_SECONDS
    if is_for_programs(request.path):
        response.data = msgspec.json.encode(problem.payload(site))
        response.content_type = PROBLEM_JSON
    else:
        page = ErrorPage(problem.status, problem.title, problem.detail, _search_box(problem))
        response.data = render_template("error.html", page=page).encode()
        response.content_type = "text/html; charset=utf-8"
    return response


def _search_box(problem: ProblemDetails) -> SearchBox:
    """The search form; to change or repeat a search, with its query, and the rest of it in hidden fields."""
    is_at_fault = problem.parameter == "q"
    if not is_at_fault and problem.status != 503:
        return SearchBox()
    others = ((name, value) for name, value in request.args.items(multi=True) if name not in {"q", "page"})
    told = problem.detail if is_at_fault else ""
    return SearchBox(request.args.get("q", ""), tuple(islice(others, _MAX_HIDDEN)), told)
