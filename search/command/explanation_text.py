"""The explanation of an answer's scores as text for a terminal."""

from collections.abc import Iterator, Sequence

from search.analysis.stem import Stem, parts_of, stems_shown
from search.engines.explanation import AnswerExplanation
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Not, Or, Phrase, Query, Term
from search.request import SearchRequest


def explanation_text(explanation: AnswerExplanation) -> str:
    """The query as a tree, the request to the engine, and the parts of each hit's score."""
    lines = ["Query", *_tree(explanation.request.query, 1), "", "Request", *_request(explanation.request)]
    for number, (score, parts) in enumerate(explanation.scores, 1):
        lines += ["", f"{number:>3}. {score:.4f} by {explanation.engine}", *parts.lines(2)]
    return "\n".join(lines)


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
            yield f"{indent}{kind} {query}, {stems_shown(stem)}" + (f", {count} times" if count > 1 else "")
        case Exact(stem=stem):
            yield f"{indent}{kind} {query}, {stems_shown(stem)}"
        case Phrase(stems=stems):
            yield f"{indent}{kind} {query}, {_stems(stems) or 'which does not score'}"
        case AnyOf(alternatives):
            yield f"{indent}{kind} {query}: {' '.join(item.word for item in alternatives)}"
        case _:
            yield f"{indent}{kind} {query}"


def _stems(stems: Sequence[Stem]) -> str:
    return f"stems {' '.join('|'.join(parts_of(stem)) for stem in stems)}" if stems else ""


def _request(request: SearchRequest) -> Iterator[str]:
    yield f"  filters  {', '.join(map(str, request.filters)) or 'none'}"
    yield f"  facets   {', '.join(facet.field for facet in request.facets) or 'none'}"
    yield f"  sort     {request.sort}"
    yield f"  hits     {request.limit} from {request.offset + 1}"
