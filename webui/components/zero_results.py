"""Why a search finds nothing, in words, and the ways on from there."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.request import Question
from search.results import Answer, Offer, OfferKind, ZeroExplained
from search.schema import Schema
from webui.state import SearchState
from webui.words import date_words, filter_words, plural

_OFFERED: dict[OfferKind, str] = {
    "words": "with the words of the phrase standing anywhere",
    "any": "with any of the words",
    "included": "without excluding",
    "wider": "in",
    "undated": "with the undated documents",
    "overlap": "with dates that only touch those asked for",
    "any-date": "of any date",
    "unfiltered": "without any filter",
}


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another search and how many documents it finds; `about` is what of the user's it concerns."""

    words: str
    about: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Explained:
    """An empty result explained: the `reason` in sentences, each of the `terms` alone, and the `ways` on.

    `together` is the whole query without any filter, if there are filters and it is not its one term.
    """

    reason: str
    terms: tuple[WayOut, ...]
    together: WayOut | None
    ways: tuple[WayOut, ...]


def explained(answer: Answer, state: SearchState, schema: Schema) -> Explained | None:
    """What the page says of an answer that does not meet all that was asked; None for any other."""
    zero = answer.explain_zero
    if zero is None:
        return None
    question = answer.question
    everywhere = SearchState(Question(text=question.text, match=question.match, expand=question.expand))
    ways = [*_filters_dropped(zero, state, schema), *map(_offered, zero.offers)]
    if not any(way.count for way in ways):
        ways = []  # then it is not for the filters that nothing is found
    composed = len(zero.terms) > 1 or any(term.count != zero.together for term in zero.terms)
    return Explained(
        reason=" ".join(_sentences(zero, answer)),
        terms=tuple(
            WayOut("", term.term, SearchState(Question(text=term.term)).url, term.count)
            for term in zero.terms
        ),
        together=WayOut("", "", everywhere.url, zero.together) if zero.filters and composed else None,
        ways=tuple(ways),
    )


def _filters_dropped(zero: ZeroExplained, state: SearchState, schema: Schema) -> Iterator[WayOut]:
    for item in zero.filters:
        about = filter_words(item.filter, schema)
        yield WayOut("without", about, state.removing(item.filter).url, item.count_without)


def _offered(offer: Offer) -> WayOut:
    about = date_words(offer.what) if offer.kind == "wider" else offer.what
    about = f"the {about}" if offer.kind == "wider" and about.endswith("s") else about
    return WayOut(_OFFERED[offer.kind], about, SearchState(offer.question).url, offer.count)


def _sentences(zero: ZeroExplained, answer: Answer) -> Iterator[str]:
    """Why there is nothing, and how far that can be relied on."""
    missing = [_quoted(term.term) for term in zero.terms if not term.count]
    filters = "this filter" if len(zero.filters) == 1 else "these filters"
    if missing:
        yield f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} in no document of this archive."
    elif any(offer.kind == "included" for offer in zero.offers):
        yield "Every document that would match has something that was excluded."
    elif zero.together and answer.question.text.strip():
        met = "matches" if zero.together == 1 else "match"
        yield f"{plural(zero.together, 'document')} {met} the query, but none within {filters}."
    elif len(zero.terms) > 1:
        yield "Each part of the query is found by itself, but no document meets the whole of it."
    elif zero.filters and not zero.terms:
        yield f"No document passes {filters}."
    if answer.question.match == "all":
        yield "All words had to match, as asked; nothing was left out of the query."
    yield f"All {plural(answer.index.documents, 'document')} were searched."


def _quoted(term: str) -> str:
    return term if '"' in term else f"“{term}”"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
