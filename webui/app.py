"""The WSGI application: all routes, and what is done before and after each request."""

from dataclasses import replace

from flask import Flask

from search.engines import Engine, open_engine
from search.errors import EngineError
from search.searcher import Searcher
from search.settings import Settings, Site, load_settings
from webui.api.description import description_blueprint
from webui.api.document_routes import document_blueprint
from webui.api.export_routes import export_blueprint
from webui.api.facet_routes import facet_blueprint
from webui.api.feed import feed_blueprint
from webui.api.healthz import health_blueprint
from webui.api.routes import api_blueprint
from webui.api.site_files import site_files_blueprint
from webui.compression import compress_answers
from webui.cors import allow_origins
from webui.error_handlers import register_error_handlers
from webui.hosts import check_hosts
from webui.i18n.offered import OfferedLanguages, say_in_readers_language
from webui.metrics.endpoints import note_endpoints
from webui.pages.routes import pages_blueprint
from webui.rendering import prepare_templates
from webui.request_limits import limit_requests
from webui.security import set_security_headers

__all__ = ["create_app"]


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The WSGI application: `gunicorn 'webui:create_app()'` or `flask --app webui run` serve it, too.

    By default the settings are those of `opis.toml` and the environment, and the engine is the one at
    `settings.index`. Raises SettingsError if a setting is invalid, EngineError if no index can be opened.
    """
    settings = settings or load_settings()
    opened = engine or open_engine(settings.index, settings.schema)
    searcher = Searcher(opened, settings.limits.query_cost)
    app = Flask(__name__)
    app.url_map.merge_slashes = False  # else // is redirected, to an address on the host that is claimed
    languages = OfferedLanguages(settings.site)
    assets = prepare_templates(app, _named(settings.site, searcher))
    app.register_blueprint(pages_blueprint(searcher, settings, f"{assets} {languages.version()}"))
    app.register_blueprint(api_blueprint(searcher, settings.site))
    app.register_blueprint(document_blueprint(searcher, settings.site))
    app.register_blueprint(feed_blueprint(searcher, settings.site))
    app.register_blueprint(description_blueprint(searcher.schema, settings.site))
    app.register_blueprint(site_files_blueprint(searcher, settings.site))
    app.register_blueprint(facet_blueprint(searcher, settings.site))
    app.register_blueprint(export_blueprint(searcher, settings))
    app.register_blueprint(health_blueprint(searcher))
    note_endpoints(app)
    register_error_handlers(app, settings.site.base_url)
    limit_requests(app, settings.limits.query_seconds)
    compress_answers(app)
    check_hosts(app, settings.site.base_url)
    allow_origins(app, settings.api.allow_origins)  # after those set below, of which it changes one
    set_security_headers(app)
    say_in_readers_language(app, languages)
    return app


def _named(site: Site, searcher: Searcher) -> Site:
    """The site as its pages name it: where no title is given, after the folder that was indexed."""
    if site.given_title:
        return site
    try:
        identity = searcher.identity()
    except EngineError:  # the pages will say so
        return site
    return replace(site, title=identity.name) if identity and identity.name else site
