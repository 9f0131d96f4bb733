"""Which documents fit a date in a query? Those of that day, month or year, before those that may be."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.calendar import describe_range
from search.interpretation.reading import Reading, without
from search.query.lexer import Lexeme
from search.query.tree import DateRange
from search.query.worded_dates import days_in_words
from search.request import DATE, Filter

_BEFORE_DATES = {"of", "in", "on", "from", "at", "dated", "during", "since"}
"""Words that go with a date when it is taken out of a query."""


def date_readings(text: str, found: Sequence[Lexeme]) -> Iterator[Reading]:
    """A reading for each date among the lexemes of a query; a date that is all of it stays, to rank by."""
    for before, date in pairwise((None, *found)):
        if date and date.kind == "date" and (days := days_in_words(date.text)):
            start = before.position if before and before.text.lower() in _BEFORE_DATES else date.position
            yield Reading(
                kind="date",
                text=date.text,
                preferred=(DateRange(days), DateRange(days, within=True)),
                filters=(Filter(DATE, "is", describe_range(days)),),
                rest=without(text, (start, date.position + len(date.written))) or text,
            )
