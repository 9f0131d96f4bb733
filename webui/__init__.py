"""The web front end: pages for people and a JSON API for programs, over one `Searcher`.

HTTP only: what a document is, and what matches, is the business of `search`.
"""

from hashlib import sha256
from pathlib import Path

from flask import Flask

from search.api import urls
from search.engines import Engine, open_engine
from search.searcher import Searcher
from search.settings import Settings
from webui.api.document_routes import document_blueprint
from webui.api.healthz import health_blueprint
from webui.api.routes import api_blueprint
from webui.error_handlers import register_error_handlers
from webui.formatting import number, plural
from webui.pages.routes import pages_blueprint
from webui.security import set_security_headers


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The WSGI application over an engine, by default the one at `settings.index`.

    Raises EngineError if there is no index to be opened there.
    """
    searcher = Searcher(engine or open_engine(settings.index, settings.schema))
    app = Flask(__name__)
    app.register_blueprint(pages_blueprint(searcher, settings))
    app.register_blueprint(api_blueprint(searcher))
    app.register_blueprint(document_blueprint(searcher))
    app.register_blueprint(health_blueprint(searcher))
    app.jinja_env.globals.update(site=settings.site, urls=urls, asset=_asset_urls(app))
    app.jinja_env.filters.update(number=number, plural=plural)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register_error_handlers(app)
    set_security_headers(app)
    return app


def _asset_urls(app: Flask) -> dict[str, str]:
    """The address of each static file, stamped with its content, so that browsers may keep it for good."""
    folder = Path(app.root_path) / "static"
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600
    return {
        file.name: f"/static/{file.name}?v={sha256(file.read_bytes()).hexdigest()[:10]}"
        for file in folder.iterdir()
    }
