"""An answer, and the explanation of its scores, as text for a terminal."""

from collections.abc import Iterator

import click

from search.answer import Answer, DocumentHit, Highlight, Interpretation
from search.engines.explanation import AnswerExplanation
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term
from search.request import SearchRequest
from search.results import DateFacet, Facet


def answer_text(answer: Answer, *, show_facets: bool) -> str:
    """The hits with their passages; facets only if they were asked for by name."""
    lines = [_headline(answer)]
    lines += [f"  note: {diagnostic.message}" for diagnostic in answer.query.diagnostics]
    lines += [f"  {_interpretation(item, answer)}" for item in answer.query.interpretations]
    if answer.suggestion:
        lines.append(f"  Did you mean: {answer.suggestion}")
    for number, hit in enumerate(answer.hits, 1):
        lines += ["", *_hit(number, hit)]
    if offer := answer.similar_spellings:
        lines += ["", f"In similar spellings of every word, {offer.count:,}: {offer.question.text}"]
    if answer.more:
        documents = "1 more document" if answer.more.total == 1 else f"{answer.more.total:,} more documents"
        shown = len(answer.more.hits)
        first = f", the first {shown}" if answer.more.total > shown else ""
        lines += ["", f"{documents} with some of these words{first}"]
        for number, hit in enumerate(answer.more.hits, answer.total + 1):
            lines += ["", *_hit(number, hit)]
    for facet in answer.facets if show_facets else ():
        lines += ["", *_facet(facet)]
    return "\n".join(lines)


def explanation_text(explanation: AnswerExplanation) -> str:
    """The query as a tree, the request to the engine, and the parts of each hit's score."""
    lines = ["Query", *_tree(explanation.request.query, 1), "", "Request", *_request(explanation.request)]
    for number, (score, parts) in enumerate(explanation.scores, 1):
        lines += ["", f"{number:>3}. {score:.4f} by {explanation.engine}", *parts.lines(2)]
    return "\n".join(lines)


def _headline(answer: Answer) -> str:
    documents = "1 document" if answer.total == 1 else f"{answer.total:,} documents"
    shown = f", the first {len(answer.hits)}" if answer.total > len(answer.hits) else ""
    relaxed = " with some of these words; 0 with all" if answer.query.relaxed else ""
    return f"{documents}{relaxed}{shown}"


def _interpretation(item: Interpretation, answer: Answer) -> str:
    which = f"of {item.text}" if item.kind == "date" else item.text
    place = "come first" if answer.prefers_interpretations else "are among these"
    return f"documents {which} {place}: {item.count:,}"


def _hit(number: int, hit: DocumentHit) -> Iterator[str]:
    document = hit.document
    titles = [_marked(highlight) for highlight in hit.highlights if highlight.field == "title"]
    date = document.date.text if document.date else ""
    yield f"{number:>3}. {titles[0] if titles else document.title}"
    if origin := " · ".join(filter(None, (date, *document.authors))):
        yield f"     {origin}"
    yield f"     {document.id}"
    for highlight in hit.highlights:
        if highlight.field != "title":
            yield f"       {_marked(highlight)}"


def _facet(facet: Facet | DateFacet) -> Iterator[str]:
    yield facet.field.capitalize()
    for value in facet.values:
        yield f"  {value.count:>6,}  {value.value}"
    if facet.missing:
        yield f"  {facet.missing:>6,}  (none)"


def _marked(highlight: Highlight) -> str:
    """The text with its matches in bold, which click drops where the output is no terminal."""
    return highlight.render(str, lambda text: click.style(text, bold=True))


def _tree(query: Query, depth: int) -> Iterator[str]:
    """A query as one node a line, children indented below their parent."""
    kind, indent = type(query).__name__, "  " * depth
    match query:
        case And(children) | Or(children):
            yield f"{indent}{kind}"
            for child in children:
                yield from _tree(child, depth + 1)
        case AtLeast(children, least):
            yield f"{indent}{kind} {least}"
            for child in children:
                yield from _tree(child, depth + 1)
        case Boost(child, preferred, bonus):
            yield f"{indent}{kind} {bonus:.5g} for {preferred}"
            yield from _tree(child, depth + 1)
        case Not(child):
            yield f"{indent}{kind}"
            yield from _tree(child, depth + 1)
        case Term(stem, count=count):
            yield f"{indent}{kind} {query}, stem {stem}" + (f", {count} times" if count > 1 else "")
        case Exact(stem=stem):
            yield f"{indent}{kind} {query}, stem {stem}"
        case Phrase(stems=stems):
            yield f"{indent}{kind} {query}, {'stems ' + ' '.join(stems) if stems else 'which does not score'}"
        case AnyOf(alternatives):
            yield f"{indent}{kind} {query}: {' '.join(item.word for item in alternatives)}"
        case _:
            yield f"{indent}{kind} {query}"


def _request(request: SearchRequest) -> Iterator[str]:
    yield f"  filters  {', '.join(map(str, request.filters)) or 'none'}"
    yield f"  facets   {', '.join(facet.field for facet in request.facets) or 'none'}"
    yield f"  sort     {request.sort}"
    yield f"  hits     {request.limit} from {request.offset + 1}"
