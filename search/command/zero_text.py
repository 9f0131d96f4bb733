"""Why no document matches all of a search, and other searches that find some, as text for a terminal."""

from collections.abc import Iterator
from dataclasses import replace

from search.answer import Answer
from search.command.layout import paragraph
from search.command.options import Again
from search.one_line import one_line
from search.schema import Schema
from search.wording.filters import filter_text
from search.wording.zero_results import offer_text, reason


def nothing_found(answer: Answer, schema: Schema, again: Again, width: int) -> Iterator[str]:
    """The reason, each part of the query by itself, and other searches."""
    zero = answer.explain_zero
    if not answer.index.documents:
        yield "  There are no documents here yet: opis-index FOLDER"
    elif zero is None:
        return
    else:
        yield from paragraph(one_line(reason(zero, answer)), 2, width)
        if len(zero.terms) > 1:
            yield from ("", "Each part of the query by itself")
            for term in zero.terms:
                yield f"  {term.count:>7,}  {one_line(term.term)}"
            together = "the whole query, without filters" if zero.filters else "together"
            yield f"  {zero.together:>7,}  {together}"
        if others := list(other_searches(answer, schema, again)):
            yield from ("", "The same search", *others)


def other_searches(answer: Answer, schema: Schema, again: Again) -> Iterator[str]:
    """The searches that differ in one thing and find something: how many, in what, and how to ask `again`."""
    zero, question = answer.explain_zero, answer.question
    if zero is None:
        return
    for item in zero.filters:
        rest = tuple(other for other in question.filters if other != item.filter)
        without = f"without {filter_text(item.filter, schema)}"
        unfiltered = replace(question, filters=rest, page=1)
        yield from _search(item.count_without, without, again(unfiltered))
    for offer in zero.offers:
        text = offer_text(offer)
        yield from _search(offer.count, text, again(offer.question))


def _search(count: int, text: str, command: str) -> Iterator[str]:
    if count:
        yield f"  {count:>7,}  {one_line(text)}"
        yield f"           {command}"
