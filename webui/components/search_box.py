"""The search form at the top of every page."""

from collections.abc import Collection
from dataclasses import dataclass

from search.messages import gettext
from webui.state import ParameterProblems, SearchState


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The context of `_search_form.html`.

    `hidden` are the parameters sent along with the query, `problem` is the message if the query is invalid.
    """

    text: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def search_box(
    state: SearchState,
    problems: ParameterProblems,
    *visible: str,
    boxes: Collection[tuple[str, str]] = (),
) -> SearchBox:
    """The search form of a search, whose filters and options become hidden fields.

    The parameters `visible`, and the `boxes` (see `SearchState.hidden`), stand elsewhere on the page.
    """
    problem = problems.get("q")
    text = problem.value if problem else state.question.text
    hidden = state.hidden("q", *visible, boxes=boxes)
    return SearchBox(text, hidden, gettext(problem.message) if problem else "")
