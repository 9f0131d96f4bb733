"""Error responses: an HTML page for people, `application/problem+json` (RFC 9457) for programs."""

import math
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
    OriginalMissing,
    Overloaded,
    ParameterError,
    QueryTimeout,
    QueryTooCostly,
    RateLimited,
    SearchError,
)
from search.messages import Message, gettext
from webui.components.search_box import SearchBox
from webui.metrics.declared import ABANDONED, TIMED_OUT

_RETRY_SECONDS, _RETRY_SECONDS_OVERLOADED = "30", "5"
_MAX_HIDDEN = 100  # parameters that a form repeats

_ADVICE = {
    404: Message(
        "The document may have been withdrawn, or the address mistyped. The search box finds what is here."
    ),
    405: Message("Pages and searches here are only read, never changed."),
    500: PROBLEMS["internal_error"].example,
}
_OF_ERRORS: dict[type[SearchError], str] = {
    ParameterError: "bad_parameter",
    ExportTooLarge: "export_too_large",
    OriginalMissing: "file_missing",
    QueryTooCostly: "query_too_costly",
    QueryTimeout: "query_timeout",
    RateLimited: "rate_limited",
    Overloaded: "overloaded",
    Abandoned: "overloaded",
    IndexMissing: "index_missing",
    IndexDamaged: "index_damaged",
    EngineError: "engine_unavailable",
    SearchError: "internal_error",
}
"""The code of an error is that of the first class here that it is of."""
_FOR_THE_LOG = {"index_missing", "index_damaged", "engine_unavailable", "internal_error"}
"""Codes of errors whose own message, with paths and commands, is not for visitors."""
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
        return known.title if known else Message("This request failed")

    def payload(self, site: str) -> ProblemPayload:
        """The members of the JSON object; `site` is the address that links begin with."""
        return ProblemPayload(
            type=site + problem_url(self.code) if self.code in PROBLEMS else "about:blank",
            title=str(self.title),
            status=self.status,
            detail=str(self.detail),
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
        if isinstance(error, QueryTimeout):
            TIMED_OUT.add()
        elif isinstance(error, Abandoned):
            ABANDONED.add()
        if problem.code in _FOR_THE_LOG:
            app.logger.error("%s: %s", problem.code, error)
        response = make_response()
        if isinstance(error, RateLimited):
            response.headers["Retry-After"] = str(math.ceil(error.seconds))
        return _write(problem, response, site)

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
    known = PROBLEMS[next(code for kind, code in _OF_ERRORS.items() if isinstance(error, kind))]
    detail = known.example if known.code in _FOR_THE_LOG else error.message
    return ProblemDetails(known.status, known.code, detail, error.parameter)


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
        title, detail = gettext(problem.title), gettext(problem.detail)
        page = ErrorPage(problem.status, title, detail, _search_box(problem))
        response.data = render_template("error.html", page=page).encode()
        response.content_type = "text/html; charset=utf-8"
    return response


def _search_box(problem: ProblemDetails) -> SearchBox:
    """The search form; to change or repeat a search, with its query, and the rest of it in hidden fields."""
    is_at_fault = problem.parameter == "q"
    if not is_at_fault and problem.status not in {429, 503}:
        return SearchBox()
    others = ((name, value) for name, value in request.args.items(multi=True) if name not in {"q", "page"})
    told = gettext(problem.detail) if is_at_fault else ""
    return SearchBox(request.args.get("q", ""), tuple(islice(others, _MAX_HIDDEN)), told)
