"""When it goes wrong: a clear page for people, `application/problem+json` for programs."""

from dataclasses import dataclass, field

import msgspec
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import EngineError, IndexDamaged, IndexMissing, ParameterError, SearchError
from webui.components.search_box import SearchBox
from webui.security import API_PREFIX

_RETRY_SECONDS = "30"

_TITLES = {
    400: "This request cannot be understood",
    404: "There is nothing at this address",
    405: "This address cannot be used that way",
    413: "This request is too large",
    500: "Something went wrong on our side",
    503: "The archive cannot be searched just now",
}
_CURES = {
    404: "The document may have been withdrawn, or the address mistyped. The search box finds what is here.",
    405: "Pages and searches here are only read, never changed.",
    500: "The error is in the server's log. Please try again; if it stays, tell whoever runs this site.",
}
_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal_error"}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The context of `error.html`."""

    status: int
    title: str
    detail: str
    box: SearchBox = field(default_factory=SearchBox)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way to a page or to JSON. `parameter` is the one at fault, if one is."""

    status: int
    code: str
    detail: str
    parameter: str = ""

    @property
    def title(self) -> str:
        """The kind of error in a few words."""
        return _TITLES.get(self.status, "This request failed")


def explain_errors(app: Flask) -> None:
    """Answer every error of an app as a page, or under /api/ as problem+json."""

    @app.errorhandler(SearchError)
    def _search_error(error: SearchError) -> Response:
        failure = _failure(error)
        if failure.status >= 500:
            app.logger.error("%s: %s", failure.code, error)
        return _answer(failure, make_response())

    @app.errorhandler(HTTPException)
    def _http_error(error: HTTPException) -> Response:
        status = error.code or 500
        response = make_response(error.get_response())
        if status < 400:  # a redirect is an HTTPException to Werkzeug
            return response
        described = error.description or ""
        detail = described if request.path.startswith(API_PREFIX) else _CURES.get(status, described)
        return _answer(Failure(status, _CODES.get(status, f"http_{status}"), detail), response)


def problem(failure: Failure) -> dict[str, object]:
    """An error as RFC 9457 has it."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        "code": failure.code,
    }
    return body | ({"parameter": failure.parameter} if failure.parameter else {})


def _failure(error: SearchError) -> Failure:
    match error:
        case ParameterError():
            return Failure(400, "bad_parameter", str(error), error.parameter)
        case IndexMissing():
            return Failure(503, "index_missing", str(error))
        case IndexDamaged():
            return Failure(503, "index_damaged", str(error))
        case EngineError():
            return Failure(503, "engine_unavailable", str(error))
        case _:
            return Failure(500, "internal_error", str(error))


def _answer(failure: Failure, response: Response) -> Response:
    """Write the error into a response, whose own headers (such as Allow) are kept."""
    response.status_code = failure.status
    if failure.status == 503:
        response.headers["Retry-After"] = _RETRY_SECONDS
    if request.path.startswith(API_PREFIX):
        response.data = msgspec.json.encode(problem(failure))
        response.content_type = "application/problem+json"
    else:
        page = ErrorPage(failure.status, failure.title, failure.detail)
        response.data = render_template("error.html", page=page).encode()
        response.content_type = "text/html; charset=utf-8"
    return response
