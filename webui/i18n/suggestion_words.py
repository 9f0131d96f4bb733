"""What the script of the search box says: the kinds of suggestions, and how many there are."""

from typing import Any

from search.messages import gettext, ngettext
from search.suggestions import MAX_SUGGESTIONS


def suggestion_words() -> dict[str, Any]:
    """The words by their names in suggest.js; `counts` has a message for each number of suggestions."""
    counts = [
        ngettext("%(num)s suggestion", "%(num)s suggestions", count)
        for count in range(1, MAX_SUGGESTIONS + 1)
    ]
    return {
        "list": gettext("Suggestions"),
        "author": gettext("Author"),
        "recipient": gettext("Recipient"),
        "subject": gettext("Subject"),
        "title": gettext("Document"),
        "word": "",
        "counts": [gettext("No suggestions"), *counts],
    }
