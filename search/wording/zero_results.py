"""Why no document matches all of a search, in sentences, and how the searches that are offered differ."""

from collections.abc import Iterator

from search.answer import Answer, Offer, OfferKind, ZeroExplanation
from search.wording.counts import plural
from search.wording.dates import date_text

OFFER_TEXTS: dict[OfferKind, str] = {
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
"""How a search that is offered differs from the one that found nothing; its `offer_target` follows."""


def reason(zero: ZeroExplanation, answer: Answer) -> str:
    """Why nothing matches, and what was searched, so that a negative result can be trusted."""
    return " ".join(_sentences(zero, answer))


def offer_target(offer: Offer) -> str:
    """The term, filter or date that an offer changes: `Kuznetsov`, `the 1950s`; empty if it changes none."""
    target = date_text(offer.what) if offer.kind == "wider" else offer.what
    return f"the {target}" if offer.kind == "wider" and target.endswith("s") else target


def quoted_term(text: str) -> str:
    """A part of a query in quotation marks, unless it has some."""
    return text if '"' in text else f"“{text}”"


def _sentences(zero: ZeroExplanation, answer: Answer) -> Iterator[str]:
    missing = [quoted_term(term.term) for term in zero.terms if not term.count]
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


def _enumerated(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
