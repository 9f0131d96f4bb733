"""Which documents fit a date in a query? Those of that day, month or year, before those that may be."""

from collections.abc import Iterator

from search.calendar import describe_range
from search.interpretation.reading import Reading, without
from search.query.lexer import lexemes
from search.query.tree import DateRange
from search.query.worded_dates import dates_in, days_in_words
from search.request import DATE, Filter

_BEFORE_DATES = {"of", "in", "on", "from", "at", "dated", "during", "since"}
"""Words that go with a date when it is taken out of a query."""


def date_readings(text: str) -> Iterator[Reading]:
    """A reading for each date in a query."""
    for date in dates_in(text):
        if days := days_in_words(date.text):
            before = [lexeme for lexeme in lexemes(text) if lexeme.position < date.position]
            led = before and before[-1].text.lower() in _BEFORE_DATES
            start = before[-1].position if led else date.position
            yield Reading(
                kind="date",
                text=date.text,
                preferred=(DateRange(days), DateRange(days, within=True)),
                filters=(Filter(DATE, "is", describe_range(days)),),
                rest=without(text, (start, date.position + len(date.written))),
            )
