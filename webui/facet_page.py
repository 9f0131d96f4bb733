"""What the page of all values of a facet shows, worked out before a template sees it."""

from werkzeug.exceptions import NotFound

from search.request import DATE
from search.schema import Schema


def facet_named(name: str, schema: Schema) -> str:
    """The name of a facet, as it stands in an address. Raises NotFound if there is none of it."""
    if name != DATE and name not in schema.facets:
        raise NotFound(f"There is no facet {name!r}; there are {', '.join([*schema.facets, DATE])}.")
    return name
