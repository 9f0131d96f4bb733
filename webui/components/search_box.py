"""The search form at the top of every page."""

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


def search_box(state: SearchState, problems: ParameterProblems, *visible: str) -> SearchBox:
    """The search form of a search, whose filters and options become hidden fields.

    The parameters `visible` have fields of their own elsewhere on the page.
    """
    problem = problems.get("q")
    text = problem.value if problem else state.question.text
    return SearchBox(text, state.hidden("q", *visible), gettext(problem.message) if problem else "")
