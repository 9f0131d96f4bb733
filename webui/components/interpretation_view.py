"""What a query may mean beyond its words: which documents come first, and a link to them alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Answer
from search.wording.dates import date_text
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class InterpretationView:
    """The documents that fit an interpretation: which they are ("of 28 October 1962"), a link, their number.

    `first` tells whether they come before all others.
    """

    which: str
    url: str
    count: int
    first: bool


def interpretation_views(answer: Answer, state: SearchState) -> Iterator[InterpretationView]:
    """The interpretations of an answer that more than their documents match."""
    for item in answer.query.interpretations:
        if item.count < answer.total:
            which = f"of {_the(date_text(item.filters[0].value))}" if item.kind == "date" else item.text
            alone = state.changing(text=item.question.text, filters=item.question.filters)
            yield InterpretationView(which, alone.url, item.count, answer.prefers_interpretations)


def _the(date: str) -> str:
    return f"the {date}" if date.endswith("s") else date
