"""What a search was asked with beside its query and its filters, as text for people."""

from search.messages import Message, gettext
from search.query.tree import MatchMode
from search.request import Question, Sort, Undated

_UNDATED: dict[Undated, Message] = {
    "include": Message("Undated included"),
    "exclude": Message("Undated left out"),
    "only": Message("Undated only"),
}
_MATCH: dict[MatchMode, Message] = {
    "all": Message("All words must match"),
    "any": Message("Any of the words"),
    "most": Message("Most of the words first"),
}
_ORDERS: dict[Sort, Message] = {
    "relevance": Message("Relevance"),
    "-date": Message("Newest"),
    "date": Message("Oldest"),
    "title": Message("Title"),
    "-indexed": Message("Recently added"),
}


def order_texts() -> dict[Sort, str]:
    """The orders of results."""
    return {order: gettext(text) for order, text in _ORDERS.items()}


def option_texts(question: Question) -> dict[str, str]:
    """The options of a question that are not the default, each under its attribute's name."""
    texts: dict[str, str] = {}
    if question.undated is not None:
        texts["undated"] = gettext(_UNDATED[question.undated])
    if question.date_match == "within":
        texts["date_match"] = gettext("Dates wholly within")
    if question.match is not None:
        texts["match"] = gettext(_MATCH[question.match])
    if not question.expand:
        texts["expand"] = gettext("Names only as typed")
    return texts
