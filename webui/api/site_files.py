"""What crawlers and browsers ask of every site: robots.txt, sitemap.xml, opensearch.xml, favicon.ico."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound

from search.api.urls import FAVICON, OPENSEARCH, ROBOTS, SITEMAP, sitemap_url
from search.discovery.opensearch_description import MEDIA_TYPE, opensearch_description
from search.discovery.sitemap import EVERY_DOCUMENT, part_count, sitemap, sitemap_index
from search.searcher import Searcher
from search.settings import Site
from webui.api.etag import with_etag

_NOT_FOR_CRAWLERS = ("/search?", "/search.atom", "/facets/", "/api/", "/documents/*?")
_XML = "application/xml; charset=utf-8"
_ICON = "favicon.svg"
_DAY = 24 * 3600


def site_files_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The routes of these files. A sitemap has absolute addresses: without `site.base_url` there is none."""
    files = Blueprint("site_files", __name__)

    @files.get(ROBOTS)
    def robots() -> Response:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_CRAWLERS)]
        if site.base_url:
            lines += ["", f"Sitemap: {site.base_url}{SITEMAP}"]
        return Response("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")

    @files.get(SITEMAP)
    def whole_sitemap() -> Response:
        return _sitemap(searcher, site)

    @files.get(sitemap_url("<part>"))
    def part_of_sitemap(part: str) -> Response:
        return _sitemap(searcher, site, part)

    @files.get(OPENSEARCH)
    def opensearch() -> Response:
        address = site.base_url or request.host_url.rstrip("/")
        return Response(opensearch_description(site, address), content_type=MEDIA_TYPE)

    @files.get(FAVICON)
    def favicon() -> Response:
        static = Path(current_app.root_path) / "static"
        return send_from_directory(static, _ICON, max_age=_DAY)  # its address has no hash of its content

    return files


def _sitemap(searcher: Searcher, site: Site, part: str = "") -> Response:
    """A part of the sitemap; without its number all of it, or its index where there are several parts."""
    if not site.base_url:
        raise NotFound("There is no sitemap: the public address of this site (site.base_url) is not set.")
    with ExitStack() as held:
        found = held.enter_context(searcher.export(EVERY_DOCUMENT))
        numbers = [str(number) for number in range(1, part_count(found.total) + 1)]
        if part and part not in numbers:
            raise NotFound(f"The sitemap has no part {part!r}; the last one is {numbers[-1]}.")

        def body() -> bytes | Iterable[bytes]:
            updated = found.index.updated
            if len(numbers) > 1 and not part:
                return sitemap_index(len(numbers), site.base_url, updated)
            return sitemap(found, site.base_url, updated, int(part or 1))

        response = with_etag(site, found.index.generation, f"sitemap {part}", body, _XML)
        response.automatically_set_content_length = False
        response.call_on_close(held.pop_all().close)
    return response
