"""What of a hit to show: the title marked, the best passages, and any other field that matched."""

from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import or_

from search.document import Document
from search.highlighting.fragmenter import FRAGMENT, fragments, opening, whole
from search.highlighting.matcher import Match, Reading, find, matches
from search.highlighting.query_terms import Wanted, wanted_in
from search.query.tree import Query
from search.results import CharRange, Highlight
from search.schema import Schema

MAX_PASSAGES = 3
WHOLE = 2 * FRAGMENT
"""Characters up to which a summary is shown as a whole."""

_SHOWN_APART = {"title", "summary", "body"}


def passages(document: Document, query: Query, schema: Schema) -> tuple[Highlight, ...]:
    """The highlights of one hit, title first; never empty.

    Other fields, such as the author, are among them if the query names them or they hold a word of it
    that title, summary and body do not. Where neither summary nor body holds a match, every field that
    matched is, and an opening passage with nothing marked.
    """
    wanted = _wanted(query, schema)
    title = matches(document.title, wanted["title"], schema.analyzer)
    summary = matches(document.summary, wanted["summary"], schema.analyzer)
    body = matches(document.body, wanted["body"], schema.analyzer)
    found: list[Highlight] = []
    if summary:
        found += _of_summary(document.summary, summary)
    found += fragments("body", document.body, _ranges(body), MAX_PASSAGES - len(found), _words(body))
    shown = reduce(or_, {bits for _, _, bits in (*title, *summary, *body)}, 0) if found else 0
    others = _others(document, query, schema, shown)
    if not found:
        found = _of_summary(document.summary, []) if document.summary else [opening("body", document.body)]
    heading = [Highlight("title", document.title, tuple(_ranges(title)))] if title else []
    return (*heading, *others, *found)


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


@lru_cache(maxsize=32)
def _wanted(query: Query, schema: Schema) -> dict[str, Wanted]:
    """What a query marks in each field: the hits of one answer are shown one after the other."""
    return {field.name: wanted_in(query, field.name, named_only=not field.weight) for field in schema.fields}


def _of_summary(text: str, found: list[Match]) -> list[Highlight]:
    if len(text) <= WHOLE:
        return [whole("summary", text, _ranges(found))]
    return fragments("summary", text, _ranges(found), 1, _words(found)) or [opening("summary", text)]


def _others(document: Document, query: Query, schema: Schema, shown: int) -> Iterator[Highlight]:
    """The other fields with a word that is not among those `shown`, or that the query wants of them."""
    wanted = _wanted(query, schema)
    for field in schema.fields:
        here = wanted[field.name]
        if field.name in _SHOWN_APART or not here.bits & ~shown:
            continue
        for value in field.values(document):
            found = matches(value, here, schema.analyzer)
            if any(bits & ~shown for _, _, bits in found):
                yield Highlight(field.name, value, tuple(_ranges(found)))


def _ranges(found: list[Match]) -> list[CharRange]:
    return [(start, end) for start, end, _ in found]


def _words(found: list[Match]) -> list[int]:
    return [bits for _, _, bits in found]
