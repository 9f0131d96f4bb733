"""Can settings be used as they are?"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import urlsplit

from search.errors import SettingsError
from search.listening.address import Address
from search.listening.clients import TrustedProxies
from search.listening.rate import Rate
from search.settings.declared import Server, Settings
from search.vocabulary.languages import detected_languages

MOST_PORT = 65_535
MOST_PROCESSES = 64
MOST_THREADS = 256
_ORIGIN = re.compile(r"https?://[^\s/?#@,]+")  # RFC 6454, as browsers send it: no path, and no final slash
_URL = re.compile(r"[A-Za-z0-9._~:/\[\]@!$&'()*+,;=%-]+")  # RFC 3986 without query and fragment


def check_settings(settings: Settings) -> None:
    """Raises SettingsError, naming the key, for a value that cannot be used."""
    facets = {*settings.schema.facets, "date"}
    if strange := [name for name in settings.facets if name not in facets]:
        raise SettingsError(f"There is no facet {strange[0]!r}; there are {', '.join(sorted(facets))}.")
    _check_languages(settings.languages)
    for origin in settings.api.allow_origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                "The setting api.allow_origins lists origins such as https://example.org, or *, "
                f"not {origin!r}."
            )
    _check_base_url(settings.site.base_url)
    for name, seconds in {
        "limits.seconds": settings.limits.seconds,
        "limits.query_seconds": settings.limits.query_seconds,
        "server.drain_seconds": settings.server.drain_seconds,
        "watch.seconds": settings.watch.seconds,
        "watch.quiet_seconds": settings.watch.quiet_seconds,
        "watch.longest_seconds": settings.watch.longest_seconds,
    }.items():
        if not 0 < seconds < float("inf"):
            raise SettingsError(f"The setting {name} must be a number above 0.")
    _check_server(settings.server)
    if settings.limits.query_cost < 1:
        raise SettingsError("The setting limits.query_cost must be a whole number above 0.")
    if settings.limits.export < 0:
        raise SettingsError("The setting limits.export must be a whole number, or 0 for no limit.")
    if min(settings.weights.header, settings.weights.summary, settings.weights.body) < 1:
        raise SettingsError("The weights header, summary and body must be whole numbers from 1 up.")


def _check_languages(languages: Iterable[str]) -> None:
    known = {name.lower() for name in detected_languages()}
    for name in languages:
        if name.lower() not in known:
            near = get_close_matches(name.lower(), sorted(known), 1)
            cure = f"do you mean {near[0]!r}?" if near else "it lists English names, such as 'german'."
            raise SettingsError(
                f"The setting languages names {name!r}, which no text is recognised as; {cure}"
            )


def _check_server(server: Server) -> None:
    for name, value, least, most in (
        ("port", server.port, 0, MOST_PORT),
        ("processes", server.processes, 1, MOST_PROCESSES),
        ("threads", server.threads, 0, MOST_THREADS),
    ):
        if not least <= value <= most:
            raise SettingsError(f"The setting server.{name} must be a whole number from {least} to {most}.")
    if server.metrics:
        Address.read(server.metrics)
    TrustedProxies(server.trusted_proxies)
    if server.rate_limit:
        Rate.read(server.rate_limit)
    if server.waiting < 0:
        raise SettingsError("The setting server.waiting must be a whole number from 0 up.")


def _check_base_url(url: str) -> None:
    if not url:
        return
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets that do not match, or a port that is no number
        known = False
    if not known or not _URL.fullmatch(url) or "@" in parts.netloc:
        raise SettingsError(
            "The setting site.base_url is the public address of the archive, such as "
            f"https://example.org/letters, without a query, a fragment or a user, not {url!r}."
        )
