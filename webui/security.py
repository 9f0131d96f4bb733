"""The security headers of every response: content security policy, framing. No cookie is ever set."""

from flask import Flask, Response

from search.api.urls import FEED, OPENAPI, OPENSEARCH, SITEMAP, SITEMAP_PART

_FOR_PROGRAMS = ("/api/", FEED, OPENAPI, OPENSEARCH, SITEMAP, SITEMAP_PART)

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_for_programs(path: str) -> bool:
    """Whether a program reads this address: it cannot show a page, and may be one of another site."""
    return path.startswith(_FOR_PROGRAMS)


def set_security_headers(app: Flask) -> None:
    """Add the headers to every response of an app, errors included."""

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
