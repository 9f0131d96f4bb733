"""The feed of a search, for feed readers."""

from flask import Blueprint, Response, request

from search.api.endpoints import ATOM
from search.api.urls import FEED, feed_url
from search.feed.feed import Feed, feed_question
from search.parameters.question import parse_parameters
from search.searcher import Searcher
from search.settings import Site
from webui.api.etag import with_etag
from webui.log.searched import noted


def feed_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The route of feeds. It refuses invalid parameters (ParameterError): no feed reader can show a form."""
    feeds = Blueprint("feed", __name__)

    @feeds.get(FEED)
    def feed() -> Response:
        question = parse_parameters(request.args.items(multi=True), searcher.schema)
        address = site.base_url or request.host_url.rstrip("/")
        generation = searcher.info().generation  # before the answer: the tag is never newer than the body

        def xml() -> bytes:
            answer = noted(searcher.search(feed_question(question)))
            return Feed(question, answer, searcher.identity(), site, address, searcher.schema).to_xml()

        return with_etag(site, generation, address + feed_url(question), xml, ATOM)

    return feeds
