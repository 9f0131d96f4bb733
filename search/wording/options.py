"""What a search was asked with beside its query and its filters, as text for people."""

from search.query.tree import MatchMode
from search.request import Question, Sort, Undated

_UNDATED: dict[Undated, str] = {
    "include": "Undated included",
    "exclude": "Undated left out",
    "only": "Undated only",
}
_MATCH: dict[MatchMode, str] = {
    "all": "All words must match",
    "any": "Any of the words",
    "most": "Most of the words first",
}
ORDERS: dict[Sort, str] = {
    "relevance": "Relevance",
    "-date": "Newest",
    "date": "Oldest",
    "title": "Title",
    "-indexed": "Recently added",
}
"""The orders of results."""


def option_texts(question: Question) -> dict[str, str]:
    """The options of a question that are not the default, each under its attribute's name."""
    texts: dict[str, str] = {}
    if question.undated is not None:
        texts["undated"] = _UNDATED[question.undated]
    if question.date_match == "within":
        texts["date_match"] = "Dates wholly within"
    if question.match is not None:
        texts["match"] = _MATCH[question.match]
    if not question.expand:
        texts["expand"] = "Names only as typed"
    return texts
