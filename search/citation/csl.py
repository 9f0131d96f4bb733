"""The CSL-JSON item: one document as the Citation Style Language describes it (CSL 1.0.2, csl-data.json)."""

from typing import TypedDict

import msgspec

from search.citation.plain_text import is_said, without_stop

CslName = TypedDict(
    "CslName",
    {
        "family": str,
        "given": str,
        "suffix": str,
        "dropping-particle": str,
        "non-dropping-particle": str,
        "literal": str,
    },
    total=False,
)
"""A person by `family` and `given`, where it is certain which is which; else a `literal`."""

CslDate = TypedDict("CslDate", {"date-parts": list[list[int]], "circa": bool, "literal": str}, total=False)
"""A date or a range as [[year, month, day]], where a year before 1 is that BC, negative; else a `literal`."""

CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[CslName],
        "recipient": list[CslName],
        "issued": CslDate,
        "accessed": CslDate,
        "genre": str,
        "container-title": str,
        "archive_collection": str,
        "archive_location": str,
        "archive": str,
        "source": str,
        "event-place": str,
        "language": str,
        "abstract": str,
        "keyword": str,
        "note": str,
        "URL": str,
    },
    total=False,
)
"""The item of a document. Each text is on one line; a field without a value is left out.

`container-title` is the title of what the document is attached to or printed in, `source` that of the archive
that shows it; `keyword` has `; ` between keywords.
"""


def place_in_archive(item: CslItem) -> str:
    """Where the original is, in one text: `F. 3. Op. 65, AP RF`; the archive is not said twice."""
    location, archive = item.get("archive_location", ""), item.get("archive", "")
    if not archive or is_said(archive, location):
        return location
    return ", ".join(filter(None, (without_stop(location), archive)))


def csl_json(item: CslItem) -> str:
    """An item as JSON on one line. A file of CSL-JSON is an array of items."""
    return msgspec.json.encode(item).decode()
