"""What a part of a query may mean, as text for people."""

from search.answer import Interpretation
from search.messages import gettext
from search.wording.dates import date_text, is_decade


def documents_meant(item: Interpretation) -> str:
    """Which documents fit an interpretation, to follow "documents": `of 28 October 1962`, `from A to B`."""
    if item.kind != "date":
        return item.text
    value = item.filters[0].value
    if is_decade(value):
        # Translators: of this decade, as in “documents of the 1950s”.
        return gettext("of the %(year)ss", year=value.removesuffix("s"))
    # Translators: as in “documents of 28 October 1962”, “documents of July 1953”.
    return gettext("of %(date)s", date=date_text(value))
