"""What a part of a query may mean, as text for people."""

from search.answer import Interpretation
from search.wording.dates import date_text


def documents_meant(item: Interpretation) -> str:
    """Which documents fit an interpretation, to follow "documents": `of 28 October 1962`, `from A to B`."""
    if item.kind != "date":
        return item.text
    date = date_text(item.filters[0].value)
    return f"of the {date}" if date.endswith("s") else f"of {date}"
