"""What may a query mean beyond its words? All its readings, and the searches that they offer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from search.answer import Interpretation
from search.commit_data.aliases import Aliases
from search.engines import Engine
from search.interpretation.dates import date_readings
from search.interpretation.directions import direction_readings
from search.interpretation.reading import Reading
from search.interpretation.titles import title_readings
from search.query.lexer import lexemes
from search.query.prose import as_prose
from search.query.worded_dates import with_dates
from search.request import Count, Question

MAX_OFFERED = 4
"""Readings of a query that are offered as filters: each costs a search to count."""


def readings(question: Question, engine: Engine, aliases: Aliases) -> tuple[Reading, ...]:
    """What the text of a question may mean; nothing where it is searched only as typed.

    Raises EngineError alone.
    """
    text = question.text
    if not question.expand or not text.strip():
        return ()
    found, _ = as_prose(text, lexemes(text), engine.analyzer.stop_words)
    found = with_dates(text, found)
    return (
        *date_readings(text, found),
        *direction_readings(text, found, engine, aliases),
        *title_readings(text, engine),
    )


def interpretations(question: Question, found: Iterable[Reading], count: Count) -> Iterator[Interpretation]:
    """The readings that can be asked for as filters, each with the number of documents that `count` finds.

    Only those that find something, and whose filters would not join others of the question by OR. The filters
    take the place of the words, unless some words suffice: then without them fewer documents would match.
    """
    filtered = {item.field for item in question.filters if item.op == "is"}
    offered = [reading for reading in found if reading.filters]
    for reading in offered[:MAX_OFFERED]:
        if filtered.isdisjoint(item.field for item in reading.filters):
            text = question.text if question.match in {"any", "most"} else reading.rest
            changed = replace(question, text=text, filters=(*question.filters, *reading.filters), page=1)
            if number := count(replace(changed, match=changed.match or "all")):
                yield Interpretation(reading.kind, reading.text, reading.filters, changed, number)
