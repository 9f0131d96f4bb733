"""The tools that search: documents that match, and the values of a facet."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from search.answer import Answer, DocumentHit, UnderstoodQuery
from search.api.facet_payload import listing_payload
from search.api.payload import answer_payload
from search.archive import Archive
from search.assistant.quotation import quoted, visible_line
from search.assistant.tool_answer import ToolAnswer, identified, listed, site_of, stated
from search.parameters.facet_listing import parse_listing
from search.parameters.filters import NO_FACET
from search.parameters.question import parse_parameters
from search.request import DATE
from search.results import DateFacet, FacetValue
from search.wording.counts import plural
from search.wording.filters import search_title
from search.wording.zero_results import offer_text, reason

# A facet has a tool of its own, and another page is asked for by its number.
_OMITTED = {"facets", "initials", "links", "took_ms"}


def search(archive: Archive, pairs: Sequence[tuple[str, str]]) -> ToolAnswer:
    """A page of the documents that a search finds."""
    question = parse_parameters([*pairs, ("facet", NO_FACET)], archive.searcher.schema)
    answer = archive.searcher.search(question)
    payload: dict[str, Any] = msgspec.to_builtins(answer_payload(answer, site_of(archive)))
    payload["hits"] = _hits(archive, answer.hits, payload["hits"])
    if answer.more:
        payload["more"]["hits"] = _hits(archive, answer.more.hits, payload["more"]["hits"])
    lines = [*_headline(answer), *_understood(answer.query), *_help(answer)]
    if answer.hits:
        first = (question.page - 1) * question.per_page + 1
        hits = (_hit(archive, hit, number) for number, hit in enumerate(answer.hits, first))
        lines.append(quoted("\n\n".join(hits)))
    return ToolAnswer("\n".join([*lines, *_next(answer)]), stated(payload, _OMITTED))


def list_values(archive: Archive, pairs: Sequence[tuple[str, str]]) -> ToolAnswer:
    """A page of the values of a facet, with the number of documents of each."""
    schema, name = archive.searcher.schema, dict(pairs)["facet"]
    listing = parse_listing(name, [pair for pair in pairs if pair[0] != "facet"], schema)
    answer = archive.searcher.list_facet(listing)
    facet = answer.facet
    over = visible_line(search_title(listing.question, schema))
    lines = [
        f"{name}: {plural(facet.total, 'value')} over “{over}”, "
        f"page {listing.page} of {max(answer.pages, 1):,}; {plural(facet.missing, 'document')} without any.",
        *_understood(answer.query),
    ]
    if any(item.field == name for item in listing.question.filters):
        lines.append("A filter on this facet itself is left out, so that its other values are counted, too.")
    if facet.values:
        lines.append(quoted("\n".join(map(_value, facet.values))))
    if isinstance(facet, DateFacet) and any(value.possible for value in facet.values):
        lines.append("“+ up to” counts documents whose date may lie in that time.")
    if listing.page < answer.pages:
        lines.append(f"More values: list_facet_values with page={listing.page + 1}.")
    payload: dict[str, Any] = msgspec.to_builtins(listing_payload(answer, site_of(archive)))
    return ToolAnswer("\n".join(lines), stated(payload, _OMITTED))


def _hits(archive: Archive, hits: Sequence[DocumentHit], payloads: Sequence[Any]) -> list[Any]:
    """The hits as data, each with its citation and permalink in place of its address."""
    for payload in payloads:
        for highlight in payload["highlights"]:
            del highlight["html"]
    return [
        {key: value for key, value in payload.items() if key != "url"} | identified(archive, hit.document)
        for hit, payload in zip(hits, payloads, strict=True)
    ]


def _headline(answer: Answer) -> Iterator[str]:
    found, page = plural(answer.total, "document"), answer.question.page
    if answer.query.relaxed:
        found = f"No document has all the words; {found} with some of them, those with most words first"
    if answer.hits:
        first = (page - 1) * answer.question.per_page
        yield f"{found}; hits {first + 1} to {first + len(answer.hits)}, page {page} of {answer.pages:,}."
    else:
        yield f"{found}; page {page} has none of them." if answer.total else f"{found}."
    if answer.explain_zero:
        yield visible_line(reason(answer.explain_zero, answer), 1000)
    if not answer.total and any(item.op == "is" and item.field != DATE for item in answer.question.filters):
        yield "How a value is written here, list_facet_values tells, with the beginning of a word as prefix."


def _understood(query: UnderstoodQuery) -> Iterator[str]:
    if query.understood != query.text and query.text.strip():
        yield f"Understood as: {visible_line(query.understood, 500)}"
    for diagnostic in query.diagnostics:
        yield f"Note: {visible_line(diagnostic.message)}"
    for expansion in query.expanded[:10]:
        yield f"{visible_line(expansion.source)} was searched with: {visible_line(', '.join(expansion.to))}"
    for item in query.interpretations[:10]:
        filters = visible_line(", ".join(f"{one.field}={one.value}" for one in item.filters))
        found = plural(item.count, "document")
        yield f"“{visible_line(item.text)}” may be a {item.kind}, which {found} fit; as filters: {filters}"


def _help(answer: Answer) -> Iterator[str]:
    if answer.suggestion:
        yield f"Did you mean: {visible_line(answer.suggestion)}"
    if spelled := answer.similar_spellings:
        found = plural(spelled.count, "document")
        yield f"In similar spellings of every word, {found}: {visible_line(spelled.question.text)}"
    for offer in answer.explain_zero.offers if answer.explain_zero else ():
        yield f"{plural(offer.count, 'document')} {visible_line(offer_text(offer))}"


def _hit(archive: Archive, hit: DocumentHit, number: int) -> str:
    passages = [item.render(str, _marked) for item in hit.highlights if item.field != "title"]
    return listed(
        archive, hit.document, number, *(f"passage: {visible_line(text, 600)}" for text in passages)
    )


def _marked(text: str) -> str:
    return f"**{text}**"


def _next(answer: Answer) -> Iterator[str]:
    if answer.more:
        yield (
            f"{plural(answer.more.total, 'more document')} with some of these words: search with match=most."
        )
    if answer.question.page < answer.pages:
        yield f"More hits: search with page={answer.question.page + 1}."
    if answer.hits:
        yield "Read one: read_document with its id. Its matches: find_in_document with its id and q."


def _value(item: FacetValue) -> str:
    maybe = f" + up to {item.possible:,}" if item.possible else ""
    return f"{item.count:,}{maybe}  {visible_line(item.value)}"
