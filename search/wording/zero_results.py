"""Why no document matches all of a search, in sentences, and how the searches that are offered differ."""

from collections.abc import Iterator

from search.answer import Answer, Offer, OfferKind, ZeroExplanation
from search.messages import Message, gettext, ngettext
from search.wording.dates import date_text, is_decade

_OFFERS: dict[OfferKind, Message] = {
    "words": Message("with the words of the phrase standing anywhere"),
    "any": Message("with any of the words"),
    # Translators: without leaving out the documents that have this word.
    "included": Message("without excluding %(what)s"),
    "anywhere": Message("mentioning %(what)s"),
    # Translators: in this month or year.
    "wider": Message("in %(what)s"),
    "undated": Message("with the undated documents"),
    "overlap": Message("with dates that only touch those asked for"),
    "any-date": Message("of any date"),
    "unfiltered": Message("without any filter"),
    "spellings": Message("in similar spellings of every word"),
}
# Translators: in this decade, as in “in the 1950s”.
_IN_DECADE = Message("in the %(what)ss")


def reason(zero: ZeroExplanation, answer: Answer) -> str:
    """Why nothing matches, and what was searched, so that a negative result can be trusted."""
    return " ".join(_sentences(zero, answer))


def offer_text(offer: Offer, what: str = "") -> str:
    """How a search that is offered differs from the one that found nothing: `mentioning Kuznetsov`.

    `what` stands for the term, filter or date that it changes, if its own name shall not.
    """
    if offer.kind == "wider" and is_decade(offer.what):
        return gettext(_IN_DECADE.having(what=what or offer.what.removesuffix("s")))
    own = date_text(offer.what) if offer.kind == "wider" else offer.what
    return gettext(_OFFERS[offer.kind].having(what=what or own))


def quoted_term(text: str) -> str:
    """A part of a query in quotation marks, unless it has some."""
    # Translators: the quotation marks of your language.
    return text if '"' in text else gettext("“%(text)s”", text=text)


def _sentences(zero: ZeroExplanation, answer: Answer) -> Iterator[str]:
    phrases = dict(zero.phrases)
    missing = [quoted_term(term.term) for term in zero.terms if not term.count and term.term not in phrases]
    for phrase, words in zero.phrases:
        yield _of_phrase(quoted_term(phrase), [*map(quoted_term, words)])
    if missing:
        yield ngettext(
            "%(words)s is in no document of this archive.",
            "%(words)s are in no document of this archive.",
            len(missing),
            words=_enumerated(missing),
        )
    elif phrases:
        pass
    elif any(offer.kind == "included" for offer in zero.offers):
        yield gettext("Every document that would match has something that was excluded.")
    elif zero.together and answer.question.text.strip():
        yield _outside_filters(zero)
    elif len(zero.terms) > 1:
        yield gettext("Each part of the query is found by itself, but no document meets the whole of it.")
    elif zero.filters and not zero.terms:
        yield ngettext(
            "No document passes this filter.", "No document passes these filters.", len(zero.filters)
        )
    if answer.question.match == "all":
        yield gettext("All words had to match, as asked; nothing was left out of the query.")
    yield ngettext(
        "All %(num)s document were searched.", "All %(num)s documents were searched.", answer.index.documents
    )


def _of_phrase(phrase: str, missing: list[str]) -> str:
    """Why a phrase is nowhere: some of its words are in no document, or they stand in no row."""
    if not missing:
        return gettext(
            "Each word of the phrase %(phrase)s is found, but nowhere in this order.", phrase=phrase
        )
    return ngettext(
        "%(words)s, of the phrase %(phrase)s, is in no document of this archive.",
        "%(words)s, of the phrase %(phrase)s, are in no document of this archive.",
        len(missing),
        words=_enumerated(missing),
        phrase=phrase,
    )


def _outside_filters(zero: ZeroExplanation) -> str:
    if len(zero.filters) == 1:
        return ngettext(
            "%(num)s document matches the query, but none within this filter.",
            "%(num)s documents match the query, but none within this filter.",
            zero.together,
        )
    return ngettext(
        "%(num)s document matches the query, but none within these filters.",
        "%(num)s documents match the query, but none within these filters.",
        zero.together,
    )


def _enumerated(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    # Translators: the end of an enumeration; the others, joined by commas, stand first.
    return gettext("%(others)s and %(last)s", others=", ".join(words[:-1]), last=words[-1])
