"""What of a hit to show: the title marked, the best passages, and any other field that matched."""

from search.document import Document
from search.fragments import fragments, opening
from search.highlight import Reading, find, mark, wanted_in
from search.query import Query, leaves
from search.results import Highlight
from search.schema import Schema

MAX_PASSAGES = 3

_SHOWN_APART = {"title", "summary", "body"}


def passages(document: Document, query: Query, schema: Schema) -> tuple[Highlight, ...]:
    """The highlights of one hit, title first; never empty.

    Where neither summary nor body holds a match, an opening passage with nothing marked is among
    them, and fields such as the author say that they matched.
    """
    analyzer = schema.analyzer
    title = mark("title", document.title, wanted_in(query, "title"), analyzer)
    summary = find(document.summary, wanted_in(query, "summary"), analyzer)
    body = find(document.body, wanted_in(query, "body"), analyzer)
    found = fragments("summary", document.summary, summary, 1)
    found += fragments("body", document.body, body, MAX_PASSAGES - len(found))
    others = _others(document, query, schema, only_named=bool(found))
    if not found:
        found = [opening("summary", document.summary) if document.summary else opening("body", document.body)]
    return (*([title] if title.ranges else []), *others, *found)


def read(document: Document, query: Query, schema: Schema) -> Reading:
    """Everything in a document that a query matches."""
    texts = {
        "title": document.title,
        "summary": document.summary,
        "citation": document.citation,
        "body": document.body,
    }
    found = {name: find(text, wanted_in(query, name), schema.analyzer) for name, text in texts.items()}
    return Reading(body=found.pop("body"), fields=found)


def _others(document: Document, query: Query, schema: Schema, *, only_named: bool) -> list[Highlight]:
    named = {name for leaf in leaves(query) if (name := getattr(leaf, "field", ""))}
    marked = [
        mark(field.name, value, wanted_in(query, field.name), schema.analyzer)
        for field in schema.fields
        if field.name not in _SHOWN_APART and (field.name in named or (field.weight and not only_named))
        for value in field.values(document)
    ]
    return [highlight for highlight in marked if highlight.ranges]
