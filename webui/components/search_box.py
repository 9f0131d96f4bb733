"""The search form, which stands on every page."""

from collections.abc import Mapping
from dataclasses import dataclass

from webui.state import Problem, SearchState


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The search form: what stands in it, what it carries along, what was wrong with it."""

    text: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def search_box(state: SearchState, problems: Mapping[str, Problem], *shown: str) -> SearchBox:
    """The search form of a page whose other forms show the parameters `shown`."""
    problem = problems.get("q")
    text = problem.value if problem else state.question.text
    return SearchBox(text, state.hidden("q", *shown), problem.message if problem else "")
