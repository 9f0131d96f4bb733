"""What do templates know beside the page that they show?"""

import re
from hashlib import sha256
from pathlib import Path

from flask import Flask
from jinja2.ext import Extension
from markupsafe import Markup

from search.api import urls
from search.messages import number
from search.settings import Site
from webui.i18n.suggestion_words import suggestion_words
from webui.i18n.templates import add_messages

_MACROS = ("facets", "results", "zero_results")
"""Templates of macros, each known to all others by this name: `facets.date_facet(…)` is in _facets.html."""


_MARKS = ('"', "“", "”")
_OWN, _GIVEN = Markup('<b dir="auto">{}</b>'), Markup('<q dir="auto">{}</q>')


def quoted(text: str) -> Markup:
    """A query as it was typed, in quotation marks that the browser adds if it has none of its own."""
    has_its_own = any(mark in text for mark in _MARKS)
    return (_OWN if has_its_own else _GIVEN).format(text)


class _Unindented(Extension):
    """Leaves out the indentation of templates, which pages need not carry to their readers."""

    def preprocess(self, source: str, *_: object) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


def prepare_templates(app: Flask, site: Site) -> str:
    """Give the templates of an app their functions, macros and constants.

    Returns the addresses of scripts and styles, which change with their content.
    """
    templates = app.jinja_env
    add_messages(templates)
    templates.add_extension(_Unindented)
    templates.trim_blocks = True
    templates.filters.update(number=number, quoted=quoted)
    assets = _asset_urls(app)
    templates.globals.update(site=site, urls=urls, asset=assets, suggestion_words=suggestion_words)
    # Known by name, they are run once: an import in a template is run for each page.
    templates.globals.update({name: templates.get_template(f"_{name}.html").module for name in _MACROS})
    return " ".join(sorted(assets.values()))


def _asset_urls(app: Flask) -> dict[str, str]:
    """The URL of each static file, with a hash of its content, so that browsers may cache it for a year."""
    folder = Path(app.root_path) / "static"
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600
    return {
        file.name: f"/static/{file.name}?v={sha256(file.read_bytes()).hexdigest()[:10]}"
        for file in folder.iterdir()
    }
