"""Why no document matches all of a search, in sentences, and other searches that find some."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup, escape

from search.answer import Answer, Offer, ZeroExplanation
from search.messages import gettext
from search.request import Question
from search.schema import Schema
from search.wording.filters import filter_text
from search.wording.zero_results import offer_text, reason
from webui.components.isolated import isolated, saying
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class AlternativeSearch:
    """Another search and how many documents it finds.

    `text` says how it differs: `without <bdi>Author: Mao</bdi>`, or is the term that it asks for.
    """

    text: Markup
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
        reason=reason(zero, answer),
        terms=tuple(
            AlternativeSearch(isolated(term.term), SearchState(Question(text=term.term)).url, term.count)
            for term in zero.terms
        ),
        without_filters=AlternativeSearch(Markup(), unfiltered.url, zero.together)
        if zero.filters and composed
        else None,
        alternatives=tuple(alternatives),
    )


def _filters_dropped(
    zero: ZeroExplanation, state: SearchState, schema: Schema
) -> Iterator[AlternativeSearch]:
    for item in zero.filters:
        target = filter_text(item.filter, schema)
        # Translators: without this filter, as in “without Author: Stalin”.
        text = saying(lambda name: gettext("without %(filter)s", filter=name), target)
        yield AlternativeSearch(text, state.removing(item.filter).url, item.count_without)


def offered(offer: Offer, state: SearchState) -> AlternativeSearch:
    """A search that was offered, as pages show it; its URL names no facets that the page's does not."""
    asked = state.question
    changed = replace(offer.question, facets=asked.facets, facet_limit=asked.facet_limit, zoom=asked.zoom)
    is_date = offer.kind == "wider"
    text = escape(offer_text(offer)) if is_date else saying(partial(offer_text, offer), offer.what)
    return AlternativeSearch(text, SearchState(changed, state.view).url, offer.count)
