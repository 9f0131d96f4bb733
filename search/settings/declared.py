"""Which settings are there, and what are they unless they are set?"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from search.schema import Schema, Weights

_NO_TITLE = "Opis"

LogFormat = Literal["text", "json", "off"]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say about the archive. `base_url` is its public URL, without a final slash.

    Links for programs begin with it; without one, they are paths. Pages are in one of `interface_languages`
    (any, if there are none); `catalogues` is a folder of more. `files` are the SOURCEs
    of which the files may be downloaded.
    """

    title: str = _NO_TITLE
    intro: str = ""
    rights: str = ""
    base_url: str = ""
    interface_languages: tuple[str, ...] = ()
    catalogues: str = ""
    files: tuple[str, ...] = ()

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

    `facets` are those of pages; none for all that divide what was found (`search.answering.coverage`).
    `language` is that of most documents, `languages` are all that texts may be in (any, if none is given);
    `log` is the format of a service's log, `log_queries`: whether the texts of searches are in it.
    """

    index: str = "auto:var/index"
    language: str = "english"
    languages: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
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
