"""An answer as text for a terminal."""

from collections.abc import Iterator

import click

from search.answer import Answer, DocumentHit, Interpretation
from search.command.layout import columns, marked, paragraph
from search.command.options import Again
from search.command.zero_text import nothing_found, other_searches
from search.one_line import one_line
from search.parameters.question import MAX_WINDOW
from search.results import DateFacet, Facet
from search.schema import Schema
from search.wording.counts import plural
from search.wording.dates import date_note, date_text, is_decade
from search.wording.facets import facet_label, missing_label
from search.wording.filters import filter_text
from search.wording.options import option_texts

_NUMBER, _PASSAGE = 5, 7  # columns before a title and a passage


def answer_text(answer: Answer, schema: Schema, again: Again, *, show_facets: bool) -> str:
    """The hits with their passages, and how to ask `again`; facets only if they were asked for by name."""
    return "\n".join(_lines(answer, schema, again, show_facets=show_facets))


def _lines(answer: Answer, schema: Schema, again: Again, *, show_facets: bool) -> Iterator[str]:
    question, width = answer.question, columns()
    first = (question.page - 1) * question.per_page + 1
    yield click.style(_headline(answer, first), bold=True)
    for notice in _notices(answer, schema, again):
        yield from paragraph(notice, 2, width)
    if not answer.total:
        yield from nothing_found(answer, schema, again, width)
    for number, hit in enumerate(answer.hits, first):
        yield from ("", *_hit(number, hit, width))
    if offer := answer.similar_spellings:
        yield ""
        yield f"In similar spellings of every word, {plural(offer.count, 'document')}:"
        yield f"  {again(offer.question)}"
    if answer.more and question.page == answer.pages:
        yield from ("", *_more(answer, width))
    for facet in answer.facets if show_facets else ():
        yield from ("", *_facet(facet, schema))
    if answer.hits and question.page < answer.pages:
        yield ""
        if (question.page + 1) * question.per_page > MAX_WINDOW:
            yield f"Page {question.page:,} of {answer.pages:,}; all of them: --format csv"
        else:
            yield f"Page {question.page:,} of {answer.pages:,}; the next: --page {question.page + 1}"


def _headline(answer: Answer, first: int) -> str:
    last = first + len(answer.hits) - 1
    if not answer.total:
        return "No document matches"
    documents = plural(answer.total, "document")
    if answer.query.relaxed:
        documents += " with some of these words, 0 with all"
    if not answer.hits:
        return f"{documents}; there is no page {answer.question.page:,}, the last is {answer.pages:,}"
    if answer.total == len(answer.hits):
        return documents
    here = f"are {first:,} to {last:,}" if last > first else f"is {first:,}"
    return f"{documents}; here {here}"


def _notices(answer: Answer, schema: Schema, again: Again) -> Iterator[str]:
    """What stands above the results: how the search was understood and narrowed, and what it may mean."""
    question, query = answer.question, answer.query
    narrowed = [filter_text(item, schema) for item in question.filters]
    if narrowed or option_texts(question):
        yield one_line(" · ".join([*narrowed, *option_texts(question).values()]))
    if answer.suggestion:
        yield f"Did you mean: {one_line(answer.suggestion)}"
    if query.relaxed and answer.explain_zero:
        yield "No document has all the words; these have some of them, those with most of them first."
        counts = (f"{one_line(term.term)} {term.count:,}" for term in answer.explain_zero.terms)
        yield f"Each by itself: {', '.join(counts)}"
        yield from other_searches(answer, schema, again)
    for diagnostic in query.diagnostics:
        yield f"Note: {one_line(diagnostic.message)}"
    for item in query.interpretations:
        if item.count < answer.total:
            yield _interpretation(item, answer, again)
    if query.expanded:
        also = (f"{', '.join(item.to)} for {item.source}" for item in query.expanded)
        yield f"Also searched: {one_line('; '.join(also))} (not so with --expand false)"


def _interpretation(item: Interpretation, answer: Answer, again: Again) -> str:
    place = ""
    if answer.prefers_interpretations:
        place = "; it comes first" if item.count == 1 else "; these come first"
    which = f"{plural(item.count, 'document')} {one_line(_which(item))}{place}"
    return f"{which}: {again(item.question)}"


def _which(item: Interpretation) -> str:
    """Which documents fit an interpretation, to follow "documents": `of 28 October 1962`, `from A to B`."""
    if item.kind != "date":
        return item.text
    date = item.filters[0].value
    return f"of {'the ' if is_decade(date) else ''}{date_text(date)}"


def _more(answer: Answer, width: int) -> Iterator[str]:
    assert answer.more is not None  # noqa: S101 - asked by the caller
    shown = len(answer.more.hits)
    first = f"; here are the first {shown}" if answer.more.total > shown else ""
    headline = f"{plural(answer.more.total, 'more document')} with some of these words{first}"
    yield click.style(headline, bold=True)
    for number, hit in enumerate(answer.more.hits, answer.total + 1):
        yield from ("", *_hit(number, hit, width))


def _hit(number: int, hit: DocumentHit, width: int) -> Iterator[str]:
    document = hit.document
    yield from paragraph(marked(hit.title), _NUMBER, width, f"{number:>3}. ")
    date = "Undated"
    if document.date:
        note = date_note(document.date)
        date = f"{document.date.text} ({note})" if note else document.date.text
    yield from paragraph(one_line(" · ".join([date, *document.authors])), _NUMBER, width)
    for highlight in hit.highlights:
        if highlight.field != "title" and (text := marked(highlight)):
            yield from paragraph(text, _PASSAGE + 2, width, " " * _PASSAGE)
    yield click.style(f"{' ' * _NUMBER}{document.id}", dim=True)


def _facet(facet: Facet | DateFacet, schema: Schema) -> Iterator[str]:
    yield click.style(facet_label(facet.field, schema), bold=True)
    for value in facet.values:
        possible = f" (and {value.possible:,} possibly)" if value.possible else ""
        yield f"  {value.count:>6,}  {one_line(value.value)}{possible}"
    if facet.missing:
        yield f"  {facet.missing:>6,}  {missing_label(facet.field)}"
    if isinstance(facet, Facet) and (unlisted := facet.distinct - len(facet.values)) > 0:
        yield f"          and {plural(unlisted, 'other value')}: --facet-limit"
