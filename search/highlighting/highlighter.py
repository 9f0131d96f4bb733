"""Which highlights does a hit get? Its title, the best fragments, and other fields that matched."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from search.answer import Highlight
from search.document import Document
from search.highlighting.cutter import FRAGMENT_SIZE
from search.highlighting.fragmenter import fragments, opening, whole
from search.highlighting.matcher import DocumentMatches, match_ranges, matches, ranges_of
from search.highlighting.query_terms import query_terms, terms_by_field
from search.highlighting.spans import Match
from search.query.tree import Query
from search.schema import EXTRA, Schema

MAX_FRAGMENTS = 3
"""Fragments of summary and body that a hit has at most."""
WHOLE_SUMMARY = 2 * FRAGMENT_SIZE
"""Characters up to which a summary is one fragment."""

_MAIN_FIELDS = {"title", "summary", "body"}


class Highlighter:
    """Highlights the hits of one query, whose terms are worked out once for all of them."""

    def __init__(self, query: Query, schema: Schema) -> None:
        self._analyzer_of = schema.analyzer_of
        self._terms = terms = terms_by_field(query, schema.fields)
        self._others = [
            (field, terms[field.name])
            for field in schema.fields
            if field.name not in _MAIN_FIELDS and terms[field.name]
        ]

    def highlights(self, document: Document) -> tuple[Highlight, ...]:
        """The highlights of one hit (see `marked`)."""
        return self.marked(document)[0]

    def marked(self, document: Document) -> tuple[tuple[Highlight, ...], int]:
        """The highlights of one hit, title first and never none, and the number of matches in its body.

        Other fields, such as the author, get one if the query names them, or if they match a query word that
        title, summary and body do not. If neither summary nor body matches, every field that matches gets
        one, and the opening of the document is its fragment.
        """
        text_language = document.text_language
        analyzer, terms = self._analyzer_of(text_language), self._terms
        title = matches(document.title, terms["title"], analyzer)
        summary = matches(document.summary, terms["summary"], analyzer)
        body = matches(document.body, terms["body"], analyzer)
        found = _of_text("summary", document.summary, summary, text_language) if summary else []
        most = MAX_FRAGMENTS - len(found)
        found += fragments("body", document.body, body, most, text_language)
        shown = reduce(or_, {bits for _, _, bits in (*title, *summary, *body)}, 0) if found else 0
        others = self._of_other_fields(document, shown)
        heading = [Highlight("title", document.title, tuple(ranges_of(title)))] if title else []
        return (*heading, *others, *(found or _opening(document))), len(body)

    def _of_other_fields(self, document: Document, shown: int) -> Iterator[Highlight]:
        """The values of other fields that match a query word not among those `shown` (bits)."""
        for field, terms in self._others:
            if not terms.bits & ~shown:
                continue
            # Fields that are not ranked are no text: they are analysed in the default language.
            analyzer = self._analyzer_of(document.text_language if field.weight else "")
            for name, value in field.named_values(document):
                found = matches(value, terms, analyzer)
                if any(bits & ~shown for _, _, bits in found):
                    yield from _of_text(name, value, found, document.text_language)


def document_matches(document: Document, query: Query, schema: Schema) -> DocumentMatches:
    """All matches of a query in the title, summary, citation, body and other details of a document."""
    texts = {
        "title": document.title,
        "summary": document.summary,
        "citation": document.citation,
        "body": document.body,
    }
    analyzer = schema.analyzer_of(document.text_language)
    found = {name: match_ranges(text, query_terms(query, name), analyzer) for name, text in texts.items()}
    details = query_terms(query, EXTRA)
    for key, text in document.other_details.items():
        if ranges := match_ranges(text, details, analyzer):
            found[f"{EXTRA}.{key}"] = ranges
    return DocumentMatches(body=found.pop("body"), fields=found)


def _opening(document: Document) -> list[Highlight]:
    """What is shown of a document of which neither summary nor body matches."""
    if 0 < len(document.summary) <= WHOLE_SUMMARY:
        return [whole("summary", document.summary, [])]
    name, text = ("summary", document.summary) if document.summary else ("body", document.body)
    return [opening(name, text, document.text_language)]


def _of_text(name: str, text: str, found: list[Match], text_language: str) -> list[Highlight]:
    """A text that matches: the whole of a short one, else its best fragment."""
    if len(text) <= WHOLE_SUMMARY:
        return [whole(name, text, found)]
    return fragments(name, text, found, 1, text_language)
