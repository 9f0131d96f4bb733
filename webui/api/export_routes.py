"""All documents of a search as a file, which is streamed.

The stream has no ETag: it is not kept, since it may be hundreds of megabytes. It ends before its end where an
error or the server stops it; then the last, empty chunk is missing (RFC 9112, 8), which clients report.
"""

from contextlib import ExitStack
from itertools import chain

from flask import Blueprint, Response, request

from search.api.urls import API, EXPORT
from search.errors import ExportTooLarge
from search.export import EXPORTS, ExportContext, file_name
from search.parameters.export import parse_export
from search.searcher import Searcher
from search.settings import Settings
from webui.api.attachment import attachment
from webui.log.searched import noted


def export_blueprint(searcher: Searcher, settings: Settings) -> Blueprint:
    """The route /api/v1/export. It refuses invalid parameters (ParameterError), and says the limit."""
    api = Blueprint("export", __name__, url_prefix=API)
    limit = settings.limits.export

    @api.get(EXPORT)
    def export() -> Response:
        question, name = parse_export(request.args.items(multi=True), searcher.schema)
        form, context = EXPORTS[name], ExportContext.today(settings.site, searcher.document)
        with ExitStack() as held:
            found = noted(held.enter_context(searcher.export(question)))
            if limit and found.total > limit:
                raise ExportTooLarge(found.total, limit)
            response = Response(content_type=form.media_type)
            response.automatically_set_content_length = False
            response.headers["Opis-Total"] = str(found.total)
            response.headers["Opis-Relaxed"] = str(found.query.relaxed).lower()
            response.headers["Opis-Generation"] = found.index.generation
            response.headers["Content-Disposition"] = attachment(
                file_name(question, context.day, form.suffix)
            )
            response.cache_control.no_store = True
            if request.method == "GET":
                blocks = form.write(found, context)
                first = next(blocks, b"")  # an error until then has its own answer
                response.response = chain([first], blocks)
                response.call_on_close(held.pop_all().close)
        return response

    return api
