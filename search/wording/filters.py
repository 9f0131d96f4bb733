"""Filters as text for people."""

from search.messages import gettext
from search.request import DATE, Filter, Question
from search.schema import Schema
from search.wording.dates import date_text
from search.wording.facets import excluded_text, facet_label, missing_label, value_text


def filter_text(item: Filter, schema: Schema) -> str:
    """A filter with its facet's label: `Author: Kuznetsov`, `From July 1951`, `No author`."""
    value = date_text(item.value) if item.field == DATE else value_text(item.field, item.value)
    match item.op:
        case "not":
            return excluded_text(item.field, value)
        case "missing":
            return missing_label(item.field)
        case "from":
            # Translators: a filter on dates.
            return gettext("From %(date)s", date=value)
        case "to":
            # Translators: a filter on dates.
            return gettext("Until %(date)s", date=value)
        case _:
            # Translators: a filter, as in “Author: Stalin”.
            return gettext("%(label)s: %(value)s", label=facet_label(item.field, schema), value=value)


def search_title(question: Question, schema: Schema) -> str:
    """The query and the filters of a search in one line, for the title of its page."""
    query = [question.text.strip()] if question.text.strip() else []
    said = query + [filter_text(item, schema) for item in question.filters]
    return ", ".join(said) or gettext("All documents")
