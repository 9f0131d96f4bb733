"""What a query may mean beyond its words, as filters on offer."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Answer, Interpretation
from search.schema import Schema
from search.wording.filters import filter_text
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class InterpretationView:
    """A filter on offer ("Date: 28 October 1962", "from A to B"), its link, and how many documents it has."""

    text: str
    url: str
    count: int


def interpretation_views(answer: Answer, state: SearchState, schema: Schema) -> Iterator[InterpretationView]:
    """The interpretations of an answer that more than their documents match."""
    for item in answer.query.interpretations:
        if item.count < answer.total:
            alone = state.changing(text=item.question.text, filters=item.question.filters)
            yield InterpretationView(_text(item, schema), alone.url, item.count)


def _text(item: Interpretation, schema: Schema) -> str:
    """A date as its filter will be called; a direction, which may become many filters, as it was typed."""
    return filter_text(item.filters[0], schema) if item.kind == "date" else item.text
