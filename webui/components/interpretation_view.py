"""What a query may mean beyond its words: which documents come first, and a link to them alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Answer
from search.wording.interpretations import documents_meant
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
            alone = state.changing(text=item.question.text, filters=item.question.filters)
            yield InterpretationView(
                documents_meant(item), alone.url, item.count, answer.prefers_interpretations
            )
