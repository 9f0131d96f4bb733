"""The pages for people."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from search.api.urls import SEARCH, document_url
from search.request import Question
from search.searcher import Searcher
from search.settings import Settings
from webui.components.find_box import FIND
from webui.pages.about import about_page
from webui.pages.document import document_page
from webui.pages.facet import facet_named, facet_page, read_listing
from webui.pages.help import Help
from webui.pages.home import home_page
from webui.pages.search import search_page
from webui.state import SearchState, read_state

_ROBOTS = "User-agent: *\nDisallow: /search?\nDisallow: /facets/\nDisallow: /api/\nDisallow: /documents/*?\n"


def pages_blueprint(searcher: Searcher, settings: Settings) -> Blueprint:
    """The routes of the pages: lenient about their URLs, see `read_state`."""
    pages = Blueprint("pages", __name__)
    schema = searcher.schema
    helping = Help(searcher)

    @pages.get("/")
    def home() -> str | AnyResponse:
        if request.args.get("q"):
            state, _ = read_state(request.args.items(multi=True), schema)
            return redirect(state.url)
        return render_template("home.html", page=home_page(searcher, settings.facets))

    @pages.get(SEARCH)
    def search() -> str:
        state, problems = read_state(request.args.items(multi=True), schema)
        answer = searcher.search(_with_facets(state, settings))
        return render_template("search.html", page=search_page(state, answer, problems, schema))

    @pages.get("/facets/<name>")
    def facet(name: str) -> str:
        pairs = request.args.items(multi=True)
        listing, state, problems = read_listing(facet_named(name, schema), pairs, schema)
        answer = searcher.list_facet(listing)
        return render_template("facet.html", page=facet_page(state, answer, problems, schema))

    @pages.get("/documents/<doc_id>")
    def document(doc_id: str) -> str | AnyResponse:
        found = searcher.document(doc_id)
        if found is None:
            return moved(searcher, doc_id, "")
        state, problems = read_state(request.args.items(multi=True), schema)
        page = document_page(searcher, found, state, problems, request.args.get(FIND))
        return render_template("document.html", page=page)

    @pages.get("/about")
    def about() -> str:
        return render_template("about.html", page=about_page(searcher))

    @pages.get("/help")
    def how_to_search() -> str:
        return render_template("help.html", page=helping.page())

    @pages.get("/robots.txt")
    def robots() -> Response:
        return Response(_ROBOTS, content_type="text/plain; charset=utf-8")

    return pages


def moved(searcher: Searcher, doc_id: str, prefix: str, rest: str = "") -> AnyResponse:
    """The way to a document that has another address now, or to the `rest` below it.

    Raises NotFound if nothing is known of it.
    """
    if (new := searcher.moved_to(doc_id)) is None:
        raise NotFound(f"There is no document {doc_id!r}.")
    query = request.query_string.decode("utf-8", "replace")
    return redirect(prefix + document_url(new) + rest + (f"?{query}" if query else ""), 301)


def _with_facets(state: SearchState, settings: Settings) -> Question:
    """The facets of the settings, unless the URL names others; that of dates divides the selected one."""
    asked = replace(state.question, zoom=True)
    return replace(asked, facets=settings.facets) if asked.facets == Question().facets else asked
