"""The links by which a search is taken away: all its documents as a file, and its feed."""

from dataclasses import dataclass

from search.answer import Answer
from search.api.urls import export_url, feed_url
from search.export import EXPORTS
from webui.components.links import Link


@dataclass(frozen=True, slots=True)
class ExportLinks:
    """The files, none where there are more documents than the `limit` of a file; and the feed's address."""

    files: tuple[Link, ...]
    limit: int
    feed_url: str


def export_links(answer: Answer, limit: int) -> ExportLinks:
    """The links of an answer, where a file can have `limit` documents, or any number if that is 0."""
    question = answer.question
    formats = () if 0 < limit < answer.total else EXPORTS.values()
    files = (Link(one.label, export_url(question, one.name)) for one in formats)
    return ExportLinks(tuple(files), limit, feed_url(question))
