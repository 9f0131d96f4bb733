"""Why no document matches all of a search, in sentences, and other searches that find some."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.answer import Answer, Offer, OfferKind, ZeroExplanation
from search.request import Question
from search.schema import Schema
from webui.formatting import date_text, filter_text, plural
from webui.state import SearchState

_OFFER_TEXTS: dict[OfferKind, str] = {
    "words": "with the words of the phrase standing anywhere",
    "any": "with any of the words",
    "included": "without excluding",
    "anywhere": "mentioning",
    "wider": "in",
    "undated": "with the undated documents",
    "overlap": "with dates that only touch those asked for",
    "any-date": "of any date",
    "unfiltered": "without any filter",
    "spellings": "in similar spellings of every word",
}


@dataclass(frozen=True, slots=True)
class AlternativeSearch:
    """Another search and how many documents it finds.

    `text` says how it differs, `target` names the term or filter that it changes: "without", "Author: Mao".
    """

    text: str
    target: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The `reason` in sentences, each of the query's `terms` searched alone, and the `alternatives`.

    `without_filters` is the whole query without its filters; None if there are no filters, or if the
    query is a single term, which then stands among the terms.
    """

    reason: str
    terms: tuple[AlternativeSearch, ...]
    without_filters: AlternativeSearch | None
    alternatives: tuple[AlternativeSearch, ...]


def explain_zero_results(answer: Answer, state: SearchState, schema: Schema) -> Explanation | None:
    """The explanation of an answer whose query was relaxed or that is empty; None for any other."""
    zero = answer.explain_zero
    if zero is None:
        return None
    question = answer.question
    unfiltered = SearchState(Question(text=question.text, match=question.match, expand=question.expand))
    alternatives = [*_filters_dropped(zero, state, schema), *(offered(offer, state) for offer in zero.offers)]
    if not any(alternative.count for alternative in alternatives):
        alternatives = []  # the filters are not the reason
    if answer.similar_spellings:
        alternatives.append(offered(answer.similar_spellings, state))
    composed = len(zero.terms) > 1 or any(term.count != zero.together for term in zero.terms)
    return Explanation(
        reason=" ".join(_sentences(zero, answer)),
        terms=tuple(
            AlternativeSearch("", term.term, SearchState(Question(text=term.term)).url, term.count)
            for term in zero.terms
        ),
        without_filters=AlternativeSearch("", "", unfiltered.url, zero.together)
        if zero.filters and composed
        else None,
        alternatives=tuple(alternatives),
    )


def _filters_dropped(
    zero: ZeroExplanation, state: SearchState, schema: Schema
) -> Iterator[AlternativeSearch]:
    for item in zero.filters:
        target = filter_text(item.filter, schema)
        yield AlternativeSearch("without", target, state.removing(item.filter).url, item.count_without)


def offered(offer: Offer, state: SearchState) -> AlternativeSearch:
    """A search that was offered, as pages show it; its URL names no facets that the page's does not."""
    target = date_text(offer.what) if offer.kind == "wider" else offer.what
    target = f"the {target}" if offer.kind == "wider" and target.endswith("s") else target
    changed = SearchState(replace(offer.question, facets=state.question.facets, zoom=state.question.zoom))
    return AlternativeSearch(_OFFER_TEXTS[offer.kind], target, changed.url, offer.count)


def _sentences(zero: ZeroExplanation, answer: Answer) -> Iterator[str]:
    """Why nothing matches, and what was searched, so that a negative result can be trusted."""
    missing = [_quoted(term.term) for term in zero.terms if not term.count]
    filters = "this filter" if len(zero.filters) == 1 else "these filters"
    if missing:
        yield f"{_enumerated(missing)} {'is' if len(missing) == 1 else 'are'} in no document of this archive."
    elif any(offer.kind == "included" for offer in zero.offers):
        yield "Every document that would match has something that was excluded."
    elif zero.together and answer.question.text.strip():
        verb = "matches" if zero.together == 1 else "match"
        yield f"{plural(zero.together, 'document')} {verb} the query, but none within {filters}."
    elif len(zero.terms) > 1:
        yield "Each part of the query is found by itself, but no document meets the whole of it."
    elif zero.filters and not zero.terms:
        yield f"No document passes {filters}."
    if answer.question.match == "all":
        yield "All words had to match, as asked; nothing was left out of the query."
    yield f"All {plural(answer.index.documents, 'document')} were searched."


def _quoted(term: str) -> str:
    return term if '"' in term else f"“{term}”"


def _enumerated(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
