"""By which name does an endpoint stand in metrics? By its path as documented, never as asked for."""

import re

from flask import Flask, request

from search.api.endpoints import ENDPOINTS, PAGES
from webui.log.searched import SEARCHED, Searched

ENDPOINT_NAMES = (*(endpoint.path for endpoint in ENDPOINTS), *PAGES)
"""All there are."""


def note_endpoints(app: Flask) -> None:
    """Have a server that counts the requests of an app know which endpoint each is for."""
    documented = {_nameless(path): path for path in ENDPOINT_NAMES}
    names = {rule.rule: documented[_nameless(rule.rule)] for rule in app.url_map.iter_rules()}

    @app.before_request
    def _note() -> None:
        searched: Searched | None = request.environ.get(SEARCHED)
        if searched is not None and request.url_rule is not None:
            searched.endpoint = names[request.url_rule.rule]


def _nameless(path: str) -> str:
    """A path without the names of its variable parts, which a route may call otherwise."""
    return re.sub(r"<.*?>|{.*?}", "{}", path)
