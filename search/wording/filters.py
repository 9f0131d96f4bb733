"""Filters as text for people."""

from search.request import DATE, Filter, Question
from search.schema import Schema
from search.wording.dates import date_text


def filter_text(item: Filter, schema: Schema) -> str:
    """A filter with its facet's label: `Author: Kuznetsov`, `From July 1951`, `No author`."""
    label = facet_label(item.field, schema)
    value = date_text(item.value) if item.field == DATE else item.value
    match item.op:
        case "not":
            return f"Not {label.lower()}: {value}"
        case "missing":
            return missing_label(item.field, schema)
        case "from":
            return f"From {value}"
        case "to":
            return f"Until {value}"
        case _:
            return f"{label}: {value}"


def facet_label(name: str, schema: Schema) -> str:
    """The heading of a facet."""
    return "Date" if name == DATE else schema.facets[name].label


def missing_label(name: str, schema: Schema) -> str:
    """The label of the documents that have no value of a facet: `No author`."""
    return "Undated" if name == DATE else f"No {facet_label(name, schema).lower()}"


def search_title(question: Question, schema: Schema) -> str:
    """The query and the filters of a search in one line, for the title of its page."""
    query = [question.text.strip()] if question.text.strip() else []
    return ", ".join(query + [filter_text(item, schema) for item in question.filters]) or "All documents"
