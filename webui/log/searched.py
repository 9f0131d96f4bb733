"""What the search of a request found: how pages and the API tell it to the log."""

from dataclasses import dataclass
from typing import TypeVar

from flask import request

from search.answer import Answer
from search.answering.export import Export

SEARCHED = "opis.searched"
"""The key of the WSGI environment under which a server that logs its requests has a Searched."""


@dataclass(slots=True)
class Searched:
    """How many documents a search found, in which generation of the index; None before there was one.

    `endpoint` is the path of the endpoint as it is documented, None where there is none.
    """

    endpoint: str | None = None
    total: int | None = None
    generation: str | None = None


_Found = TypeVar("_Found", Answer, Export)


def noted(found: _Found) -> _Found:
    """What a search found, of which the line of the present request in the log will say how much that is."""
    searched: Searched | None = request.environ.get(SEARCHED)
    if searched is not None:
        searched.total, searched.generation = found.total, found.index.generation
    return found
