"""Which answers are sent compressed? Texts of a kilobyte and more, by gzip, to clients that take it.

Nothing that an answer holds is secret to its own reader (there are no sessions and no cookies), so that its
compressed length tells nobody anything. Streams flow on as they are.
"""

import gzip

from flask import Flask, Response, request

LEAST, MOST = 1000, 4_000_000
"""Bytes of an answer that is compressed: below, it is one packet anyhow; above, it takes too long."""
_LEVEL = 4  # as small as at 6 within a few percent, in half the time
_TEXTS = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")


def compress_answers(app: Flask) -> None:
    """Compress the answers of an app, for the clients that say they take gzip (RFC 9110, 12.5.3)."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if not _is_compressible(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") <= 0:
            return response
        response.direct_passthrough = False  # a static file is read whole
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # equal bytes are promised no more
        return response


def _is_compressible(response: Response) -> bool:
    return (
        response.status_code not in {204, 206, 304}
        and (response.mimetype or "").startswith(_TEXTS)
        and "Content-Encoding" not in response.headers
        and LEAST <= (response.content_length or 0) <= MOST
    )
