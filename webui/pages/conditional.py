"""Conditional requests for pages: an ETag with each, and 304 Not Modified for who has it already."""

from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

from flask import Blueprint, Response, g, request

import search
from search.api.urls import ORIGINAL
from search.errors import EngineError
from search.messages import reader
from search.searcher import Searcher
from search.settings import Settings


def answer_conditionally(pages: Blueprint, searcher: Searcher, settings: Settings, assets: str) -> None:
    """Give the pages of a blueprint weak ETags (RFC 9110, 8.8), and leave out those that a browser has.

    A page depends on its address, on the generation of the index, on the language of its reader, on the
    settings, on the program, whose scripts, styles and catalogues `assets` tells from others, and on the day,
    which citations state.
    """
    fixed = f"{search.__version__} {settings} {assets}"

    @pages.before_request
    def _not_modified() -> Response | None:
        if request.path.endswith(ORIGINAL):
            return None
        with suppress(EngineError):
            # Read before the page is made, so that the tag is never newer than it.
            generation = searcher.info().generation
            varying = f"{generation} {reader().tag} {datetime.now(UTC).date()} {request.url}"
            g.tag = sha256(f"{fixed} {varying}".encode("utf-8", "backslashreplace")).hexdigest()[:24]
            if request.if_none_match.contains_weak(g.tag):
                return Response(status=304)
        return None

    @pages.after_request
    def _tag(response: Response) -> Response:
        if "tag" in g and response.status_code in {200, 304}:
            response.set_etag(g.tag, weak=True)
            response.vary.add("Accept-Encoding")
        return response
