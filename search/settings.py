"""Settings: every key has a default, which `opis.toml` and OPIS_… environment variables override."""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from search.errors import SettingsError
from search.listening.address import Address
from search.listening.clients import TrustedProxies
from search.listening.rate import Rate
from search.schema import Schema, Weights
from search.vocabulary.languages import detected_languages

DEFAULT_FILE = "opis.toml"
MOST_PORT = 65_535
MOST_PROCESSES = 64
MOST_THREADS = 256
_ORIGIN = re.compile(r"https?://[^\s/?#@,]+")  # RFC 6454, as browsers send it: no path, and no final slash
_URL = re.compile(r"[A-Za-z0-9._~:/\[\]@!$&'()*+,;=%-]+")  # RFC 3986 without query and fragment
_NO_SETTINGS = {"OPIS_DATA", "OPIS_CLUSTER", "OPIS_PURE_PYTHON"}  # of benchmarks, tests and compiled analysis
_NO_TITLE = "Opis"

LogFormat = Literal["text", "json", "off"]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say about the archive. `base_url` is its public URL, without a final slash.

    Links for programs begin with it; without one, they are paths. Pages are in one of `interface_languages`
    (any, if there are none); `catalogues` is a folder of more.
    """

    title: str = _NO_TITLE
    intro: str = ""
    rights: str = ""
    base_url: str = ""
    interface_languages: tuple[str, ...] = ()
    catalogues: str = ""

    @property
    def given_title(self) -> str:
        """The title; empty where none was given, so that no citation names the program as an archive."""
        return "" if self.title == _NO_TITLE else self.title


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take without a result, in `seconds`, and what a query may cost.

    `query_cost` is in the units of `search.engines.query_cost`; `query_seconds` is the time that the searches
    of a request have, `export` the number of documents that a file may have, 0 for any number.
    """

    seconds: float = 20.0
    query_cost: int = 40_000_000
    query_seconds: float = 10.0
    export: int = 100_000


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, how much it does at once, and how long it goes on once it is told to stop.

    It listens on the `port` of `host`; port 0 is any free one. In each of its `processes`, `searches` are
    under way at most, and `waiting` wait for a thread; others are turned away. `metrics` is the HOST:PORT
    at which it answers with metrics, empty for nowhere. `trusted_proxies` are addresses and networks whose
    X-Forwarded-For is believed; `rate_limit`, such as 60/minute, holds for each client, empty for none.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    threads: int = 0
    waiting: int = 32
    drain_seconds: float = 30.0
    metrics: str = ""
    trusted_proxies: tuple[str, ...] = ()
    rate_limit: str = ""

    @property
    def searches(self) -> int:
        """How many searches each process works on at once: `threads`, or where that is 0 what is sound.

        They compute, so that more than two for each processor, in all processes together, make all of them
        late; and those of one process take turns, so that it has four at most.
        """
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        return self.threads or max(1, min(4, 2 * processors // self.processes))


@dataclass(frozen=True, slots=True)
class Api:
    """Which other sites' pages may read the API in a browser: their origins, or `*` for all."""

    allow_origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """How `opis-index --watch` follows its sources, in seconds.

    It looks at them every `seconds`. Changes are indexed together, when nothing has changed for
    `quiet_seconds`, or `longest_seconds` after the first. It answers with metrics at `metrics`, HOST:PORT.
    """

    seconds: float = 2.0
    quiet_seconds: float = 5.0
    longest_seconds: float = 120.0
    metrics: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `labels` adds header labels to the built-in table: label -> field.

    `language` is that of most documents, `languages` are all that texts may be in (any, if none is given);
    `log` is the format of a service's log, `log_queries`: whether the texts of searches are in it.
    """

    index: str = "auto:var/index"
    language: str = "english"
    languages: tuple[str, ...] = ()
    facets: tuple[str, ...] = ("author", "date")
    site: Site = field(default_factory=Site)
    weights: Weights = field(default_factory=Weights)
    labels: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    api: Api = field(default_factory=Api)
    server: Server = field(default_factory=Server)
    watch: Watch = field(default_factory=Watch)
    log: LogFormat = "text"
    log_queries: bool = False

    @property
    def schema(self) -> Schema:
        """The schema of these settings."""
        language = self.language.lower()
        languages = {language, *map(str.lower, self.languages)} if self.languages else ()
        return Schema(language, self.weights, tuple(sorted(languages)))


def load_settings(path: str | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a file (default: `opis.toml`, if it exists), overridden by environment variables.

    The variable of `site.title` is OPIS_SITE_TITLE; lists and tables are given as JSON. Raises
    SettingsError, naming the key, if a value cannot be used.
    """
    file = Path(path or DEFAULT_FILE)
    values: dict[str, Any] = {}
    if path or file.exists():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"The settings file {file} cannot be read: {error}.") from error
    _check_variables(environ)
    _override(values, Settings, "OPIS", environ)
    try:
        settings = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"A setting cannot be used: {error}.") from error
    _check(values, settings)
    return replace(settings, site=replace(settings.site, base_url=settings.site.base_url.rstrip("/")))


def _check_variables(environ: Mapping[str, str]) -> None:
    known = {*_NO_SETTINGS, *_variables(Settings, "OPIS")}
    for name in environ:
        if name.startswith("OPIS_") and not name.startswith("OPIS_OPENSEARCH_") and name not in known:
            near = get_close_matches(name, sorted(known), 1)
            meant = f"; do you mean {near[0]}?" if near else "."
            raise SettingsError(f"The variable {name} names no setting{meant}")


def _variables(kind: type, prefix: str) -> Iterator[str]:
    """The names of the variables of all settings."""
    for key in fields(kind):
        name = f"{prefix}_{key.name.upper()}"
        if is_dataclass(default := _default(key)):
            yield from _variables(type(default), name)
        else:
            yield name


def _override(values: dict[str, Any], kind: type, prefix: str, environ: Mapping[str, str]) -> None:
    for key in fields(kind):
        name = f"{prefix}_{key.name.upper()}"
        if is_dataclass(default := _default(key)):
            table = values.setdefault(key.name, {})
            if not isinstance(table, dict):
                cure = f"[{key.name}] and keys below it"
                raise SettingsError(f"The setting {key.name} must be a table: {cure}.")
            _override(table, type(default), name, environ)
        elif name in environ:
            text = environ[name]
            values[key.name] = text if isinstance(default, str) else _json(name, text)


def _json(name: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise SettingsError(f'The variable {name} must be JSON, such as 4 or ["author"]: {error}.') from error


def _check(values: dict[str, Any], settings: Settings) -> None:
    _check_keys(values, Settings, "")
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


def _check_keys(values: dict[str, Any], kind: type, prefix: str) -> None:
    known = {key.name: key for key in fields(kind)}
    for name, value in values.items():
        if name not in known:
            there = ", ".join(prefix + key for key in known)
            raise SettingsError(f"There is no setting {prefix + name!r}; there are {there}.")
        if is_dataclass(default := _default(known[name])):
            _check_keys(value, type(default), f"{prefix}{name}.")


def _default(key: Field[Any]) -> Any:
    return key.default_factory() if callable(key.default_factory) else key.default
