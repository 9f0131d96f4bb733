"""The routes of the HTML pages."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from search.answering.coverage import Coverage
from search.api.receipt import receipt_now
from search.api.urls import ERRORS, ORIGINAL, SEARCH
from search.request import Question
from search.searcher import Searcher
from search.settings import Settings
from webui.components.date_form import date_form
from webui.log.searched import noted
from webui.lookups import document_or_404, facet_or_404
from webui.original_files import OriginalFiles
from webui.pages.about import about_page
from webui.pages.conditional import answer_conditionally
from webui.pages.document import document_page
from webui.pages.errors import errors_page
from webui.pages.facet import facet_page, read_listing
from webui.pages.find_box import FIND
from webui.pages.help import HelpPageCache
from webui.pages.home import home_page
from webui.pages.search import Archive, search_page
from webui.state import is_canonical, read_state

_VALUES = 5
"""Values of a facet, where the address asks for no other number."""


def pages_blueprint(searcher: Searcher, settings: Settings, assets: str = "") -> Blueprint:
    """The routes of all pages. Invalid parameters are reported and ignored, see `read_state`.

    `assets` tells one version of scripts, styles and catalogues from others.
    """
    pages = Blueprint("pages", __name__)
    schema = searcher.schema
    help_cache = HelpPageCache(searcher)
    originals = OriginalFiles(settings.site.files)
    answer_conditionally(pages, searcher, settings, assets)

    @pages.get("/")
    def home() -> str | AnyResponse:
        if request.args.get("q"):
            state, _ = read_state(request.args.items(multi=True), schema)
            return redirect(state.url)
        return render_template("home.html", page=home_page(searcher, settings.facets))

    @pages.get(SEARCH)
    def search() -> str | AnyResponse:
        return _search(searcher, settings)

    @pages.get("/facets/<name>")
    def facet(name: str) -> str:
        pairs = request.args.items(multi=True)
        listing, state, problems = read_listing(facet_or_404(name, schema), pairs, schema)
        answer = searcher.list_facet(listing)
        return render_template("facet.html", page=facet_page(state, answer, problems, schema))

    @pages.get("/documents/<doc_id>")
    def document(doc_id: str) -> str:
        shown = document_or_404(searcher, doc_id)
        state, problems = read_state(request.args.items(multi=True), schema)
        page = document_page(searcher, shown, state, problems, settings.site, request.args.get(FIND))
        return render_template("document.html", page=page, files=originals.links(shown))

    @pages.get("/documents/<doc_id>" + ORIGINAL)
    def original(doc_id: str) -> Response:
        shown = document_or_404(searcher, doc_id, suffix=ORIGINAL)
        return originals.open(shown, request.args.get("number", 1, int)).response()

    @pages.get("/about")
    def about() -> str:
        return render_template("about.html", page=about_page(searcher))

    @pages.get("/help")
    def help_() -> str:
        return render_template("help.html", page=help_cache.page())

    @pages.get(ERRORS)
    def errors() -> str:
        return render_template("errors.html", page=errors_page())

    return pages


def _search(searcher: Searcher, settings: Settings) -> str | AnyResponse:
    """The results page; what forms send and people write is led to the one address of its search."""
    schema = searcher.schema
    pairs = list(request.args.items(multi=True))
    state, problems = read_state(pairs, schema)
    dates = date_form(pairs, state, problems, schema)
    if not (is_canonical(pairs) or problems or dates.readings):
        return redirect(state.url)
    with searcher.reading():
        coverage = searcher.coverage()
        answer = noted(searcher.search(_with_facets(state.question, settings.facets, coverage)))
        receipt = receipt_now(answer, searcher.date_certainty(state.question), settings.site)
    is_default = state.question.facets == Question().facets
    chosen = settings.facets if is_default else state.question.facets
    archive = Archive(schema, settings.limits, coverage, chosen)
    page = search_page(state, answer, receipt, problems, dates, archive)
    return render_template("search.html", page=page)


def _with_facets(question: Question, facets: tuple[str, ...], coverage: Coverage) -> Question:
    """The question with the facets of a page: those that its URL names, or the settings, or all that divide.

    The date facet is requested for the selected date only (`zoom`).
    """
    question = replace(question, zoom=True)
    if question.facets != Question().facets:
        return question
    shown = facets or coverage.dividing
    limit = _VALUES if question.facet_limit == Question().facet_limit else question.facet_limit
    return replace(question, facets=shown, facet_limit=limit)
